//go:build unix

package cli

import "testing"

// TestTheAccountsOfAServer are listed and made with an operator's token; those of a context, too.
func TestTheAccountsOfAServer(t *testing.T) {
	s := script{home: home{t, t.TempDir()}}
	s.writeFile("self", s.createAccount())
	s.writeFile("operator", s.run("token", "create", "--account", "ada@byron.example", "--scope", "operator"))
	address, _ := s.serve("--listen", "127.0.0.1:0")
	s.writeFile("config.toml", "[context.far]\nserver = '"+address+"'\ntoken_file = 'operator'\n[context.look]\nserver = '"+address+"'\ntoken_file = 'operator'\nread_only = true\n"+
		"[context.near]\ndb = 'near.db'\n")
	zoe := []string{"account", "create", "--name", "Zoe", "--surname", "King", "--email", "zoe@byron.example"}
	s.do(0, `^[0-9a-f-]{36}\n$`, append(zoe, "--server", address, "--token-file", "operator")...)
	s.do(6, "already uses", append(zoe, "--context", "far", "--config", "config.toml")...)
	s.do(4, "for reading only", append(zoe, "--context", "look", "--config", "config.toml")...)
	s.do(4, "", append(zoe, "--server", address, "--token-file", "self")...)
	s.do(0, `(?s)Ada Byron.*Zoe King`, "account", "list", "--context", "look", "--config", "config.toml")
	s.do(4, "", "account", "list", "--server", address, "--token-file", "self")
	s.do(2, "either on a server or here", "account", "list", "--server", address, "--db", "x.db")
	s.do(9, "cannot be reached", "account", "list", "--server", "http://127.0.0.1:9", "--token-file", "self")

	s.do(5, "There is no database", "account", "list", "--context", "near", "--config", "config.toml")
	s.do(0, `^[0-9a-f-]{36}\n$`, append(zoe, "--context", "near", "--config", "config.toml")...)
	s.do(0, `^[^\n]*\tZoe King\t[^\n]*\n$`, "account", "list", "--context", "near", "--config", "config.toml")
	s.do(0, `(?s)Ada.*Zoe`, "api", "/v1/customers?limit=1", "--paginate")
	s.do(2, "--account is missing", "api", "/v1/customer")
	s.run("channel", "add", "ada@b.example", "--account", "ada@byron.example")
	of := s
	of.source = []string{"--account", "ada@byron.example"}
	of.do(0, "proved and on", "channel", "verify", "1", of.newest().Code)
	s.do(0, `^[^\n]*\tZoe King\t[^\n]*\n$`, "account", "list", "--problems")
	s.do(0, `^[^\n]*\tZoe King\t[^\n]*\n$`, "account", "list", "--problems", "--context", "far", "--config", "config.toml")
}
