//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheFirstRunOnAServer: nothing is kept before the server has taken the token. From
// then on the console opens the server by itself, and what was in the configuration stays.
func TestTheFirstRunOnAServer(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	address, _ := h.serve("--listen", "127.0.0.1:0")
	person := home{t, t.TempDir()}
	config := filepath.Join(person.dir, ".config/pinghome/config.toml")
	if err := os.MkdirAll(filepath.Dir(config), 0o700); err != nil {
		t.Fatal(err)
	}
	person.writeFile(".config/pinghome/config.toml", "[console] # mine\nmouse = true")

	w := inWindowAt(t, person.dir, "pinghome")
	w.see("first run")
	w.press("k\r")
	w.see("Your server")
	w.press(strings.TrimPrefix(address, "http://") + "\twrong\t")
	w.see("Name     server")
	w.press("\x13")
	w.see("✗ This token is not valid")
	if text, _ := os.ReadFile(config); strings.Contains(string(text), "context") {
		t.Errorf("it was kept: %s", text)
	}
	w.press("\x7f\x7f\x7f\x7f\x7f" + token + "\twork\x13")
	w.see("● remote 127.0.0.1")
	w.see(`Kept as the context "work"`)
	w.press("q")
	w.wantExit(0)

	text, err := os.ReadFile(config)
	if err != nil || !strings.HasPrefix(string(text), "[console] # mine\nmouse = true\n\n[context.work]\n") || strings.Contains(string(text), token) {
		t.Errorf("the configuration is %s, %v", text, err)
	}
	info, err := os.Stat(filepath.Join(filepath.Dir(config), "work.token"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the token: %v, %v", info, err)
	}
	if exists(filepath.Join(person.dir, ".local/share/pinghome")) {
		t.Error("a database was made")
	}
	for args, sees := range map[string]string{"": "● remote 127.0.0.1", "--context work": "● remote 127.0.0.1", "--db a.db": "first run", "--demo": "● demo"} {
		w := inWindowAt(t, person.dir, "pinghome", strings.Fields(args)...)
		w.see(sees)
		w.press("\x03")
		w.wantExit(0)
	}
}

// TestASecondServerLeavesTheDefault: what is opened without flags is one context, so the one
// that is the default stays it.
func TestASecondServerLeavesTheDefault(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	address, _ := h.serve("--listen", "127.0.0.1:0")
	person := home{t, t.TempDir()}
	config := filepath.Join(person.dir, ".config/pinghome/config.toml")
	if err := os.MkdirAll(filepath.Dir(config), 0o700); err != nil {
		t.Fatal(err)
	}
	person.writeFile(".config/pinghome/other.token", token)
	person.writeFile(".config/pinghome/config.toml", "[context.other]\nserver = \""+address+"\"\ntoken_file = \"other.token\"\ndefault = true\n")

	w := inWindowAt(t, person.dir, "pinghome", "--db", "new.db")
	w.see("first run")
	w.press("k\r")
	w.see("Your server")
	w.press(strings.TrimPrefix(address, "http://") + "\t" + token + "\twork\x13")
	w.see(`Kept as the context "work". --context work opens it; "other" stays`)
	w.press("q")
	w.wantExit(0)
	if text, err := os.ReadFile(config); err != nil || strings.Count(string(text), "default = true") != 1 || !strings.Contains(string(text), "[context.work]") {
		t.Errorf("the configuration is %s, %v", text, err)
	}
	for _, args := range []string{"", "--context work"} {
		w := inWindowAt(t, person.dir, "pinghome", strings.Fields(args)...)
		w.see("● remote 127.0.0.1")
		w.press("q")
		w.wantExit(0)
	}
}

// TestHowANewContextIsOpened: it is said as it will be.
func TestHowANewContextIsOpened(t *testing.T) {
	n := newContext{config: "/c.toml", paths: paths{config: "/c.toml"}}
	for _, c := range []struct{ db, other, want string }{
		{"", "", "Without flags, pinghome opens it from now on."},
		{"", "home", `--context work opens it; "home" stays the default.`},
		{"/a.db", "", "--context work opens it, while $PINGHOME_DB names a database."},
	} {
		t.Setenv("PINGHOME_DB", c.db)
		if got, want := n.howOpened("work", c.other), `Kept as the context "work". `+c.want; got != want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	n.config = "/d.toml"
	if got := n.howOpened("work", ""); !strings.Contains(got, "With --config /d.toml, --context work opens it.") {
		t.Error(got)
	}
}

func TestNamesOfNewContexts(t *testing.T) {
	c := config{Context: map[string]server{"accounts": {}, "server": {}}}
	for address, want := range map[string]string{
		"https://accounts.example.org": "accounts-2", "https://ops.example.org/v1": "ops", "http://127.0.0.1:8642": "server-2", "https://[::1]": "server-2", "https://münchen.example": "server-2",
	} {
		if got, err := c.freeName("", address); err != nil || got != want {
			t.Errorf("%s is named %q, %v", address, got, err)
		}
	}
	for _, wrong := range []string{"accounts", "a b", "a.b", "../a", strings.Repeat("a", 65)} {
		if got, err := c.freeName(wrong, ""); err == nil {
			t.Errorf("%q is taken as %q", wrong, got)
		}
	}
}

// TestTwoDefaultContextsAreTold: none of them is opened.
func TestTwoDefaultContextsAreTold(t *testing.T) {
	h := home{t, t.TempDir()}
	h.writeFile("c.toml", "[context.a]\nserver = \"https://a.example\"\ndefault = true\n[context.b]\nserver = \"https://b.example\"\ndefault = true\n")
	w := inWindowAt(t, h.dir, "pinghome", "--config", "c.toml")
	w.see("c.toml: row 6, column 1: the contexts a and b are both the default")
	w.see("Where are your accounts?")
	w.press("q")
	w.wantExit(0)
}
