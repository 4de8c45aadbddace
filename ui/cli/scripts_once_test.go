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
