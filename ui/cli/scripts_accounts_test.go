//go:build unix

package cli

import "testing"

// TestAccountsAreListedByScript with what reaches them, wherever they are.
func TestAccountsAreListedByScript(t *testing.T) {
	onEverySource(t, func(s script) {
		if s.source[0] == "--server" {
			s.do(4, "sees its own account only", "account", "list")
			s.writeFile("token", s.run("token", "create", "--account", "ada@byron.example", "--scope", "operator"))
		}
		s.do(0, `^ada@byron\.example\t[^\n]*not reached`, "account", "list", "--problems", "--sort", "reach")
		s.do(0, "", "channel", "add", "ada@byron.example")
		s.do(0, `"types": \[\]`, "account", "list", "--match", "ada", "--json=reach")
		s.do(0, "", "channel", "verify", "1", s.newest().Code)
		s.do(0, `^email\n$`, "account", "list", "--limit", "1", "--json", "reach", "--template", `{{range .}}{{join "," .reach.types}}{{"\n"}}{{end}}`)
		s.do(0, `^$`, "account", "list", "--match", "babbage")
		s.do(2, "has no flag --account", "account", "list", "--account", "ada@byron.example")
	})
}
