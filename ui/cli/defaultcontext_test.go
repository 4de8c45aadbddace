package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestCommandsFollowTheDefaultContext to its database, as the console does; flags and variables go before it.
func TestCommandsFollowTheDefaultContext(t *testing.T) {
	commandsAlone(t)
	h := home{t, t.TempDir()}
	config := ".config/pinghome/config.toml"
	if err := os.MkdirAll(filepath.Join(h.dir, filepath.Dir(config)), 0o700); err != nil {
		t.Fatal(err)
	}
	h.writeFile(config, "[context.team]\ndb = \"../../team.db\"\ndefault = true\n")
	create := []string{"account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example"}
	h.run(create...)
	wantNothingIn(t, filepath.Join(h.dir, ".local/share"))
	wantCode(t, h, 0, "Ada Byron", "account", "list", "--db", "team.db")
	for _, args := range [][]string{{"doctor"}, {"paths"}, {"backup", "saved.db"}} {
		wantCode(t, h, 0, "team.db", args...)
	}
	wantCode(t, h, exit.CodeNotFound, "other.db", "account", "list", "--db", "other.db")

	h.writeFile(config, "[context.team]\ndb = \"../../team.db\"\ndefault = true\nread_only = true\n")
	wantCode(t, h, exit.CodeRefused, "for reading only", create...)
	wantCode(t, h, exit.CodeRefused, `as read_only of the context "team" says. Name the database with --db`, "restore", "saved.db")
	wantCode(t, h, exit.CodeRefused, "for reading only", "token", "create", "--account", "ada@byron.example")
	wantCode(t, h, 0, "", "token", "list")
	wantCode(t, h, 0, "again.db", "backup", "again.db")
	wantCode(t, h, 0, "team.db", "doctor")
	h.writeFile(config, "[context.team]\ndb = \"../../team.db\"\ndefault = true\n[context.more]\nserver = \"https://h.example\"\ndefault = true\n")
	wantCode(t, h, exit.CodeUsage, "are both the default", "account", "list")
	h.writeFile(config, "[context.team]\nserver = \"https://h.example\"\ndefault = true\n")
	wantCode(t, h, exit.CodeNotFound, ".local/share/pinghome/pinghome.db", "token", "list")
	wantCode(t, h, exit.CodeUsage, "There is no token for https://h.example", "account", "list")
	wantCode(t, h, exit.CodeUsage, "There is no token for https://h.example", create...)
}

// TestPathsOfADatabaseThatIsNotKnown, since the configuration is wrong, are not those of another one. The path of the
// configuration is printed all the same.
func TestPathsOfADatabaseThatIsNotKnown(t *testing.T) {
	h := home{t, t.TempDir()}
	config := ".config/pinghome/config.toml"
	if err := os.MkdirAll(filepath.Join(h.dir, filepath.Dir(config)), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"[context.team]\ndb = \"postgres://ada:marked@h/a\"\ndefault = true\n", "[context.team]\ndb = \"postgres://ada@h:port/a\"\ndefault = true\n", "[context"} {
		h.writeFile(config, text)
		c := h.command("paths")
		said, _ := c.CombinedOutput()
		if c.ProcessState.ExitCode() != exit.CodeUsage || !strings.Contains(string(said), "config\t"+filepath.Join(h.dir, config)) || strings.Contains(string(said), "pinghome.db") || strings.Contains(string(said), "marked") {
			t.Errorf("of %s it says %s", text, said)
		}
		wantCode(t, h, 0, "database\t"+filepath.Join(h.dir, "own.db"), "paths", "--db", "own.db")
	}
}
