//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestWhereAFaultMayChangeWhereThingsGoNothingIsChanged: and nothing is sent. Any other fault
// leaves the console as it is without the setting.
func TestWhereAFaultMayChangeWhereThingsGoNothingIsChanged(t *testing.T) {
	for _, c := range []struct {
		text                  string
		isReadOnly, isDBNamed bool
	}{
		{text: ""},
		{text: "[console]\nmuose = true\n"},
		{text: "[serve]\nlog_level = \"loud\"\n"},
		{text: "[delivery]\nproof_days = -1\n"},
		{text: "[delivery.webhook]\nenabled = true\n[console]\nstill = 1\n"},
		{"[console\n", true, true},
		{"[delivry.webhook]\nenabled = true\n", true, true},
		{"[delivery.webhook]\nenabled = \"yes\"\n", true, true},
		{"[delivery.webhook]\nenabled = true\nallow = [\"10.0.0.0/99\"]\n", true, true},
		{"[backup]\nkeep = 0\n", true, true},
		{"[context.work]\nserver = 5\n", true, false},
		{"[context.work]\ndefault = true\n", true, false},
		{"[context.a]\nserver = \"https://a.example\"\ndefault = true\n[context.b]\nserver = \"https://b.example\"\ndefault = true\n", true, false},
	} {
		for _, isDBNamed := range []bool{false, true} {
			o := options{sourceFlags: sourceFlags{isGiven: func(flag string) bool { return isDBNamed && flag == "db" }}}
			faulty := consoleOf(t, &o, c.text)
			from, err := chooseSource(&o.sourceFlags, &faulty, paths{engine: fileEngine{path: filepath.Join(t.TempDir(), "a.db")}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			d, want := from.(*database), c.isReadOnly && (c.isDBNamed || !isDBNamed)
			if isReadOnly := d.whyReadOnly != ""; isReadOnly != want || isReadOnly && d.senders.router != nil {
				t.Errorf("%q, --db %v: it says %q, and sends with %v", c.text, isDBNamed, d.whyReadOnly, d.senders.router)
			}
			d.senders.close()
		}
	}
}

// TestAWrongConfigurationOpensTheConsole, which tells what is wrong, and where nothing is
// changed. The senders of the configuration begin once it is right.
func TestAWrongConfigurationOpensTheConsole(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	if err := os.MkdirAll(filepath.Join(h.dir, ".config/pinghome"), 0o700); err != nil {
		t.Fatal(err)
	}
	h.writeFile(".config/pinghome/config.toml", "[delivery.webhook]\nenable = true\n[console]\nmouse = 1\n")
	w := inWindowAt(t, h.dir, "pinghome")
	w.see("Ada Byron")
	w.see(`config.toml: row 2, column 1: there is no setting "delivery.webhook.enable". Did you mean "enabled"?`)
	w.see("read-only")
	w.see("(! lists 1 more.)")
	w.press("!")
	w.see("~/.config/pinghome/config.toml: row 4,")
	w.press("\x1b")
	w.press("2")
	w.see("[2 Channels")
	w.press("a")
	w.see("Opened for reading only, since accounts, messages or backups may belong elsewhere: correct ")
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
	w = inWindowAt(t, h.dir, "pinghome", "--context", "work")
	w.see(`There is no context "work"`)
	w.wantExit(2)
}

// TestAConfigurationThatCannotBeReadOpensTheConsole, and one that a flag names and that is not
// there does not: another one was meant.
func TestAConfigurationThatCannotBeReadOpensTheConsole(t *testing.T) {
	folder := t.TempDir()
	c, err := readFaulty(folder, true)
	if err != nil || len(c.faults) != 1 || !strings.Contains(c.faults[0].Error(), folder+": It cannot be read: is a directory. Nothing in it counts.") {
		t.Errorf("a folder: %v, %v", c.sentences(), err)
	}
	if _, err := readFaulty(filepath.Join(folder, "none"), true); err == nil {
		t.Error("a file that is not there is taken")
	}
}

// TestAFaultyConfigurationStartsNoWorker: what waits in the database is left to a process that
// may send it.
func TestAFaultyConfigurationStartsNoWorker(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	if err := sqlite.Create(t.Context(), path, sqlite.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	d := newDatabase(paths{engine: fileEngine{path: path}, key: path + ".key"}, false)
	d.whyReadOnly = "The configuration is wrong."
	defer d.close()
	if err := os.WriteFile(d.key, []byte(strings.Repeat("ab", 32)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.accounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.check(t.Context()); err != nil || d.worker != nil {
		t.Errorf("the worker is %v, %v", d.worker, err)
	}
}
