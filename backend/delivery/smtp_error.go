package delivery

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// sessionError is the error of a session that ended before the message: the server
// cannot be reached, its certificate does not verify, it refused the sign-in. It is
// temporary, since the operator has to correct that. broken is as in messageError.
func (e email) sessionError(ctx context.Context, m Message, err, broken error) *Error {
	fault := &Error{Provider: e.provider, Err: errors.New(sanitize(err.Error(), e.sensitive(m)...))}
	var answer *textproto.Error
	switch text := err.Error(); {
	case errors.Is(err, errTooMuchData):
		fault.Status = "sent a reply that is too long"
	case errors.As(err, &answer) && strings.HasPrefix(text, "SMTP AUTH failed"):
		fault.Status = sanitize(fmt.Sprintf("refused the sign-in: %d %s (the operator has to correct delivery.email.username or its password)", answer.Code, answer.Msg), e.sensitive(m)...)
	case errors.As(err, &answer):
		fault.Status = sanitize(fmt.Sprintf("%d %s", answer.Code, answer.Msg), e.sensitive(m)...)
	case strings.Contains(text, "does not support STARTTLS"):
		fault.Status = "offers no TLS, and nothing is sent without"
	case strings.Contains(text, "does not support SMTP AUTH"), errors.Is(err, gomail.ErrNoSupportedAuthDiscovered):
		fault.Status = "offers no way to sign in that is known here"
	default:
		fault.Status = connectionStatus(ctx, errors.Join(err, broken))
	}
	return fault
}

// messageError is the error when the server did not take the message: temporary for
// 4xx, permanent for 5xx (RFC 5321, 4.2.1), but temporary for the codes about the
// sign-in, which the operator has to correct. broken is why the connection has ended; nil
// when it has not.
func (e email) messageError(ctx context.Context, m Message, err, broken error) *Error {
	fault := &Error{Provider: e.provider, Err: errors.New(sanitize(err.Error(), e.sensitive(m)...))}
	var sent *gomail.SendError
	if !errors.As(err, &sent) || sent.ErrorCode() == 0 {
		fault.Status = "the connection broke off before the message was taken"
		if ctx.Err() != nil || isTimeout(broken) {
			fault.Status = connectionStatus(ctx, cmp.Or(ctx.Err(), broken))
		}
		return fault
	}
	fault.Status = sanitize(replyText(sent), e.sensitive(m)...)
	if sent.ErrorCode() >= 500 && !signInCodes[sent.ErrorCode()] {
		fault.Kind = Permanent
	}
	return fault
}

// signInCodes are the 5xx codes that ask for another sign-in (RFC 4954, 6).
var signInCodes = map[int]bool{530: true, 534: true, 535: true, 538: true}

// replyText is the reply of the server, without what the libraries add: the command
// before it, and the message and recipients behind it. Newer versions of Go quote the
// reply.
func replyText(sent *gomail.SendError) string {
	text := strings.TrimPrefix(sent.Error(), sent.Reason.String()+": ")
	code, reply, _ := strings.Cut(text, " ")
	if quoted, err := strconv.QuotedPrefix(reply); err == nil {
		plain, _ := strconv.Unquote(quoted)
		return code + " " + plain
	}
	for _, added := range []string{", affected message ID: ", ", affected recipient(s): "} {
		if i := strings.LastIndex(text, added); i >= 0 {
			text = text[:i]
		}
	}
	return text
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
