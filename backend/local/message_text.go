package local

import (
	"fmt"
	"html"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// text is what a message says.
type text struct{ subject, body string }

// minutes is the lifetime of a code as people say it.
const codeMinutes = int(backend.CodeLifetime / 60e9)

// codeText starts with the code, where the auto-fill of phones looks for it
// and where it is seen without opening the message. To a phone it is one
// message of 160 characters (GSM 03.38), which is neither cut nor paid twice.
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

// usernameNotice goes to the old address when a username change is done.
func usernameNotice(email string) text {
	return text{
		subject: "Your PingHome username was changed",
		body: fmt.Sprintf("The username of your PingHome account is now %s. This address no longer opens the account.\n\n"+
			"If you did not do this, contact support at once.", email),
	}
}

// testText is what a channel test sends; word is "" where none can be kept.
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

// asHTML is the body of an email in simple HTML, which says what the plain
// text says: a paragraph each, and the code large. The code always begins a
// line, so that no encoding of the mail breaks a line within it.
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

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func channelName(c backend.Channel) string { return fmt.Sprintf("channel %d (%s)", c.Priority, c.Type) }
