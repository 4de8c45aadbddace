package delivery

import (
	"regexp"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// subject is what a refusal is about.
type subject struct {
	isOurs  bool   // us, or the mail servers: the operator's trouble, which says nothing of the address
	before  string // what stands before the reply
	correct string // what the operator has to correct, "" where waiting may help
}

const (
	correctSignIn  = "delivery.email.username or its password"
	correctFrom    = "delivery.email.from, or the rights of the sign-in"
	correctHELO    = "delivery.email.helo"
	correctServer  = "the mail server, or the section delivery.email"
	correctNetwork = "what is known of this network or of its mail: it is on a list"
)

// signInCodes are the 5xx codes that ask for another sign-in (RFC 4954, 6).
var signInCodes = map[int]bool{530: true, 534: true, 535: true, 538: true}

// ourTexts match refusals that are about us at any step: servers wait until the recipient before
// they refuse name, address and sender of a client (smtpd_delay_reject of Postfix), and many
// have no codes of their own for that.
var ourTexts = []struct {
	text    *regexp.Regexp
	correct string
}{
	{regexp.MustCompile(`(?i)\b(helo|ehlo) command rejected`), correctHELO},
	{regexp.MustCompile(`(?i)sender address rejected|sender verify failed|sender denied|permissions? to send as|verified sender identity|email address is not verified`), correctFrom},
	{regexp.MustCompile(`(?i)\brelay(ing)?\b.*\b(denied|not permitted|not allowed|prohibited|access)|(unable|not permitted|not allowed) to relay|\bwe do not relay\b|\brelay not permitted|allowed rcpthosts`), correctServer},
	{regexp.MustCompile(`(?i)must issue a STARTTLS|encryption (is )?required`), correctServer},
	{regexp.MustCompile(`(?i)authentication (is )?required|must authenticate|need AUTH\b|send AUTH\b|unauthenticated senders? (is |are )?not allowed`), correctSignIn},
	{regexp.MustCompile(`(?i)spamhaus|\b(black|block)list|\bDNSBL\b|\bRBL\b|blocked using|client host\b.*\b(rejected|blocked)`), correctNetwork},
}

// limitTexts match refusals of what was sent lately, or too much of it.
var limitTexts = regexp.MustCompile(`(?i)likely (unsolicited|spam)|sending (limit|rate|quota)|throttl|too many (messages|connections|recipients)`)

// ourCodes are enhanced status codes about the sender, its sign-in or its network, without
// the first digit: RFC 3463, 3.2 and 3.8; RFC 4954, 6; RFC 7372; RFC 7505.
var ourCodes = map[string]string{
	"1.7": correctFrom, "1.8": correctFrom, // the sender's address
	"7.3": correctServer, "7.4": correctServer, "7.5": correctServer, "7.10": correctServer, // encryption is wanted
	"7.8": correctSignIn, "7.9": correctSignIn, "7.11": correctSignIn, "7.12": correctSignIn, "7.13": correctSignIn, "7.14": correctSignIn,
	"7.20": correctFrom, "7.21": correctFrom, "7.22": correctFrom, "7.23": correctFrom, "7.24": correctFrom, // DKIM, SPF
	"7.25": correctServer, "7.26": correctFrom, "7.27": correctFrom, // reverse DNS, several checks, no MX
}

var (
	// addressTexts match refusals of a recipient.
	addressTexts = regexp.MustCompile(`(?i)recipient|\b(user|account|mailbox|address)\b.*\b(unknown|disabled|unavailable|not found|inactive|full|over quota|does not exist|doesn't exist|rejected)|(unknown|no such) (user|mailbox|recipient|address)|\bgr[ae]y-?list`)
	quotedParts  = regexp.MustCompile(`<[^<>]*>`)
)

// subjectOf finds out what a refusal is about. What is exact goes before what is not: the letters
// of an address, a code about it, texts and codes about us, then the kind of the code
// (RFC 3463, 3), and last the step: before the recipient is named everything is about us, and
// what is said of the text is, too, since we wrote it.
func subjectOf(r *refusal, to string) subject {
	class, detail := r.status()
	said := r.textWithout(to)
	switch {
	case r.isAboutLetters():
		return subject{}
	case r.step >= stepRecipient && isOfAddress(class, detail):
		return subject{}
	}
	for _, known := range ourTexts {
		if known.text.MatchString(said) {
			return subject{isOurs: true, correct: known.correct}
		}
	}
	switch correct := ourCodes[class+"."+detail]; {
	case correct != "" && r.step != stepAuth:
		return subject{isOurs: true, correct: correct}
	case r.step < stepRecipient:
		return beforeRecipient(r)
	case signInCodes[r.code]:
		return subject{isOurs: true, correct: correctSignIn}
	case limitTexts.MatchString(said):
		return ours(r)
	case addressTexts.MatchString(said):
		return subject{}
	case r.code == 421 || r.code == 454 || r.code == 503, class == "3", class == "5", class == "7":
		return ours(r)
	case r.step == stepRecipient: // without a code that says more, it is the one that was named
		return subject{}
	}
	return ours(r)
}

// isAboutLetters reports that a server takes no letters outside ASCII in an address, although it
// has said so (RFC 6531, 3.5).
func (r *refusal) isAboutLetters() bool {
	class, detail := r.status()
	return class == "6" && detail == "7"
}

// isOfAddress reports whether an enhanced code is about the address of the recipient or its
// mailbox (RFC 3463, 3.2 and 3.3).
func isOfAddress(class, detail string) bool {
	return class == "2" || class == "1" && detail != "7" && detail != "8" && detail != "0"
}

// ours is a refusal about us that does not say what is wrong. Where it is for now, waiting may
// help.
func ours(r *refusal) subject {
	if r.code < 500 {
		return subject{isOurs: true}
	}
	return subject{isOurs: true, correct: correctServer}
}

// beforeRecipient is what a refusal is about that comes before a recipient is named.
func beforeRecipient(r *refusal) subject {
	of := subject{isOurs: true}
	switch {
	case r.code < 500: // for now
	case r.step == stepAuth && r.code != 504:
		of.before, of.correct = "refused the sign-in: ", correctSignIn
	case r.step == stepHello && (r.code == 501 || r.code == 504):
		of.before, of.correct = "refused the name of this machine: ", correctHELO
	case signInCodes[r.code]:
		of.correct = correctSignIn
	case r.step == stepMail && r.code != 552 && r.code != 503:
		of.before, of.correct = "refused the sender: ", correctFrom
	case r.step == stepMail:
		of.correct = correctServer
	}
	return of
}

// status is the class of an enhanced status code and its detail, "" without one. Some servers
// write it behind the text, as qmail does.
func (r *refusal) status() (class, detail string) {
	code := r.enhanced()
	if m := lateCode.FindStringSubmatch(r.text()); code == "" && m != nil {
		code = m[1]
	}
	_, rest, _ := strings.Cut(code, ".")
	class, detail, _ = strings.Cut(rest, ".")
	return class, detail
}

var lateCode = regexp.MustCompile(`\(#([245]\.[0-9]{1,3}\.[0-9]{1,3})\)`)

// textWithout is the text without what it quotes, and without the address: its words are not
// the server's.
func (r *refusal) textWithout(to string) string {
	said := quotedParts.ReplaceAllString(r.text(), "")
	_, domain, _ := backend.CutEmail(to)
	for _, part := range []string{to, domain} {
		if part != "" {
			said = strings.ReplaceAll(strings.ToLower(said), strings.ToLower(part), "")
		}
	}
	return said
}
