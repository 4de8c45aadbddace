//go:build unix

package cli

import "testing"

// TestAChangeWithAKeyIsMadeOnce, however often its command is run; the key is no other change's.
func TestAChangeWithAKeyIsMadeOnce(t *testing.T) {
	onEverySource(t, func(s script) {
		send := []string{"feedback", "send", "--body", "Good", "--idempotency-key", "monday", "--json", "id"}
		first := s.do(0, `"id"`, send...)
		if again := s.do(0, `"id"`, send...); again != first {
			s.t.Errorf("the feedback was sent twice: %s, %s", first, again)
		}
		s.do(6, "used for another request", "feedback", "send", "--body", "Bad", "--idempotency-key", "monday")
		s.do(0, `^1\n$`, "channel", "add", "ada@byron.example", "--idempotency-key", "add")
		s.do(0, `^1\n$`, "channel", "add", "ada@byron.example", "--idempotency-key", "add")
		s.do(0, `^[^\n]*\n$`, "channel", "list")
		s.do(0, "", "username", "change", "countess@l.example")
		id, other := s.newest().ID, s.do(0, "", "messages", "list", "--type", "email", "--json=id", "--template", "{{(index . 1).id}}")
		s.do(0, "Marked 2", "messages", "read", id, other, "--idempotency-key", "read")
		s.do(0, `^true true $`, "messages", "list", "--json=read", "--template", "{{range .}}{{.read}} {{end}}")
		s.do(2, "^pinghome: --idempotency-key has 1 to 200", "channel", "test", "1", "--idempotency-key", "a b")
	})
}

// TestAChangeWithAKeyIsAnsweredAgain, also where it has itself changed what it was to be made on.
func TestAChangeWithAKeyIsAnsweredAgain(t *testing.T) {
	onEverySource(t, func(s script) {
		const before, after = "ada@byron.example", "countess@l.example"
		s.do(0, "", "channel", "add", before)
		s.do(0, "", "channel", "verify", "1", s.newest().Code)
		edit := []string{"channel", "edit", "1", "--value", after, "--label", "home", "--if-value"}
		cancel := []string{"channel", "cancel", "1", "--if-value", after, "--idempotency-key", "cancel"}
		name := []string{"channel", "edit", "1", "--label", "work", "--if-value", before, "--idempotency-key", "name"}
		for range 2 {
			s.do(0, "countess", append(edit, before, "--idempotency-key", "edit")...)
		}
		s.do(6, "Channel 1 has another value now", append(edit, "bo@li.example", "--idempotency-key", "other")...)
		s.do(0, "has its proved value back", cancel...)
		s.do(0, "has its proved value back", cancel...)
		s.do(6, "has no new value", append(cancel[:3], "--idempotency-key", "late")...)
		s.do(0, "is called work", name...)
		name[6] = "ADA <ada@BYRON.example>"
		s.do(0, "", "channel", "add", "bo@li.example")
		s.do(0, "", "channel", "reorder", "2", "1")
		s.do(0, "is called work", name...) // and not the other one, which has its number now
		s.do(0, "^ work $", "channel", "list", "--json=label", "--template", "{{range .}}{{.label}} {{end}}")
	})
}

// TestMistypedCommands keep their hints where flags stand behind them, and their form as JSON.
func TestMistypedCommands(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(2, `There is no command "channel lst"\. Did you mean "pinghome channel list"\?`, "channel", "lst", "--json", "type")
		s.do(2, `"detail":"\\"pinghome channel list\\" has no flag --nothing`, "channel", "list", "--nothing", "--json", "type")
		s.do(2, `"pinghome channel" has no flag --read-only, which is one of the console`, "channel", "--read-only", "list")
		s.do(2, "not \"\\+1\"", "channel", "delete", "+1")
		s.do(0, "", "channel", "add", "ada@byron.example")
		id := s.newest().ID
		s.do(2, "is named twice", "messages", "delete", id, id, "--yes")
	})
}
