package delivery

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// greetingFault says why the conversation did not get as far as the message:
// the server is away, its certificate does not verify, it refused the sign-in.
// All of that is for the operator to mend, and the message waits for it.
func (e email) greetingFault(ctx context.Context, m Message, err error) *Error {
	fault := &Error{Provider: e.name, Err: errors.New(words(err.Error(), e.secrets(m)...))}
	var answer *textproto.Error
	switch text := err.Error(); {
	case errors.Is(err, errTooLong):
		fault.Status = "said far too much"
	case errors.As(err, &answer) && strings.HasPrefix(text, "SMTP AUTH failed"):
		fault.Status = words(fmt.Sprintf("refused the sign-in: %d %s (the operator has to mend delivery.email.username or its password)", answer.Code, answer.Msg), e.secrets(m)...)
	case errors.As(err, &answer):
		fault.Status = words(fmt.Sprintf("%d %s", answer.Code, answer.Msg), e.secrets(m)...)
	case strings.Contains(text, "does not support STARTTLS"):
		fault.Status = "offers no TLS, and nothing is sent without"
	case strings.Contains(text, "does not support SMTP AUTH"), errors.Is(err, gomail.ErrNoSupportedAuthDiscovered):
		fault.Status = "offers no way to sign in that is known here"
	default:
		fault.Status = whyUnreached(ctx, err)
	}
	return fault
}

// letterFault says why the server did not take the message: with 4xx for now,
// with 5xx for good (RFC 5321, 4.2.1). Where it only wants a better sign-in,
// the message waits until the operator has mended that.
func (e email) letterFault(ctx context.Context, m Message, err error) *Error {
	fault := &Error{Provider: e.name, Err: errors.New(words(err.Error(), e.secrets(m)...))}
	var sent *gomail.SendError
	if !errors.As(err, &sent) || sent.ErrorCode() == 0 {
		fault.Status = "the connection broke off before the message was taken"
		if ctx.Err() != nil {
			fault.Status = whyUnreached(ctx, ctx.Err())
		}
		return fault
	}
	fault.Status = words(serverWords(sent), e.secrets(m)...)
	if sent.ErrorCode() >= 500 && !wantsSignIn[sent.ErrorCode()] {
		fault.Kind = Permanent
	}
	return fault
}

// wantsSignIn are the refusals that are about who asks (RFC 4954, 6).
var wantsSignIn = map[int]bool{530: true, 534: true, 535: true, 538: true}

// serverWords is what the server said, without what libraries put around it
// (newer versions of Go quote it): what was tried, and whom it was about.
func serverWords(sent *gomail.SendError) string {
	text := strings.TrimPrefix(sent.Error(), sent.Reason.String()+": ")
	code, said, _ := strings.Cut(text, " ")
	if quoted, err := strconv.QuotedPrefix(said); err == nil {
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

// secrets is what may not come back in the server's words, in the clear or as
// it was sent.
func (e email) secrets(m Message) []string {
	user, password := e.options.Username, string(e.options.Password)
	if password == "" {
		return m.secrets()
	}
	return append(m.secrets(), password, base64.StdEncoding.EncodeToString([]byte(password)),
		base64.StdEncoding.EncodeToString([]byte("\x00"+user+"\x00"+password)))
}
