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
	"github.com/wneessen/go-mail/smtp"

	"github.com/account-settings/pinghome/backend"
)

// Email is the section [delivery.email] of the configuration: submission to a mail
// server. nil means that there is none.
type Email struct {
	Host string // the name of the mail server, which has to be in its certificate
	Port int    // 0 means the default: 465 with "tls", 587 with "starttls", 25 with "none"
	// Security is "tls" for TLS from the first byte, "starttls" for TLS before the
	// sign-in, or "none", for a server on this machine only; "" means "starttls".
	Security string
	Username string // "" means without signing in; then Password is "", too
	Password backend.Credential
	From     string // an address, with or without a name: PingHome <no-reply@example.org>

	Roots *x509.CertPool // the trusted certificate authorities; nil means the system's
}

// mailPorts are the default ports of submission (RFC 8314, 7.3; RFC 6409, 3.1) and
// SMTP, by Email.Security.
var mailPorts = map[string]int{"tls": 465, "starttls": 587, "none": 25}

func (e *Email) newSender() (channelSender, error) {
	if e == nil {
		return nil, nil
	}
	security := cmp.Or(e.Security, "starttls")
	if err := e.validate(security); err != nil {
		return nil, err
	}
	from, err := mail.ParseAddress(e.From)
	if err != nil || hasLineBreak(from.Name) {
		return nil, configError("email.from", "is %q; write an address, such as PingHome <no-reply@example.org>.", e.From)
	}
	guard := NewGuard(Policy{Operator: true, Roots: e.Roots})
	return email{guard, *e, security, cmp.Or(e.Port, mailPorts[security]), from, "smtp " + e.Host}, nil
}

func (e *Email) validate(security string) error {
	switch {
	case e.Host == "" || strings.ContainsAny(e.Host, ":/@ \r\n") && !isIP(e.Host):
		return configError("email.host", "is %q; write the name of the mail server alone, such as mail.example.org.", e.Host)
	case e.Port < 0 || e.Port > 65535:
		return configError("email.port", "is %d; write a number from 1 to 65535, such as 587.", e.Port)
	case mailPorts[security] == 0:
		return configError("email.security", `is %q; write "tls", "starttls" or "none".`, e.Security)
	case security == "none" && !backend.IsThisMachine(e.Host):
		return configError("email.security", `is "none", which is for a server on this machine only; write "tls" or "starttls" for %s.`, e.Host)
	case e.Username == "" && e.Password != "":
		return configError("email.username", "is missing, though there is a password; write who signs in.")
	case e.Username != "" && e.Password == "":
		return configError("email.password_file", "or password_env is missing, though there is a username; name where the password is.")
	}
	return nil
}

func isIP(host string) bool { return net.ParseIP(host) != nil }

// email sends messages to a mail server, each on a connection of its own.
type email struct {
	*Guard
	options  Email
	security string
	port     int
	from     *mail.Address
	provider string // for receipts and errors
}

// smtpTimeout bounds one SMTP session. A server that scans messages before it takes
// them needs some time.
const smtpTimeout = 30 * time.Second

// Check accepts a single address without a name, so that a message cannot be sent to
// a second recipient.
func (e email) Check(to string) error {
	parsed, err := mail.ParseAddress(to)
	if err != nil || parsed.Address != to || parsed.Name != "" || hasLineBreak(to) {
		return errors.New("This does not look like an email address, such as name@example.org.")
	}
	return nil
}

// Send sends a message in an SMTP session of its own. Once the server has taken the
// message, an error of QUIT is ignored.
func (e email) Send(ctx context.Context, m Message) (Receipt, error) {
	composed, err := e.compose(m)
	if err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: e.provider, Status: err.Error()}
	}
	err = e.inSession(ctx, m, func(ctx context.Context, conn *smtpConn, client *gomail.Client, session *smtp.Client) error {
		if err := client.SendWithSMTPClient(session, composed); err != nil {
			return e.messageError(ctx, m, err, conn.fault())
		}
		return nil
	})
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{Provider: e.provider, Status: sanitize("250 "+composed.ServerResponse(), e.sensitive(m)...)}, nil
}

// Probe signs in and out again.
func (e email) Probe(ctx context.Context) (string, error) {
	err := e.inSession(ctx, Message{}, func(context.Context, *smtpConn, *gomail.Client, *smtp.Client) error { return nil })
	if e.options.Username == "" {
		return e.provider + " answers", err
	}
	return e.provider + " accepts the sign-in", err
}

// inSession connects, does the work and quits. m is the message of the session, whose
// secrets are kept out of errors.
func (e email) inSession(ctx context.Context, m Message, work func(context.Context, *smtpConn, *gomail.Client, *smtp.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, smtpTimeout)
	defer cancel()
	conn := &smtpConn{ctx: ctx}
	defer conn.close()
	client, err := e.newClient(conn)
	if err != nil {
		return e.sessionError(ctx, m, err, conn.fault())
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return e.sessionError(ctx, m, err, conn.fault())
	}
	if err := work(ctx, conn, client, session); err != nil {
		return err
	}
	conn.setTimeout(quitTimeout)
	_ = client.CloseWithSMTPClient(session)
	return nil
}

// compose makes the email. Its Message-ID is the id of the message, so that a mailbox
// can recognise a repetition; Auto-Submitted keeps vacation responders from replying
// (RFC 3834, 5).
func (e email) compose(m Message) (*gomail.Msg, error) {
	if err := e.Check(m.To); err != nil {
		return nil, err
	}
	if hasLineBreak(m.Subject) || hasLineBreak(m.ID) {
		return nil, errors.New("the subject or the id has more than one line")
	}
	composed := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	composed.FromMailAddress(e.from)
	if err := composed.To(m.To); err != nil {
		return nil, errors.New("the address cannot be written to")
	}
	_, domain, _ := strings.Cut(e.from.Address, "@")
	composed.SetMessageIDWithValue(m.ID + "@" + domain)
	composed.SetDateWithValue(m.writtenAt())
	composed.SetGenHeader("Auto-Submitted", "auto-generated")
	composed.Subject(m.Subject)
	composed.SetBodyString(gomail.TypeTextPlain, m.Body)
	if m.HTML != "" {
		composed.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return composed, nil
}
