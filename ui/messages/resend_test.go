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
	v.Press("2", "a")
	v.Type("ada@new.example")
	v.Press("enter")
	v.See(`Verify channel 6`, `The 6-digit code for a••@new.example waits to be`, `… It is waiting, next try in 0:2\d: 451 the mailbox is`, `busy; it asks to wait 25 seconds`)
	v.Press("ctrl+o")
	v.See(`▌  … waiting +12:00:00 ‹ +#6 email +a••@new.example +code · next try in`, `State +… waiting · next try in 0:2\d · R sends it now`, `5 Messages \(3\) …1`,
		`451 the mailbox is busy`, `1 attempt$|1 attempt `, `12:00:00 +… put off  post.example · \d+ ms`)
	v.Press("2") // the channel says so, too
	v.See(`… code waiting, next try in 0:2\d: 451 the mailbox is busy`)
	v.Press("enter")
	v.See(`Next +its code is waiting: 5`)
	v.Press("esc")
	v.Resize(200, 24)
	v.See(`… #6 email code waiting: 451 the`)
	v.Resize(80, 24)
	v.Press("5")
	v.Pass(5 * time.Second)
	v.See(`next try in 0:(1\d|20)`)
	v.Press("R") // and it is refused again
	v.See(`! It is waiting, next try in 0:(2\d|30): 451 the mailbox is busy`)
	sender.Refusal = nil
	v.Press("R")
	v.See(`▌  ▮ sent +\S+ ‹ +#6 email +a••@new.example +code · by post`, `State +▮ sent by post.example`, `250 queued as 17`, `3 attempts, newest first`, `newest first[^▮…]*▮ sent`)
	v.Miss(`Code  `) // a code that was sent is not shown: only its receiver may know it
	v.Pass(time.Minute)
	v.Press("R")
	v.See(`A fresh code is sent by post.example`, `▌  ▮ sent +12:01:\d\d ‹`, `1/7`)
}

func TestFailedMessageShowsTheProvidersAnswer(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.Refused
	v.Press("2", "a")
	v.Type("ada@new.example")
	v.Press("enter")
	v.See(`The 6-digit code for a••@new.example was not sent`, `✗ It has failed: 550 no such person here`)
	v.Press("ctrl+o", "enter")
	v.See(`State +✗ failed by post.example`, `550 no such person here`, `✗ failed  post.example`)
	v.Press("esc", "y")
	if v.Copied != "550 no such person here" {
		t.Fatalf("copied %q", v.Copied)
	}
	v.Resize(80, 20)
	v.Press("1")
	v.See(`2  ✆ sms .*✗ failing for 3h`, `and \d more, ✗ 1 failing`, `^ ✗ #2 pager failing for 3h`, `2 Channels ✗2`)
	v.Resize(80, 30)
	v.See(`6  @ email +a••@new.example +off +✗ failing for <1m`)
	v.Press("2", "G")
	v.See(`6  @ .*✗ │`, `✗ failing for <1m · post.example: 550 no such person here`)
	sender.Refusal = nil
	v.Pass(time.Minute)
	v.Press("V", "esc")
	v.Resize(80, 24) // its attempts are not shown
	v.Miss(`failing for <1m`, `550`)
	v.Press("1")
	v.See(`6  @ email +a••@new.example +off +… waiting for its code`, `2 Channels ✗1`)
}

func TestHeldMessagesAndTestsAreNotSentAgain(t *testing.T) {
	v := uitest.Open(t)
	v.Press("5", "R")
	v.See(`! It is held on this machine, and was never sent`)
	v.Press("j", "R")
	v.See(`! A test is not sent twice. t on its channel sends another one`)
	onServer := func(o *ui.Options) { o.Shell.Place, o.Start.Local = "remote accounts.example", false }
	v.Restart(onServer)
	v.Press("5")
	v.See(`held on the server`)
	v.Restart(onServer, func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Press("5", "R")
	v.See(`! Opened for reading only`)
}

func TestMessageSentByTheWorkerShowsAtTheNextPoll(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	sender.Refusal = uitest.Busy
	v.Press("2", "a")
	v.Type("ada@new.example")
	v.Press("enter", "ctrl+o")
	v.See(`▌  … waiting`, `1 attempt`)
	sender.Refusal = nil
	v.Pass(time.Minute)
	v.See(`next try now`)
	v.SendQueued()
	v.See(`▌  ▮ sent`, `2 attempts`, `▮ sent  post.example`)
}
