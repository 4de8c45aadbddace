//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func TestWhereATokenIsFound(t *testing.T) {
	dir := t.TempDir()
	p := paths{token: filepath.Join(dir, "token")}
	find := func(named string) (string, error) {
		token, _, err := findToken(t.Context(), named, "http://127.0.0.1", p)
		return string(token), err
	}
	t.Setenv("PINGHOME_TOKEN", "")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(dir, "no-bus")) // no keyring here
	if _, err := find(""); err == nil {
		t.Error("there is none yet")
	}
	if err := os.WriteFile(p.token, []byte("beside\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantToken(t, find, "", "beside")
	t.Setenv("PINGHOME_TOKEN", "variable")
	wantToken(t, find, "", "variable")
	wantToken(t, find, p.token, "beside")
}

func wantToken(t *testing.T, find func(string) (string, error), named, want string) {
	t.Helper()
	if got, err := find(named); err != nil || got != want {
		t.Errorf("found %q, %v; want %q", got, err, want)
	}
}

func TestWhatIsWrongWithATokenFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "token")
	for name, c := range map[string]struct {
		content string
		mode    os.FileMode
		says    string
	}{
		"two lines":        {"ph_one\nph_two\n", 0o600, "has several lines; leave nothing in it but the token"},
		"two words":        {"Bearer ph_one\n", 0o600, "holds no token: a token has"},
		"nothing":          {" \n", 0o600, "is empty"},
		"open to all":      {"ph_one\n", 0o644, "run chmod 600"},
		"another alphabet": {"ph_one\u00e9", 0o600, "holds no token"},
	} {
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		os.Chmod(path, c.mode)
		if _, _, err := tokenFile(path); err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "one") {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	if _, _, err := tokenFile(dir); err == nil || !strings.Contains(err.Error(), "is a folder; name a file in it") || strings.Contains(err.Error(), "chmod") {
		t.Errorf("a folder: %v", err)
	}
	t.Setenv("PINGHOME_TOKEN", "ph_one\nph_two")
	r := remote{server: server{Server: "http://127.0.0.1:1"}}
	if _, err := r.bearer(t.Context()); backend.ErrorCode(err) != backend.CodeUnauthorized || !strings.Contains(err.Error(), "PINGHOME_TOKEN has several lines") {
		t.Errorf("the variable: %v", err)
	}
}

// TestATokenFromAPipeIsReadOnceAndKept, as for --token-file <(pass show work).
func TestATokenFromAPipeIsReadOnceAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	go os.WriteFile(path, []byte("ph_one\n"), 0o600)
	r := remote{server: server{Server: "http://127.0.0.1:1", TokenFile: path}}
	for range 2 {
		if token, err := r.token(t.Context()); err != nil || token != "ph_one" {
			t.Fatalf("%q, %v", token, err)
		}
	}
}
