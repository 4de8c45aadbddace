package delivery

import (
	"crypto/x509"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/phone"
)

// SMS is the section [delivery.sms] of the configuration: an SMS gateway. nil means
// that there is none.
type SMS struct {
	Gateway string             // "twilio" or "kannel"
	URL     string             // of the gateway, without the path of its interface; https, or http to this machine
	Account string             // Twilio's account SID, Kannel's username
	Secret  backend.Credential // Twilio's auth token, Kannel's password
	From    string             // the sender's number or name

	Roots *x509.CertPool // the trusted certificate authorities; nil means the system's
}

// gateway has what the senders for the two kinds of gateways have in common.
type gateway struct {
	*Guard
	options  SMS
	provider string // for receipts and errors
}

func (s *SMS) newSender() (channelSender, error) {
	if s == nil {
		return nil, nil
	}
	if err := s.validate(); err != nil {
		return nil, err
	}
	address, err := gatewayURL(s.URL)
	if err != nil {
		return nil, err
	}
	g := gateway{NewGuard(Policy{Operator: true, Roots: s.Roots}), *s, s.Gateway}
	g.options.URL, g.options.From = address.String(), cleanFrom(s.From)
	if s.Gateway == "kannel" {
		return kannel{g}, nil
	}
	return twilio{g}, nil
}

func (s *SMS) validate() error {
	if s.Gateway != "twilio" && s.Gateway != "kannel" {
		return configError("sms.gateway", `is %q; write "twilio" or "kannel".`, s.Gateway)
	}
	if _, err := gatewayURL(s.URL); err != nil {
		return err
	}
	switch {
	case s.Account == "":
		return configError("sms.account", "is missing; it is the account SID at Twilio, and the username at Kannel.")
	case s.Secret == "":
		return configError("sms.secret_file", "or secret_env is missing; it holds the auth token at Twilio, and the password at Kannel.")
	case cleanFrom(s.From) == "" || hasLineBreak(s.From):
		return configError("sms.from", "is missing; it is the number or the name that messages come from, such as +15550100.")
	}
	return nil
}

// cleanFrom returns a number that messages come from in E.164, as those that they go to, a
// short one as its digits, and a name without blanks at its ends. Whether a number is the
// operator's only the gateway knows, so none is refused.
func cleanFrom(from string) string {
	if number, err := phone.Clean(from); err == nil {
		return number
	}
	from = strings.TrimFunc(from, phone.IsUnseen)
	digits, isNumber := phone.Digits(from)
	first, _ := utf8.DecodeRuneInString(from)
	switch {
	case isNumber && phone.IsPlus(first):
		return "+" + digits
	case isNumber:
		return digits
	}
	return from
}

// gatewayURL parses the URL of the gateway: the secret is sent there.
func gatewayURL(raw string) (*url.URL, error) {
	u, err := backend.ServiceURL(raw, "secret", "they go into account, and secret_file or secret_env")
	if err != nil {
		return nil, configError("sms.url", "%v", err)
	}
	return u, nil
}

// e164 matches a phone number as channels have it (ITU-T E.164, 6.2: 15 digits at
// most).
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Check accepts a single phone number in E.164, so that a message cannot be sent to a
// second one.
func (g gateway) Check(to string) error {
	if !e164.MatchString(to) {
		return errors.New("Type a phone number with its country code, such as +994551234567.")
	}
	return nil
}

// numberError is the error for a number that Check does not accept.
func (g gateway) numberError(err error) *Error {
	return &Error{Kind: Permanent, Provider: g.provider, Status: err.Error()}
}
