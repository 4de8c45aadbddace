package messages_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestQueuedMessageShowsItsNextTryAndIsSentOnRequest(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.Busy
	v.Press("2", "a", "tab")
	v.Type("ada@new.example")
	v.Press("enter")
	v.See(`Verify channel 6`, `… Not accepted yet, again in 0:2\d: 451 the mailbox is busy`)
	v.Press("ctrl+o")
	v.See(`▌  … queued +now +@ email +ad••@new.example +code · again in 0`, `State +… queued · again in 0:2\d · R sends it now`,
		`451 the mailbox is busy`, `1 attempt$|1 attempt `, `12:00:00  ~ delayed  post.example · \d+ ms`)
	v.Pass(5 * time.Second)
	v.See(`again in 0:(1\d|20)`)
	v.Press("R") // and it is refused again
	v.See(`! It was tried, and not accepted yet: 451 the mailbox is busy, again in 0:(2|30)`)
	sender.Refusal = nil
	v.Press("R")
	v.See(`▌  ✓ sent +\S+ +@ email +ad••@new.example +code · by post.exa`, `State +✓ sent accepted by post.example`, `250 queued as 17`, `3 attempts, newest first`, `newest first[^▮~]*▮ sent`)
	v.Miss(`Code  `) // a code that was sent is not shown: only its receiver may know it
	v.Pass(time.Minute)
	v.Press("R")
	v.See(`✓ A fresh code was accepted by post.example`, `▌  ✓ sent +now`, `1/7`)
}

func TestFailedMessageShowsTheProvidersAnswer(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.Refused
	v.Press("2", "a", "tab")
	v.Type("ada@new.example")
	v.Press("enter")
	v.See(`✗ It could not be sent: 550 no such person here`)
	v.Press("ctrl+o", "enter")
	v.See(`State +✗ failed by post.example`, `550 no such person here`, `✗ failed  post.example`)
	v.Press("esc", "y")
	if v.Copied != "550 no such person here" {
		t.Fatalf("copied %q", v.Copied)
	}
	v.Press("1")
	v.See(`2  ✆ sms .*✗ failed 3h ago`, `and 2 more, ✗ 1 failing`, `Reach +✗ 2 failing`)
	v.Resize(80, 30)
	v.See(`6  @ email +ad••@new.example +✗ failed now`)
	v.Press("2", "G")
	v.See(`6  @ email .*✗ failing · now`, `✗ post.example: 550 no such person here`)
	sender.Refusal = nil
	v.Pass(time.Minute)
	v.Press("V", "esc")
	v.Miss(`6  @ email .*✗`, `550`)
	v.Press("1")
	v.See(`6  @ email +ad••@new.example +! not verified`, `Reach +✗ 1 failing`)
}

func TestHeldMessagesAndTestsAreNotSentAgain(t *testing.T) {
	v := uitest.Open(t)
	v.Press("4", "R")
	v.See(`! It is held in the inbox on this machine: there is nothing to send`)
	v.Press("j", "R")
	v.See(`! A test is not sent twice: t on its channel sends another one`)
	onServer := func(o *ui.Options) { o.Shell.Place, o.Start.Local = "remote accounts.example", false }
	v.Restart(onServer)
	v.Press("4")
	v.See(`held in the server's inbox`)
	v.Restart(onServer, func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Press("4", "R")
	v.See(`! Opened for reading only`)
}

func TestMessageSentByTheWorkerShowsAtTheNextPoll(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.Busy
	v.Press("2", "a", "tab")
	v.Type("ada@new.example")
	v.Press("enter", "ctrl+o")
	v.See(`▌  … queued`, `1 attempt`)
	sender.Refusal = nil
	v.Pass(time.Minute)
	v.See(`again now`)
	v.SendQueued()
	v.See(`▌  ✓ sent`, `2 attempts`, `▮ sent  post.example`)
}
