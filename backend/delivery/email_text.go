package delivery

import (
	"bytes"
	"errors"
	"net/mail"

	gomail "github.com/wneessen/go-mail"

	"github.com/account-settings/pinghome/backend"
)

// compose makes the email, in lines of at most 76 bytes of ASCII but for an address that
// needs more. Its Message-ID is the id of the message, so that a mailbox can
// recognise a repetition; Auto-Submitted keeps vacation responders from replying (RFC
// 3834, 5).
//
// There are no List headers and no Precedence: these are single messages about an account,
// which has no list that they belong to (RFC 2919). List-Unsubscribe would promise an end (RFC 8058) that a
// code does not have: to get no more, the channel is deleted where it was added. Providers
// want it of marketing and subscriptions only.
func (e email) compose(m Message) ([]byte, error) {
	if err := e.Check(m.To); err != nil {
		return nil, err
	}
	if hasLineBreak(m.Subject) || hasLineBreak(m.ID) {
		return nil, errors.New("the subject or the id has more than one line")
	}
	composed := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	composed.FromMailAddress(e.from)
	to, _ := asciiAddress(m.To)
	composed.ToMailAddress(&mail.Address{Address: to})
	_, domain, _ := backend.CutEmail(e.from.Address)
	composed.SetMessageIDWithValue(m.ID + "@" + domain)
	composed.SetDateWithValue(m.writtenAt())
	composed.SetGenHeader("Auto-Submitted", "auto-generated")
	composed.Subject(m.Subject)
	composed.SetBodyString(gomail.TypeTextPlain, m.Body)
	if m.HTML != "" {
		composed.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	var text bytes.Buffer
	if _, err := composed.WriteTo(&text); err != nil {
		return nil, errors.New("the message cannot be written as an email")
	}
	return text.Bytes(), nil
}
