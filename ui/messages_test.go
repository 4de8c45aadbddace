package ui

import (
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/theme"
)

func TestACodeIsTakenFromTheMessages(t *testing.T) {
	v := open(t)
	v.See(`4 Messages \(3\)`)
	v.Press("4")
	v.See(`▌• ▯ held +2m ago +⇄ webhook`, `087608 is your PingHome code`, `Code +087608  c enters it where it belongs`)
	v.Press("c")
	v.See(`Verify channel 3`, `│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`, `4 Messages \(2\)`)
	v.Press("enter")
	v.See(`✓ Channel 3 is verified and on`, `3  ⇄ webhook .*✓ yes +on`)
	v.Press("4", "c")
	v.See(`! Nothing waits for this code any more`)
}

func TestAMessageIsReadMarkedAndDeleted(t *testing.T) {
	v := open(t)
	v.Press("4", "j", "j", "enter")
	v.See(`Welcome to PingHome`, `held in the inbox`)
	v.Press("esc")
	v.See(`4 Messages \(2\)`)
	v.Press("u")
	v.See(`4 Messages \(3\)`)
	v.Press("g", " ", " ", "d")
	v.See(`Delete 2 messages\?`, `\[ Keep \]`)
	v.Press("y")
	v.See(`✓ Deleted 2 messages`, `1/3`)
}

func TestTheUsernameCodeGoesToTheProfile(t *testing.T) {
	v := open(t)
	v.Press("u")
	v.Type("j.smith@new.example")
	v.Press("enter", "ctrl+o")
	v.See(`\[4 Messages`)
	v.Press("c")
	v.See(`\[1 Profile\]`, `Confirm the new username`)
	v.Press("enter")
	v.See(`✓ The username is j.smith@new.example now`)
}

func TestTheMessagesCanBeEmptied(t *testing.T) {
	v := open(t)
	v.Press("4", "*", "d", "y")
	v.See(`Nothing here yet`, `^ r refresh +\? help +$`)
	v.Press("enter")
	v.See(`! There is no message yet`)
}

func TestAMessageThatWaitsSaysUntilWhenAndWhyAndGoesNowWhenAsked(t *testing.T) {
	v, p := posted(t)
	p.refusal = later
	v.Press("2", "a", "tab")
	v.Type("ada@new.example")
	v.Press("enter")
	v.See(`Verify channel 6`, `… Not taken yet, again in 0:2\d: 451 the mailbox is busy`)
	v.Press("ctrl+o")
	v.See(`▌  … queued +now +@ email +ad••@new.example +code · again in 0`, `State +… queued · again in 0:2\d · R sends it now`,
		`451 the mailbox is busy`, `1 attempt$|1 attempt `, `12:00:00  ~ delayed  post.example · \d+ ms`)
	v.Pass(5 * time.Second)
	v.See(`again in 0:(1\d|20)`)
	v.Press("R") // and is refused once more
	v.See(`! It was tried, and not taken yet: 451 the mailbox is busy, again in 0:(2|30)`)
	p.refusal = nil
	v.Press("R")
	v.See(`▌  ✓ sent +\S+ +@ email +ad••@new.example +code · by post.exa`, `State +✓ sent taken by post.example`, `250 queued as 17`, `3 attempts, newest first`, `newest first[^▮~]*▮ sent`)
	v.Miss(`Code  `) // whoever reads it here proves nothing
	v.Pass(time.Minute)
	v.Press("R")
	v.See(`✓ A fresh code was taken by post.example`, `▌  ✓ sent +now`, `1/7`)
}

func TestWhatWasRefusedStaysToldInTheProvidersWords(t *testing.T) {
	v, p := posted(t)
	p.refusal = never
	v.Press("2", "a", "tab")
	v.Type("ada@new.example")
	v.Press("enter")
	v.See(`✗ It could not be sent: 550 no such person here`)
	v.Press("ctrl+o", "enter")
	v.See(`State +✗ failed by post.example`, `550 no such person here`, `✗ failed  post.example`)
	v.Press("esc", "y")
	if v.copied != "550 no such person here" {
		t.Fatalf("copied %q", v.copied)
	}
	v.Press("1")
	v.See(`2  ✆ sms .*✗ failed 3h ago`, `and 2 more, ✗ 1 failing`, `Reach +✗ 2 failing`)
	v.Resize(80, 30)
	v.See(`6  @ email +ad••@new.example +✗ failed now`)
	v.Press("2", "G")
	v.See(`6  @ email .*✗ failing · now`, `✗ post.example: 550 no such person here`)
	p.refusal = nil
	v.Pass(time.Minute)
	v.Press("V", "esc")
	v.Miss(`6  @ email .*✗`, `550`)
	v.Press("1")
	v.See(`6  @ email +ad••@new.example +! not verified`, `Reach +✗ 1 failing`)
}

