package delivery

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// ask sends a request to the gateway. What keeps it from the gateway is the operator's to correct.
func (g gateway) ask(ctx context.Context, r request) (response, error) {
	got, err := g.do(ctx, r)
	if err == nil {
		return got, nil
	}
	e := AsError(err)
	if e.Kind != Unknown {
		e.Kind, e.Ours = Temporary, true
	}
	return got, e
}

// foreign is the error for a status of success that is not in the gateway's words: an imitation may
// have taken the message, and a portal has not. Another attempt might send it twice, and the address
// of the gateway may be wrong.
func (g gateway) foreign(r request, got response, words string) *Error {
	e := got.foreign(r, words)
	if e.Kind != Unknown {
		e.Kind, e.Final, e.Ours = Unknown, true, true
		e.Status += "; it is not known whether the message was taken"
	}
	return e
}

// notTheGateway is the error for an answer of success to a probe that is not the gateway's.
func (p response) notTheGateway(r request, words string) *Error {
	return &Error{Provider: r.provider, Ours: true, Status: fmt.Sprintf("answered %d, but not %s; delivery.sms.url may be wrong", p.status, words)}
}

// gatewayRefusal is what a gateway says of a message that it does not take.
type gatewayRefusal struct {
	code          string // "" for none
	isAboutNumber bool
	correct       string // what the operator has to correct; "" when that is not known
}

// fill makes e, the error of an answer, say whom it is about: only what is known to be about the number
// is permanent and the channel's. Everything else, such as wrong credentials, an account that is suspended, or
// a gateway that is not set up yet, is ours, and temporary, since the operator has to correct it.
func (r gatewayRefusal) fill(e *Error) *Error {
	e.Gone = false // 410 is about the gateway, not the phone
	switch {
	case slices.Contains(stopCodes, r.code): // another attempt cannot help
		e.Kind, e.Stopped, e.RetryAfter = Permanent, true, 0
		e.Status = "this person has asked for no more messages: START turns it on again (" + e.Status + ")"
	case e.Kind == Unknown:
	case r.isAboutNumber:
		e.Kind, e.RetryAfter = Permanent, 0
	default:
		e.Ours = true
		if e.Kind == Permanent {
			e.Kind = Temporary
		}
		if r.correct != "" {
			e.Status += " (the operator has to correct " + r.correct + ")"
		}
	}
	return e
}

// stopCodes are the codes of gateways for a person who has answered STOP, or has
// blocked the sender:
// Twilio's https://www.twilio.com/docs/api/errors/21610, which others have taken over, and
// https://www.twilio.com/docs/api/errors/63014, and Telnyx's 40300
// (https://developers.telnyx.com/docs/messaging/messages/error-codes).
var stopCodes = []string{"21610", "63014", "40300"}

// numberCodes are the codes of Twilio (https://www.twilio.com/docs/api/errors) and Telnyx
// (https://developers.telnyx.com/docs/messaging/messages/error-codes) that are about the number. 21612 is not one of
// them: its causes are the sender, and countries that are not served.
var numberCodes = []string{
	"21211", "21214", "21217", "21265", "21614", "21635", // no number, cannot be reached, short code, no mobile, landline
	"30003", "30004", "30005", "30006", // handset is off, messages are blocked there, unknown, landline
	"63003", "63024", // no such recipient
	"40001", "40310", // Telnyx: not routable, invalid "to"
}

// senderCodes are the codes of Twilio about the number or the name that messages come from.
var senderCodes = []string{"21212", "21603", "21606", "21659", "21660", "21661"}

const (
	correctAccount = "delivery.sms.account or its secret"
	correctSender  = "delivery.sms.from"
	correctGateway = "delivery.sms.url or delivery.sms.account"
)

// toCorrect is what the operator has to correct, by status and code; "" when that is not known.
func toCorrect(status int, code string) string {
	switch {
	case slices.Contains(senderCodes, code):
		return correctSender
	case status == 401:
		return correctAccount
	case status >= 300 && status <= 399, status == 404, status == 405:
		return correctGateway
	}
	return ""
}

// isNumberCode reports whether a code is about the number, and whether it is known at all: those of
// Twilio and Telnyx have five digits.
func isNumberCode(code string) (isAboutNumber, isKnown bool) {
	return slices.Contains(numberCodes, code), len(code) == 5 && strings.Trim(code, "0123456789") == ""
}

// These tell by the words of a gateway without such codes that the number is what it does not take.
var (
	wordsForNumbers = regexp.MustCompile(`(?i)\b(numbers?|recipients?|destination|receivers?|msisdn|subscriber|handset|landline|to)\b`)
	wordsForInvalid = regexp.MustCompile(`(?i)\b(invalid|incorrect|wrong|bad|unknown|malformed|not valid|not a valid|not a mobile|landline|unreachable)\b`)
	wordsForOurs    = regexp.MustCompile(`(?i)\b(from|sender|source|originator|caller|account|credentials?|key|token|user|username|password)\b`)
)

func isNumberText(text string) bool {
	return wordsForNumbers.MatchString(text) && wordsForInvalid.MatchString(text) && !wordsForOurs.MatchString(text)
}
