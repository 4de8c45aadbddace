package local

import (
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// text is the text of a message.
type text struct{ subject, body string }

// codeMinutes is the lifetime of a code in minutes, for sentences.
const codeMinutes = int(backend.CodeLifetime / time.Minute)

// codeText is the text of a message with a code. The code comes first, where the
// auto-fill of phones looks for it and a notification shows it. For a phone the text
// fits into one SMS of 160 characters (GSM 03.38), which is paid once.
func codeText(to backend.ChannelType, kind backend.MessageKind, code string) text {
	use := "verify this notification channel"
	if kind == backend.KindUsername {
		use = "confirm this address as your new username"
	}
	warning := "Never give this code to anybody. If you did not ask for it, ignore this message."
	if to == backend.TypeSMS {
		warning = "Never give it to anybody."
	}
	return text{
		subject: code + " is your PingHome code",
		body:    fmt.Sprintf("%s is your PingHome code. Enter it within %d minutes to %s.\n\n%s", code, codeMinutes, use, warning),
	}
}

// usernameNotice is the text for the old address after a change of the username.
func usernameNotice(email string) text {
	return text{
		subject: "Your PingHome username was changed",
		body: fmt.Sprintf("The username of your PingHome account is now %s. This address no longer opens the account.\n\n"+
			"If you did not do this, contact support at once.", backend.ReadableEmail(email)),
	}
}

// testText is the text of a test message; word is "" without a key, since then its
// hash cannot be kept.
func testText(word string) text {
	t := text{
		subject: "PingHome test message",
		body:    "This is a test message from PingHome. Notifications to this channel arrive.",
	}
	if word != "" {
		t.body += "\n\nTo show that you have seen it, give back this word: " + word
	}
	return t
}

// asHTML is the body of an email in simple HTML, with the paragraphs of the plain text
// and the code in large digits; "" for another type. The code begins a line, so that
// no encoding of the mail breaks the line within it.
func asHTML(m backend.Message) string {
	if m.Type != backend.TypeEmail {
		return ""
	}
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>\n" + html.EscapeString(m.Subject) + "\n</title>\n</head>\n" +
		"<body style=\"font-family: sans-serif; max-width: 34em; margin: 1.5em auto\">\n")
	if m.Code != "" {
		b.WriteString("<p style=\"font-size: 2em; letter-spacing: .15em\">\n<b>" + html.EscapeString(m.Code) + "</b></p>\n")
	}
	for paragraph := range strings.SplitSeq(m.Body, "\n\n") {
		b.WriteString("<p>\n" + strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>\n") + "</p>\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}
