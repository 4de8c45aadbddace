package delivery

import (
	"crypto/x509"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// SMS is [delivery.sms] of the configuration: a gateway on the web.
type SMS struct {
	Gateway string         // "twilio" or "kannel"
	URL     string         // without the path that the gateway's interface has; https, or http to this machine
	Account string         // Twilio's account SID, Kannel's username
	Secret  backend.Secret // Twilio's auth token, Kannel's password
	From    string         // the number or name that the messages come from

	Roots *x509.CertPool // who may sign certificates; nil for the system's own
}

// gateway is the configured gateway, with what its two dialects share.
type gateway struct {
	*Guard
	options SMS
	name    string // for receipts and errors
}

func (s *SMS) carrier() (carrier, error) {
	if s == nil {
		return nil, nil
	}
	if err := s.validate(); err != nil {
		return nil, err
	}
	g := gateway{NewGuard(Reach{Operator: true, Roots: s.Roots}), *s, s.Gateway}
	g.options.URL = strings.TrimRight(s.URL, "/")
	if s.Gateway == "kannel" {
		return kannel{g}, nil
	}
	return twilio{g}, nil
}

func (s *SMS) validate() error {
	if s.Gateway != "twilio" && s.Gateway != "kannel" {
		return wrong("sms.gateway", `is %q; write "twilio" or "kannel".`, s.Gateway)
	}
	if err := checkGateway(s.URL); err != nil {
		return err
	}
	switch {
	case s.Account == "":
		return wrong("sms.account", "is missing; it is the account SID at Twilio, and the username at Kannel.")
	case s.Secret == "":
		return wrong("sms.secret_file", "or secret_env is missing; it holds the auth token at Twilio, and the password at Kannel.")
	case s.From == "" || hasBreak(s.From):
		return wrong("sms.from", "is missing; it is the number or the name that messages come from, such as +15550100.")
	}
	return nil
}

// checkGateway holds the operator's own address to what its secret may pass.
func checkGateway(raw string) error {
	const key = "sms.url"
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return wrong(key, "is not a whole web address; write it as https://api.twilio.com.")
	case u.User != nil:
		return wrong(key, "has a user name or password in it; they go into account and secret_file or secret_env.")
	case u.RawQuery != "" || u.Fragment != "":
		return wrong(key, "must end with its path, without ? and #.")
	case u.Scheme == "http" && !backend.IsThisMachine(u.Hostname()):
		return wrong(key, "must start with https://: plain http would show the secret to everybody on the way to %s.", u.Hostname())
	case u.Scheme != "http" && u.Scheme != "https":
		return wrong(key, "must start with https://.")
	}
	return nil
}

// e164 is a number as channels keep it (ITU-T E.164, 6.2: 15 digits at most).
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Check wants one number, so that nobody can slip in a second one.
func (g gateway) Check(to string) error {
	if !e164.MatchString(to) {
		return errors.New("Type a phone number with its country code, such as +994551234567.")
	}
	return nil
}

// refused is the error for a number that cannot be sent to.
func (g gateway) refused(err error) *Error {
	return &Error{Kind: Permanent, Provider: g.name, Status: err.Error()}
}

// unlessOurs makes an error temporary that only the operator can mend, and
// will: wrong credentials, a gateway that is not set up yet.
func (g gateway) unlessOurs(status int, e *Error) *Error {
	e.Gone = false // what is gone is the gateway, and not the phone
	switch {
	case status == 401:
		return g.wrongSecret(e)
	case status == 403, status == 408, status == 425:
		e.Kind = Temporary
	case status >= 400 && status <= 499 && status != 429:
		e.Kind = Permanent
	}
	return e
}

// wrongSecret says which keys of the configuration the gateway did not like.
func (g gateway) wrongSecret(e *Error) *Error {
	e.Kind, e.Status = Temporary, e.Status+" (the operator has to mend delivery.sms.account or its secret)"
	return e
}

// hasBreak tells text that would be more than one line, where only one may be.
func hasBreak(text string) bool { return strings.ContainsAny(text, "\r\n\x00") }
