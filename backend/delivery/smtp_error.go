package delivery

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
)

// failure is the error of a session that did not end with a message taken. A session that
// broke off tells nothing about the address, and neither does what comes before it is
// named: the server cannot be reached, its certificate does not verify, it refuses sign-in or
// sender. That is temporary, since the operator has to correct it.
func (e email) failure(ctx context.Context, m Message, s *smtpSession, err error) *Error {
	fault := &Error{Provider: e.provider, Err: errors.New(sanitize(err.Error(), e.sensitive(m)...)), Ours: true}
	refused, isRefusal := errors.AsType[*refusal](err)
	switch {
	case isRefusal:
		e.fillRefusal(fault, m, refused)
		return fault
	case errors.Is(err, errTooMuchData):
		fault.Status = "sent a reply that is too long"
	case errors.Is(err, errOutOfTurn), errors.Is(err, errNoReply):
		fault.Status = "did not answer as it should"
	case errors.Is(err, errNoTLS):
		fault.Status = "offers no TLS, and nothing is sent without"
	case errors.Is(err, errEarlyData):
		fault.Status = errEarlyData.Error()
	case errors.Is(err, errNoSignIn):
		fault.Status = "offers no way to sign in that is known here"
	case s.step < stepMail, s.step == stepResult, ctx.Err() != nil, isTimeout(err):
		fault.Status = connectionStatus(ctx, err)
	default:
		fault.Status = "the connection broke off before the message was taken"
	}
	if s.step == stepResult {
		fault.Kind, fault.Ours = Unknown, false
		fault.Status += "; the whole message was sent by then, so it may have been taken"
	}
	return fault
}

// fillRefusal says what the server said. It is temporary for 4xx and permanent for 5xx (RFC
// 5321, 4.2.1), but temporary, too, when it is about us and not about the address.
func (e email) fillRefusal(fault *Error, m Message, r *refusal) {
	of := subjectOf(r, m.To)
	if _, toNeedsUTF8 := asciiAddress(m.To); r.isAboutLetters() && e.fromNeedsUTF8 && !toNeedsUTF8 {
		of = subject{isOurs: true, correct: correctFrom}
	}
	fault.Ours = of.isOurs
	if r.code >= 500 && !of.isOurs {
		fault.Kind = Permanent
	}
	correct := of.correct
	if correct != "" {
		correct = " (the operator has to correct " + correct + ")"
	}
	said := sanitize(fmt.Sprintf("%d %s", r.code, r.text()), e.sensitive(m)...)
	fault.Status = of.before + truncate(said, maxStatus-len(of.before)-len(correct)) + correct
}

// sensitive is what must not appear in receipts and errors, in the clear or as it was
// sent.
func (e email) sensitive(m Message) []string {
	user, password := e.options.Username, string(e.options.Password)
	if password == "" {
		return m.sensitive()
	}
	return append(m.sensitive(), password, base64.StdEncoding.EncodeToString([]byte(password)),
		base64.StdEncoding.EncodeToString([]byte("\x00"+user+"\x00"+password)))
}
