package ui

import (
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/theme"
)

func TestACodeIsTakenFromTheMessages(t *testing.T) {
	v := open(t)
	v.see(`4 Messages \(3\)`)
	v.press("4")
	v.see(`▌• ▯ held +2m ago +⇄ webhook`, `087608 is your PingHome code`, `Code +087608  c enters it where it belongs`)
	v.press("c")
	v.see(`Verify channel 3`, `│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`, `4 Messages \(2\)`)
	v.press("enter")
	v.see(`✓ Channel 3 is verified and on`, `3  ⇄ webhook .*✓ yes +on`)
	v.press("4", "c")
	v.see(`! Nothing waits for this code any more`)
}

func TestAMessageIsReadMarkedAndDeleted(t *testing.T) {
	v := open(t)
	v.press("4", "j", "j", "enter")
	v.see(`Welcome to PingHome`, `held in the inbox`)
	v.press("esc")
	v.see(`4 Messages \(2\)`)
	v.press("u")
	v.see(`4 Messages \(3\)`)
	v.press("g", " ", " ", "d")
	v.see(`Delete 2 messages\?`, `\[ Keep \]`)
	v.press("y")
	v.see(`✓ Deleted 2 messages`, `1/3`)
}

func TestTheUsernameCodeGoesToTheProfile(t *testing.T) {
	v := open(t)
	v.press("u")
	v.write("j.smith@new.example")
	v.press("enter", "ctrl+o")
	v.see(`\[4 Messages`)
	v.press("c")
	v.see(`\[1 Profile\]`, `Confirm the new username`)
	v.press("enter")
	v.see(`✓ The username is j.smith@new.example now`)
}

func TestTheMessagesCanBeEmptied(t *testing.T) {
	v := open(t)
	v.press("4", "*", "d", "y")
	v.see(`Nothing here yet`, `^ r refresh +\? help +$`)
	v.press("enter")
	v.see(`! There is no message yet`)
}

func TestAMessageThatWaitsSaysUntilWhenAndWhyAndGoesNowWhenAsked(t *testing.T) {
	v, p := posted(t)
	p.refusal = later
	v.press("2", "a", "tab")
	v.write("ada@new.example")
	v.press("enter")
	v.see(`Verify channel 6`, `… Not taken yet, again in 0:2\d: 451 the mailbox is busy`)
	v.press("ctrl+o")
	v.see(`▌  … queued +now +@ email +ad••@new.example +code · again in 0`, `State +… queued · again in 0:2\d · R sends it now`,
		`451 the mailbox is busy`, `1 attempt$|1 attempt `, `12:00:00  ~ delayed  post.example · \d+ ms`)
	v.pass(5 * time.Second)
	v.see(`again in 0:(1\d|20)`)
	v.press("R") // and is refused once more
	v.see(`! It was tried, and not taken yet: 451 the mailbox is busy, again in 0:(2|30)`)
	p.refusal = nil
	v.press("R")
	v.see(`▌  ✓ sent +\S+ +@ email +ad••@new.example +code · by post.exa`, `State +✓ sent taken by post.example`, `250 queued as 17`, `3 attempts, newest first`, `newest first[^▮~]*▮ sent`)
	v.miss(`Code  `) // whoever reads it here proves nothing
	v.pass(time.Minute)
	v.press("R")
	v.see(`✓ A fresh code was taken by post.example`, `▌  ✓ sent +now`, `1/7`)
}

func TestWhatWasRefusedStaysToldInTheProvidersWords(t *testing.T) {
	v, p := posted(t)
	p.refusal = never
	v.press("2", "a", "tab")
	v.write("ada@new.example")
	v.press("enter")
	v.see(`✗ It could not be sent: 550 no such person here`)
	v.press("ctrl+o", "enter")
	v.see(`State +✗ failed by post.example`, `550 no such person here`, `✗ failed  post.example`)
	v.press("esc", "y")
	if v.copied != "550 no such person here" {
		t.Fatalf("copied %q", v.copied)
	}
	v.press("1")
	v.see(`2  ✆ sms .*✗ failed 3h ago`, `and 2 more, ✗ 1 failing`, `Reach +✗ 2 failing`)
	v.size(80, 30)
	v.see(`6  @ email +ad••@new.example +✗ failed now`)
	v.press("2", "G")
	v.see(`6  @ email .*✗ failing · now`, `✗ post.example: 550 no such person here`)
	p.refusal = nil
	v.pass(time.Minute)
	v.press("V", "esc")
	v.miss(`6  @ email .*✗`, `550`)
	v.press("1")
	v.see(`6  @ email +ad••@new.example +! not verified`, `Reach +✗ 1 failing`)
}

