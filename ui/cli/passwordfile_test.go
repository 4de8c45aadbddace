//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestAPasswordFileThatOthersCanRead is refused, and so is a service file with the password in it. A password file
// without one for the database does no harm.
func TestAPasswordFileThatOthersCanRead(t *testing.T) {
	commandsAlone(t)
	h, db := home{t, t.TempDir()}, pgtest.Empty(t)
	h.run("account", "create", "--db", db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	const own, other = "*:*:*:pinghome:marked\n", "*:*:*:other:marked\n"
	services, mine := filepath.Join(h.dir, "services"), filepath.Join(h.dir, "mine")
	for _, c := range []struct {
		file, text, parameter string
		variables             []string
		mode                  os.FileMode
		want                  int
	}{
		{".pgpass", own, "", nil, 0o644, exit.CodeUsage},
		{".pgpass", own, "", nil, 0o600, 0},
		{".pgpass", other, "", nil, 0o644, 0},
		{".pgpass", own, "", []string{"PGPASSWORD=marked"}, 0o644, 0},
		{"mine", own, "", []string{"PGPASSFILE=" + mine}, 0o644, exit.CodeUsage},
		{"mine", own, "&passfile=" + mine, nil, 0o640, exit.CodeUsage},
		{"mine", own, "&passfile=" + mine, nil, 0o600, 0},
		{"services", "[accounts]\npassword=marked\n", "", []string{"PGSERVICEFILE=" + services, "PGSERVICE=accounts"}, 0o644, exit.CodeUsage},
		{"services", "[accounts]\npassword=marked\n", "&service=accounts&servicefile=" + services, nil, 0o600, 0},
		{"services", "[accounts]\nuser=pinghome\n", "&service=accounts&servicefile=" + services, nil, 0o644, 0},
	} {
		path := filepath.Join(h.dir, c.file)
		_ = os.Remove(path)
		h.writeFile(c.file, c.text)
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		if c.mode == 0o640 { // of root, its group may read it
			c.want *= min(1, os.Getuid())
		}
		list := h.command("account", "list", "--db", db+c.parameter)
		list.Env = append(list.Env, c.variables...)
		out, _ := list.CombinedOutput()
		said, code := string(out), list.ProcessState.ExitCode()
		isRefused := strings.Contains(said, path+" has the password of the database in it and can be read by others; run chmod 600 on it.")
		if code != c.want || isRefused != (c.want != 0) || strings.Contains(said, "marked") {
			t.Errorf("of %+v it says %s and ends with %d", c, said, code)
		}
		_ = os.Remove(path)
	}
}
