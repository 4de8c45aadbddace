package delivery

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"
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
		fault.Ours = refused.step < stepRecipient
		e.fillRefusal(fault, m, refused)
		return fault
	case errors.Is(err, errTooMuchData):
		fault.Status = "sent a reply that is too long"
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
	before, correct := ourFault(r)
	fault.Ours = (fault.Ours || correct != "") && !isAboutSpelling(r)
	switch {
	case isAboutSpelling(r): // of the address, though it may come at MAIL
		before, correct = "", ""
		fault.Kind = Permanent
	case correct != "":
		correct = " (the operator has to correct " + correct + ")"
	case r.code >= 500 && !fault.Ours:
		fault.Kind = Permanent
	}
	said := sanitize(fmt.Sprintf("%d %s", r.code, r.text()), e.sensitive(m)...)
	fault.Status = before + truncate(said, maxStatus-len(before)-len(correct)) + correct
}

// isAboutSpelling reports whether a server does not take letters outside ASCII in an address
// (RFC 6531, 3.5), although it has offered to.
func isAboutSpelling(r *refusal) bool { return strings.HasSuffix(r.enhanced(), ".6.7") }

const (
	correctSignIn = "delivery.email.username or its password"
	correctFrom   = "delivery.email.from, or the rights of the sign-in"
	correctHELO   = "delivery.email.helo"
	correctServer = "the mail server, or the section delivery.email"
)

// signInCodes are the 5xx codes that ask for another sign-in (RFC 4954, 6).
var signInCodes = map[int]bool{530: true, 534: true, 535: true, 538: true}

// ourTexts match refusals that are about us although they come at the recipient: servers wait
// until then before they refuse name, address and sender of a client (smtpd_delay_reject of Postfix), and many
// have no codes of their own for that.
var ourTexts = []struct {
	text    *regexp.Regexp
	correct string
}{
	{regexp.MustCompile(`(?i)\b(helo|ehlo) command rejected`), correctHELO},
	{regexp.MustCompile(`(?i)sender address rejected|sender verify failed|sender denied`), correctFrom},
	{regexp.MustCompile(`(?i)\brelay(ing)?\b.*\b(denied|not permitted|not allowed|prohibited|access)|(unable|not permitted|not allowed) to relay|\bwe do not relay\b|\brelay not permitted`), correctServer},
	{regexp.MustCompile(`(?i)client host\b.*\b(rejected|blocked)|authentication (is )?required|must (authenticate|issue a STARTTLS)`), correctServer},
}

// ourCodes are enhanced status codes about the sender, its sign-in or its network, without
// the first digit: RFC 3463, 3.2 and 3.8; RFC 4954, 6; RFC 7372; RFC 7505.
var ourCodes = map[string]string{
	"1.7": correctFrom, "1.8": correctFrom, // the sender's address
	"7.3": correctServer, "7.4": correctServer, "7.5": correctServer, "7.10": correctServer, // encryption is wanted
	"7.8": correctSignIn, "7.9": correctSignIn, "7.11": correctSignIn, "7.12": correctSignIn, "7.13": correctSignIn, "7.14": correctSignIn,
	"7.20": correctFrom, "7.21": correctFrom, "7.22": correctFrom, "7.23": correctFrom, "7.24": correctFrom, // DKIM, SPF
	"7.25": correctServer, "7.26": correctFrom, "7.27": correctFrom, // reverse DNS, several checks, no MX
}

// ourFault says what of ours a refusal is about, and what stands before the reply; correct
// is "" for one about the address or the text, and for one that is known to be ours by its
// step alone.
func ourFault(r *refusal) (before, correct string) {
	_, enhanced, _ := strings.Cut(r.enhanced(), ".")
	switch {
	case r.step >= stepRecipient:
		for _, known := range ourTexts {
			if known.text.MatchString(r.text()) {
				return "", known.correct
			}
		}
		if signInCodes[r.code] {
			return "", correctSignIn
		}
		return "", ourCodes[enhanced]
	case r.code < 500: // for now
		return "", ""
	case r.step == stepAuth:
		return "refused the sign-in: ", correctSignIn
	case r.step == stepHello && (r.code == 501 || r.code == 504):
		return "refused the name of this machine: ", correctHELO
	case signInCodes[r.code]:
		return "", correctSignIn
	case r.step == stepMail:
		return "refused the sender: ", correctFrom
	}
	return "", ""
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
