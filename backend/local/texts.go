package local

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
)

// text is what a message says.
type text struct{ subject, body string }

// minutes is the lifetime of a code as people say it.
const minutes = int(backend.CodeLifetime / 60e9)

// codeText starts with the code, where the auto-fill of phones looks for it
// and where it is seen without opening the message.
func codeText(kind backend.MessageKind, code string) text {
	use := "verify this notification channel"
	if kind == backend.KindUsername {
		use = "confirm this address as your new username"
	}
	return text{
		subject: code + " is your PingHome code",
		body: fmt.Sprintf("%s is your PingHome code. Enter it within %d minutes to %s.\n\n"+
			"Never give this code to anybody. If you did not ask for it, ignore this message.", code, minutes, use),
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

// testText is what a channel test sends.
func testText() text {
	return text{
		subject: "PingHome test message",
		body:    "This is a test message from PingHome. Notifications to this channel arrive.",
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func channelName(c backend.Channel) string { return fmt.Sprintf("channel %d (%s)", c.Priority, c.Type) }
