package local

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// The refusals with their sentences, each of which says what to do next. A wrong, an
// expired and an exhausted code are three different refusals.

// errCodeWrong has the number of tries left, and the time of the lock, 0 for none.
func errCodeWrong(left int, lock time.Duration) *backend.Error {
	e := backend.Errorf(backend.CodeWrong, "This code is wrong; %s left. Check the newest message and type it again.", tries(left))
	switch {
	case lock > 0:
		e.Message = "This code is wrong, and there were too many wrong codes in a row. The address is locked; try again in " + spellWait(lock) + "."
		e.RetryAfter = lock
	case left == 0:
		e.Message = "This code is wrong, and that was the last try. Ask for a new code."
	}
	e.AttemptsLeft = left
	e.Fields = map[string][]string{"code": {e.Message}}
	return e
}

func errCodeExpired() error {
	return backend.Errorf(backend.CodeExpired, "This code is no longer valid: a code lasts %d minutes. Ask for a new one.", codeMinutes)
}

func errCodeExhausted() error {
	return backend.Errorf(backend.CodeExhausted, "This code was tried %d times and cannot be used any more. Ask for a new one.", backend.CodeTries)
}

func errNoChannel(priority int) error {
	return backend.Errorf(backend.CodeNotFound, "There is no channel %d.", priority)
}

func errNoChannels(missing []int) error {
	noun := "is no channel"
	if len(missing) > 1 {
		noun = "are no channels"
	}
	e := backend.Errorf(backend.CodeNotFound, "There %s %s, so nothing was changed.", noun, listNumbers(missing))
	e.Missing = missing
	return e
}

// errNotVerified refuses an action, such as "test it", on a channel without a value in
// force.
func errNotVerified(priority int, action string) error {
	return backend.Errorf(backend.CodeNotVerified, "Channel %d is not verified. Enter its code, then %s.", priority, action)
}

// errNoneEnabled refuses to switch channels on of which some have no value in force.
func errNoneEnabled(unverified []int) error {
	subject, codes := fmt.Sprintf("Channel %s is", listNumbers(unverified)), "its code"
	if len(unverified) > 1 {
		subject, codes = fmt.Sprintf("Channels %s are", listNumbers(unverified)), "their codes"
	}
	return backend.Errorf(backend.CodeNotVerified, "%s not verified, so nothing was changed. Enter %s, then switch them on.", subject, codes)
}

// errOrder refuses an order that is not that of the channels which are there, each once. missing are those that it leaves
// out, and strange those that are not there.
func errOrder(missing, strange []int) error {
	var wrong []string
	for _, w := range []struct {
		numbers  []int
		one, all string
	}{{missing, "is missing", "are missing"}, {strange, "is no channel", "are no channels"}} {
		switch len(w.numbers) {
		case 0:
		case 1:
			wrong = append(wrong, listNumbers(w.numbers)+" "+w.one)
		default:
			wrong = append(wrong, listNumbers(w.numbers)+" "+w.all)
		}
	}
	if wrong == nil {
		wrong = []string{"one is named twice"}
	}
	return backend.Errorf(backend.CodeOrderChanged, "These are not the channels that are there now, each of them once: %s. Name them all, in their new order.", strings.Join(wrong, ", and "))
}

func errDuplicate(kind backend.ChannelType, other int) error {
	nouns := map[backend.ChannelType]string{backend.TypeEmail: "email address", backend.TypeSMS: "phone number",
		backend.TypePush: "push address", backend.TypeWebhook: "webhook address"}
	noun := cmp.Or(nouns[kind], "value") // a type without a noun of its own
	return backend.Errorf(backend.CodeDuplicateChannel, "Channel %d has this %s already. Use that one, or type another.", other, noun)
}

func errLimit(plan backend.Plan) error {
	return backend.Errorf(backend.CodeLimitReached, "The %s plan has room for %s. Delete one first.", plan, plural(plan.MaxChannels(), "channel"))
}

// errTooOften asks to wait; reason is a whole sentence.
func errTooOften(wait time.Duration, reason string) error {
	e := backend.Errorf(backend.CodeRateLimited, "%s Try again in %s.", reason, spellWait(wait))
	e.RetryAfter = wait
	return e
}

// errTestBusy refuses a test that would have to wait for others.
func errTestBusy() error {
	e := backend.Errorf(backend.CodeBusy, "Too many messages are being sent, so this one was not. Test the channel again in a moment.")
	e.RetryAfter = sendTimeout
	return e
}

func errDelivery(provider, status string) error {
	return backend.Errorf(backend.CodeDeliveryFailed, "The test failed. %s: %s", provider, strings.TrimSuffix(status, ".")+".")
}
