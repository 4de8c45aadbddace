package delivery

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/account-settings/pinghome/backend"
)

// Email is [delivery.email] of the configuration: submission to a mail server.
type Email struct {
	Host string // its name, which its certificate has to have
	Port int    // 0 for the usual one: 465 with "tls", 587 with "starttls", 25 with "none"
	// Security is "tls" for TLS from the first byte, "starttls" for TLS before
	// anything is said, which is also what "" means, or "none", for a server
	// on this machine only.
	Security string
	Username string // "" to sign in as nobody
	Password backend.Secret
	From     string // an address, with a name or without: PingHome <no-reply@example.org>

	Roots *x509.CertPool // who may sign certificates; nil for the system's own
}

// The ports of submission (RFC 8314, 7.3; RFC 6409, 3.1) and of mail.
var mailPorts = map[string]int{"tls": 465, "starttls": 587, "none": 25}

func (e *Email) carrier() (carrier, error) {
	if e == nil {
		return nil, nil
	}
	security := cmp.Or(e.Security, "starttls")
	if err := e.validate(security); err != nil {
		return nil, err
	}
	from, err := mail.ParseAddress(e.From)
	if err != nil || hasBreak(from.Name) {
		return nil, wrong("email.from", "is %q; write an address, such as PingHome <no-reply@example.org>.", e.From)
	}
	guard := NewGuard(Reach{Operator: true, Roots: e.Roots})
	return email{guard, *e, security, cmp.Or(e.Port, mailPorts[security]), from, "smtp " + e.Host}, nil
}

func (e *Email) validate(security string) error {
	switch {
	case e.Host == "" || strings.ContainsAny(e.Host, ":/@ \r\n") && !isIP(e.Host):
		return wrong("email.host", "is %q; write the name of the mail server alone, such as mail.example.org.", e.Host)
	case e.Port < 0 || e.Port > 65535:
		return wrong("email.port", "is %d; write a number from 1 to 65535, such as 587.", e.Port)
	case mailPorts[security] == 0:
		return wrong("email.security", `is %q; write "tls", "starttls" or "none".`, e.Security)
	case security == "none" && !backend.IsThisMachine(e.Host):
		return wrong("email.security", `is "none", which is for a server on this machine only; write "tls" or "starttls" for %s.`, e.Host)
	case e.Username == "" && e.Password != "":
		return wrong("email.username", "is missing, though there is a password; write who signs in.")
	case e.Username != "" && e.Password == "":
		return wrong("email.password_file", "or password_env is missing, though there is a username; name where the password is.")
	}
	return nil
}

func isIP(host string) bool { return net.ParseIP(host) != nil }

// email hands messages to a mail server, on a connection for each.
type email struct {
	*Guard
	options  Email
	security string
	port     int
	from     *mail.Address
	name     string // for receipts and errors
}

// mailLimit bounds one conversation with the mail server. One that looks at
// messages before it takes them needs its time.
const mailLimit = 30 * time.Second

// Check wants one bare address, so that nobody can slip in a second one.
func (e email) Check(to string) error {
	parsed, err := mail.ParseAddress(to)
	if err != nil || parsed.Address != to || parsed.Name != "" || hasBreak(to) {
		return errors.New("This does not look like an email address, such as name@example.org.")
	}
	return nil
}

// Send hands the message over. What was taken stays taken: how the goodbye
// goes afterwards does not matter.
func (e email) Send(ctx context.Context, m Message) (Receipt, error) {
	letter, err := e.letter(m)
	if err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: e.name, Status: err.Error()}
	}
	ctx, cancel := context.WithTimeout(ctx, mailLimit)
	defer cancel()
	line := &line{ctx: ctx}
	defer line.hangUp()
	client, err := e.client(line)
	if err != nil {
		return Receipt{}, e.greetingFault(ctx, m, err)
	}
	conversation, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return Receipt{}, e.greetingFault(ctx, m, err)
	}
	if err := client.SendWithSMTPClient(conversation, letter); err != nil {
		return Receipt{}, e.letterFault(ctx, m, err)
	}
	line.limit(goodbyeLimit)
	_ = client.CloseWithSMTPClient(conversation)
	return Receipt{Provider: e.name, Status: words("250 "+letter.ServerResponse(), e.secrets(m)...)}, nil
}

// letter writes the message down. Its Message-ID is the message's own id, so a
// mailbox can tell when it gets one twice; Auto-Submitted keeps the robots of
// holidays from answering (RFC 3834, 5).
func (e email) letter(m Message) (*gomail.Msg, error) {
	if err := e.Check(m.To); err != nil {
		return nil, err
	}
	if hasBreak(m.Subject) || hasBreak(m.ID) {
		return nil, errors.New("the subject or the id has more than one line")
	}
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	letter.FromMailAddress(e.from)
	if err := letter.To(m.To); err != nil {
		return nil, errors.New("the address cannot be written to")
	}
	_, domain, _ := strings.Cut(e.from.Address, "@")
	letter.SetMessageIDWithValue(m.ID + "@" + domain)
	letter.SetDateWithValue(m.writtenAt())
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.Subject(m.Subject)
	letter.SetBodyString(gomail.TypeTextPlain, m.Body)
	if m.HTML != "" {
		letter.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return letter, nil
}