func TestMessagesAreLookedForByTheirState(t *testing.T) {
	v := open(t)
	v.Press("4", "f")
	v.See(`waiting: 0 of 5 · 3 unread`, `No message is waiting`, `F  shows all of them`, `^ F all  f states  r refresh +\? help +$`)
	v.Press("enter")
	v.See(`! No message is waiting. F shows all of them`)
	v.Press("f")
	v.See(`held: 4 of 5`, `1/4`)
	v.Miss(`✗ failed`)
	v.Press("f", "f")
	v.See(`failed: 1 of 5`, `30003 Unreachable destination handset`)
	v.Resize(40, 15)
	v.See(`failed 1/1`)
	v.Resize(80, 24)
	v.Press("esc")
	v.See(`all · 3 unread`)
	v.Press("f", "f", "F")
	v.See(`1/5`)
}

func TestOnlyWhatMakesSenseIsSentAgain(t *testing.T) {
	v := open(t)
	v.Press("4", "R")
	v.See(`! It is held in the inbox on this machine: there is nothing to send`)
	v.Press("j", "R")
	v.See(`! A test is not sent twice: t on its channel sends another one`)
	o := v.options()
	o.Shell.Place, o.Start = "remote accounts.example", v.opened(john)
	o.Start.Local = false
	v.start(o)
	v.Press("4")
	v.See(`held in the server's inbox`)
	o.Shell.ReadOnly = true
	v.start(o)
	v.Press("4", "R")
	v.See(`! Opened for reading only`)
}

func TestTheWordOfAHeldTestIsGivenBackFromIt(t *testing.T) {
	v := open(t)
	v.Press("2", "t")
	v.See(`▯ Channel 1: test message held in the inbox on this machine. Type R when it`)
	v.Press("4")
	v.See(`Word +\w+  c gives it back`)
	v.Press("c")
	v.See(`\[2 Channels\]`, `Which word did the test message to jo••@ping-home.org say\?`, `Word  \w+`)
	v.Press("enter")
	v.See(`✓ Channel 1: a person has seen its message`)
	v.Press("4", "c")
	v.See(`! Nothing waits for this word any more`)
}

func TestWhatTheOutboxSendsLaterIsSeenAtOnce(t *testing.T) {
	v, p := posted(t)
	p.refusal = later
	v.Press("2", "a", "tab")
	v.Type("ada@new.example")
	v.Press("enter", "ctrl+o")
	v.See(`▌  … queued`, `1 attempt`)
	p.refusal = nil
	v.Pass(time.Minute)
	v.See(`again now`)
	v.handOver()
	v.See(`▌  ✓ sent`, `2 attempts`, `▮ sent  post.example`)
}

func TestAWholeMessageCanDoWhatItsRowCan(t *testing.T) {
	v := open(t)
	v.Press("4", "j", " ", "g", "enter")
	v.See(`c enters it where it belongs`, `c use code`)
	v.Press("f1")
	v.See(`Messages: enter this code, or word, where it belongs +c `, `Reading: down`)
	v.Press("f1", "y")
	if v.copied != "087608" {
		t.Fatalf("copied %q", v.copied)
	}
	v.Press("u", "esc")
	v.See(`4 Messages \(3\)`)
	v.Press("enter", "d")
	v.See(`Delete 1 message\?`)
	v.Press("n", "R")
	v.See(`! It is held in the inbox on this machine: there is nothing to send`)
	v.Press("c")
	v.See(`\[2 Channels\]`, `Verify channel 3`, `│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.closes(1)
	v.Press("4", "enter", "d", "y")
	v.See(`✓ Deleted 1 message`, `1/4`)
	if n := len(v.m().shell.Overlays); n != 0 {
		t.Fatalf("%d dialogs are open:\n%s", n, v.Screen())
	}
}

func TestASignHasAGapBehindItInPlainCharacters(t *testing.T) {
	v, _ := posted(t)
	o := v.options()
	o.Shell.Look, o.Start = theme.New(theme.Options{Name: "mono", ASCII: true, Profile: termenv.Ascii}), v.opened(john)
	v.start(o)
	v.Resize(40, 15)
	v.Press("2", "t", "4")
	v.See(`^> ok now +@ test by post`)
	v.Fits()
}