func TestMessagesAreLookedForByTheirState(t *testing.T) {
	v := open(t)
	v.press("4", "f")
	v.see(`waiting: 0 of 5 · 3 unread`, `No message is waiting`, `F  shows all of them`, `^ F all  f states  r refresh +\? help +$`)
	v.press("enter")
	v.see(`! No message is waiting. F shows all of them`)
	v.press("f")
	v.see(`held: 4 of 5`, `1/4`)
	v.miss(`✗ failed`)
	v.press("f", "f")
	v.see(`failed: 1 of 5`, `30003 Unreachable destination handset`)
	v.size(40, 15)
	v.see(`failed 1/1`)
	v.size(80, 24)
	v.press("esc")
	v.see(`all · 3 unread`)
	v.press("f", "f", "F")
	v.see(`1/5`)
}

func TestOnlyWhatMakesSenseIsSentAgain(t *testing.T) {
	v := open(t)
	v.press("4", "R")
	v.see(`! It is held in the inbox on this machine: there is nothing to send`)
	v.press("j", "R")
	v.see(`! A test is not sent twice: t on its channel sends another one`)
	o := v.options()
	o.Shell.Place, o.Start = "remote accounts.example", v.opened(john)
	o.Start.Local = false
	v.start(o)
	v.press("4")
	v.see(`held in the server's inbox`)
	o.Shell.ReadOnly = true
	v.start(o)
	v.press("4", "R")
	v.see(`! Opened for reading only`)
}

func TestTheWordOfAHeldTestIsGivenBackFromIt(t *testing.T) {
	v := open(t)
	v.press("2", "t")
	v.see(`▯ Channel 1: test message held in the inbox on this machine. Type R when it`)
	v.press("4")
	v.see(`Word +\w+  c gives it back`)
	v.press("c")
	v.see(`\[2 Channels\]`, `Which word did the test message to jo••@ping-home.org say\?`, `Word  \w+`)
	v.press("enter")
	v.see(`✓ Channel 1: a person has seen its message`)
	v.press("4", "c")
	v.see(`! Nothing waits for this word any more`)
}

func TestWhatTheOutboxSendsLaterIsSeenAtOnce(t *testing.T) {
	v, p := posted(t)
	p.refusal = later
	v.press("2", "a", "tab")
	v.write("ada@new.example")
	v.press("enter", "ctrl+o")
	v.see(`▌  … queued`, `1 attempt`)
	p.refusal = nil
	v.pass(time.Minute)
	v.see(`again now`)
	v.handOver()
	v.see(`▌  ✓ sent`, `2 attempts`, `▮ sent  post.example`)
}

func TestAWholeMessageCanDoWhatItsRowCan(t *testing.T) {
	v := open(t)
	v.press("4", "j", " ", "g", "enter")
	v.see(`c enters it where it belongs`, `c use code`)
	v.press("f1")
	v.see(`Messages: enter this code, or word, where it belongs +c `, `Reading: down`)
	v.press("f1", "y")
	if v.copied != "087608" {
		t.Fatalf("copied %q", v.copied)
	}
	v.press("u", "esc")
	v.see(`4 Messages \(3\)`)
	v.press("enter", "d")
	v.see(`Delete 1 message\?`)
	v.press("n", "R")
	v.see(`! It is held in the inbox on this machine: there is nothing to send`)
	v.press("c")
	v.see(`\[2 Channels\]`, `Verify channel 3`, `│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.closes(1)
	v.press("4", "enter", "d", "y")
	v.see(`✓ Deleted 1 message`, `1/4`)
	if n := len(v.m.shell.Overlays); n != 0 {
		t.Fatalf("%d dialogs are open:\n%s", n, v.screen())
	}
}

func TestASignHasAGapBehindItInPlainCharacters(t *testing.T) {
	v, _ := posted(t)
	o := v.options()
	o.Shell.Look, o.Start = theme.New(theme.Options{Name: "mono", ASCII: true, Profile: termenv.Ascii}), v.opened(john)
	v.start(o)
	v.size(40, 15)
	v.press("2", "t", "4")
	v.see(`^> ok now +@ test by post`)
	v.fits()
}
