//go:build unix

package cli

import (
	"fmt"
	"strings"
	"testing"
)

// TestAnAccountIsDeclared: a file says how an account should be, and it becomes that in a safe order.
func TestAnAccountIsDeclared(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(0, `^1\n$`, "channel", "add", "ada@byron.example", "--label", "Home")
		s.do(0, "proved and on", "channel", "verify", "1", s.newest().Code)
		s.writeFile("me.toml", s.do(0, `(?m)^value = 'ada@byron\.example'$`, "export"))
		s.do(0, "Nothing is to be changed", "plan", "-f", "me.toml")
		s.do(0, `"open": \[\]`, "apply", "-f", "me.toml", "--yes", "--json")

		s.writeFile("want.toml", "surname = 'Lovelace'\n[[channel]]\nvalue = 'countess@byron.example'\n")
		s.do(3, `(?s)Lovelace.*Add the channel countess.*Delete channel 1 .*waits until.*Reached now:  ada@byron.example`, "plan", "-f", "want.toml")
		s.do(3, `"reached_after": \[\s*"countess@byron.example"`, "plan", "-f", "want.toml", "--json=reached_after")
		s.do(3, `^\{\s*"reached_after": \[\s*"countess@byron.example"`, "plan", "-f", "want.toml", "--json", "reached_after")
		s.do(2, "--yes is missing", "apply", "-f", "want.toml")
		s.do(3, `(?s)Lovelace: done.*Add the channel .*: done.*Still open:.*channel verify 1 CODE`, "apply", "-f", "want.toml", "--yes")
		s.do(0, `(?m)^1\temail\tcountess.*pending[^\n]*\n2\temail\tada@byron\.example\t`, "channel", "list")
		s.do(0, "proved and on", "channel", "verify", "1", s.newest().Code)
		s.do(0, `(?s)Delete channel 2 .*: done.*Everything is as it is declared`, "apply", "-f", "want.toml", "--yes")
		s.do(0, `^1\temail\tcountess@byron\.example\t\tactive[^\n]*\n$`, "channel", "list")

		s.writeFile("now.toml", s.do(0, "countess", "export"))
		s.do(0, "The code for brief@byron.example is held here", "channel", "edit", "1", "--value", "brief@byron.example")
		s.do(3, "^- Give up brief@byron.example for channel 1, which keeps countess@byron.example\n", "plan", "-f", "now.toml")
		s.do(0, "Everything is as it is declared", "apply", "-f", "now.toml", "--yes")
		s.do(0, `^1\temail\tcountess@byron\.example\t\tactive[^\n]*\n$`, "channel", "list")

		s.do(0, `^2\n$`, "channel", "add", "late@byron.example")
		s.do(0, "Deleted 1", "channel", "delete", "2")
		s.writeFile("late.toml", "[[channel]]\nvalue = 'countess@byron.example'\n[[channel]]\nvalue = 'soon@byron.example'\n[[channel]]\nvalue = 'late@byron.example'\n")
		s.do(8, `(?s)Add the channel soon.*: done\..Still open:.- Add the channel late.*Run it again`, "apply", "-f", "late.toml", "--yes")
		s.do(8, `(?s)"done": \[\].*"open": \[.*"says": "Add the channel late`, "apply", "-f", "late.toml", "--yes", "--json")
		s.do(0, "Deleted 1", "channel", "delete", "2")
	})
}

// TestASecretOfADeclaredWebhook is had by the number that the webhook has at the end, and not by that of another one.
func TestASecretOfADeclaredWebhook(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(0, `^1\n$`, "channel", "add", "ada@byron.example")
		s.doWith("[[channel]]\nvalue = 'https://b.example/hook'\n[[channel]]\nvalue = 'ada@byron.example'\n", 3,
			`The signing secret of channel 1 .*channel rotate-secret 1\b`, "apply", "-f", "-", "--yes")
		s.do(0, `^1\twebhook\t`, "channel", "list")
	})
}

// TestWhatIsWrongInADeclaration is refused, and an export that hides values is none.
func TestWhatIsWrongInADeclaration(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(0, `^1\n$`, "channel", "add", "ada@byron.example")
		s.do(0, `a••@|c•+`, "export", "--masked")
		first := s.do(0, "person-", "export", "--pseudonyms")
		if again := s.do(0, "person-", "export", "--pseudonyms"); again != first {
			s.t.Errorf("the stand-ins are others: %s and %s", first, again)
		}
		s.doWith(first, 2, "its values are hidden", "plan", "-f", "-")
		s.doWith("[[channel]]\nvalue = 'nowhere'", 2, "Standard input: channel 1: ", "apply", "-f", "-", "--yes")
		s.do(2, "--file is missing", "apply", "--yes")
		s.do(2, "--file is empty", "plan", "-f", "")
		s.doWith("[[channel]]\nvalue = 'http://b.example/hook'", 2, `(?m)^pinghome: Add the channel http://b.example/hook \(webhook\): The address must start with https://`, "apply", "-f", "-", "--yes")
		var many strings.Builder
		for i := range 11 {
			fmt.Fprintf(&many, "[[channel]]\nvalue = 'c%d@byron.example'\n", i)
		}
		s.doWith(many.String(), 6, "declares 11 channels, and this account has room for 10", "plan", "-f", "-")
		s.doWith(many.String(), 6, "nothing was changed", "apply", "-f", "-", "--yes")
		s.do(2, "nothing.toml cannot be read", "plan", "-f", "nothing.toml")
		s.do(2, "--masked and --pseudonyms", "export", "--masked", "--pseudonyms")
		if len(s.source) == 2 && s.source[0] == "--db" { // where there can be another account
			s.run("account", "create", "--name", "Zoe", "--surname", "King", "--email", "zoe@byron.example", s.source[0], s.source[1])
			s.writeFile("zoe.toml", "name = 'Zoe'\nusername = 'zoe@byron.example'\n")
			s.do(6, `"done": \[\]`, "apply", "-f", "zoe.toml", "--yes", "--json", "--account", "ada@byron.example")
		}
	})
}
