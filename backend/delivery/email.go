package delivery

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/phone"
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
	// HELO is the name that this machine gives to the mail server: a full name, or an address in
	// brackets. "" means its own name if that is a full one, else the address of the connection.
	HELO string

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
	from, err := parseFrom(e.From)
	if err != nil {
		return nil, err
	}
	made := email{Guard: NewGuard(Policy{Operator: true, Roots: e.Roots}), options: *e, security: security,
		port: cmp.Or(e.Port, mailPorts[security]), from: from, provider: "smtp " + e.Host, limits: smtpLimits, hostname: os.Hostname}
	if !isIP(e.Host) {
		made.options.Host = asciiDomain(e.Host)
	}
	made.helo, _ = cleanHELO(e.HELO)
	from.Address, made.fromNeedsUTF8 = asciiAddress(from.Address)
	made.connect = made.dial
	return made, nil
}

// parseFrom parses the address that mail comes from, with a name before it or without. On this
// machine its domain may have no dot.
func parseFrom(text string) (*mail.Address, error) {
	from, err := mail.ParseAddress(text)
	if err != nil {
		return nil, configError("email.from", "is %q; write an address, such as PingHome <no-reply@example.org>.", text)
	}
	if i := strings.IndexFunc(from.Name, func(r rune) bool { return r != ' ' && (phone.IsUnseen(r) || unicode.IsControl(r)) }); i >= 0 {
		sign, _ := utf8.DecodeRuneInString(from.Name[i:])
		return nil, configError("email.from", "has %s in its name; leave it out.", phone.Name(sign))
	}
	if _, domain, _ := backend.CutEmail(from.Address); strings.EqualFold(domain, "localhost") {
		return from, nil
	}
	if from.Address, err = backend.CleanEmail(from.Address); err != nil {
		return nil, configError("email.from", "is %q. %v", text, err)
	}
	return from, nil
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
	case !isHELO(e.HELO):
		return configError("email.helo", "is %q; write the full name of this machine, such as app.example.org, or its address as [192.0.2.1], or leave it out.", e.HELO)
	case e.Username == "" && e.Password != "":
		return configError("email.username", "is missing, though there is a password; write who signs in.")
	case e.Username != "" && e.Password == "":
		return configError("email.password_file", "or password_env is missing, though there is a username; name where the password is.")
	}
	return nil
}

func isHELO(helo string) bool {
	_, ok := cleanHELO(helo)
	return ok
}

func isIP(host string) bool { return net.ParseIP(host) != nil }

// email sends messages to a mail server, each on a connection of its own.
type email struct {
	*Guard
	options       Email // with A-labels in Host
	security      string
	port          int
	helo          string // "" where it is found out for each connection
	from          *mail.Address
	fromNeedsUTF8 bool
	provider      string // for receipts and errors

	limits   map[smtpStep]time.Duration
	hostname func() (string, error)
	connect  func(context.Context) (net.Conn, error)
}

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
// message, nothing that follows is an error.
func (e email) Send(ctx context.Context, m Message) (Receipt, error) {
	text, err := e.compose(m)
	if err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: e.provider, Status: err.Error()}
	}
	var taken reply
	fault := e.inSession(ctx, m, func(s *smtpSession) *Error {
		var fault *Error
		taken, fault = e.give(ctx, m, s, text)
		return fault
	})
	if fault != nil {
		return Receipt{}, fault
	}
	return Receipt{Provider: e.provider, Status: sanitize(fmt.Sprintf("%d %s", taken.code, taken.text()), e.sensitive(m)...)}, nil
}

// give gives one message to the server, and returns the reply of the server that has taken it.
func (e email) give(ctx context.Context, m Message, s *smtpSession, text []byte) (taken reply, fault *Error) {
	to, toNeedsUTF8 := asciiAddress(m.To)
	parameters := ""
	if toNeedsUTF8 || e.fromNeedsUTF8 {
		if !s.has("SMTPUTF8") {
			return taken, e.noUTF8(toNeedsUTF8)
		}
		parameters = " BODY=8BITMIME SMTPUTF8" // which comes with 8BITMIME (RFC 6531, 3.1)
	}
	_, err := s.command(stepMail, 2, "MAIL FROM:<%s>%s", e.from.Address, parameters)
	if err == nil {
		_, err = s.command(stepRecipient, 2, "RCPT TO:<%s>", to)
	}
	if err == nil {
		taken, err = s.sendText(text)
	}
	if err != nil {
		return taken, e.failure(ctx, m, s, err)
	}
	return taken, nil
}

// noUTF8 is the error for an address that only servers with SMTPUTF8 take.
func (e email) noUTF8(isRecipient bool) *Error {
	if isRecipient {
		return &Error{Kind: Permanent, Provider: e.provider, Status: e.options.Host + " cannot send to names with letters outside ASCII"}
	}
	return &Error{Provider: e.provider, Ours: true,
		Status: e.options.Host + " cannot send from names with letters outside ASCII (the operator has to correct delivery.email.from)"}
}

// Probe signs in and out again.
func (e email) Probe(ctx context.Context) (string, error) {
	fault := e.inSession(ctx, Message{}, func(*smtpSession) *Error { return nil })
	if fault != nil {
		return "", fault
	}
	if e.options.Username == "" {
		return e.provider + " answers", nil
	}
	return e.provider + " accepts the sign-in", nil
}

// inSession connects, does the work and quits. m is the message of the session, whose
// secrets are kept out of errors.
func (e email) inSession(ctx context.Context, m Message, work func(*smtpSession) *Error) *Error {
	ctx, cancel := context.WithTimeout(ctx, smtpTimeout)
	defer cancel()
	s := &smtpSession{limits: e.limits}
	defer s.close()
	if err := e.open(ctx, s); err != nil {
		fault := e.failure(ctx, m, s, err)
		if s.step != stepHandshake {
			s.quit()
		}
		return fault
	}
	fault := work(s)
	s.quit()
	return fault
}

var errNoTLS = errors.New("no STARTTLS")

// open connects, and comes as far as a signed-in session.
func (e email) open(ctx context.Context, s *smtpSession) error {
	s.begin(stepConnect)
	conn, err := e.connect(ctx)
	if err != nil {
		return err
	}
	s.use(ctx, conn)
	if e.security == "tls" {
		if err := s.startTLS(ctx, e.tls(e.options.Host)); err != nil {
			return err
		}
	}
	s.begin(stepGreeting)
	if _, err := s.expect(2); err != nil {
		return err
	}
	name := e.heloName(conn)
	if err := s.hello(name); err != nil {
		return err
	}
	if e.security == "starttls" {
		if !s.has("STARTTLS") {
			return errNoTLS
		}
		if _, err := s.command(stepStartTLS, 2, "STARTTLS"); err != nil {
			return err
		}
		if err := s.startTLS(ctx, e.tls(e.options.Host)); err != nil {
			return err
		}
		if err := s.hello(name); err != nil { // what was said before is forgotten (RFC 3207, 4.2)
			return err
		}
	}
	if e.options.Username == "" {
		return nil
	}
	return s.signIn(e.options)
}

// dial connects to the mail server.
func (e email) dial(ctx context.Context) (net.Conn, error) {
	d := e.dialer(e.security == "none")
	d.Timeout = e.limits[stepConnect]
	return d.DialContext(ctx, "tcp", net.JoinHostPort(e.options.Host, strconv.Itoa(e.port)))
}
