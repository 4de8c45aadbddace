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

// TestATokenIsRevokedByItsWholeText, since that may be all that is at hand.
func TestATokenIsRevokedByItsWholeText(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.account()
	if list := h.run("token", "list"); !strings.Contains(list, "ada@byron.example") {
		t.Fatalf("the list is %s", list)
	}
	h.run("token", "revoke", token+"\n")
	if list := h.run("token", "list"); strings.Contains(list, "ada@byron.example") {
		t.Errorf("it is still there: %s", list)
	}
}

// TestNoSentenceRepeatsAToken, wherever it was given by mistake, and though it
// was cut or mistyped.
func TestNoSentenceRepeatsAToken(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.account()
	secret := token[len("ph_")+16+1:]
	for name, wrong := range map[string]string{
		"whole": token, "one letter less": token[:len(token)-1], "one letter more": token + "a", "its start is missing": token[3:],
		"the secret alone": secret, "its start is mistyped": "hp_" + token[3:], "in capitals": strings.ToUpper(token), "half of it": token[:40],
		"a letter is mistyped": token[:30] + "9" + token[31:],
	} {
		for _, args := range [][]string{{"token", "revoke", wrong}, {"token", "create", "--account", wrong}, {wrong},
			{"--" + wrong}, {"account", wrong}, {"serve", "--listen", wrong}, {"messages", "list", "--account", wrong}} {
			said, err := h.command(args...).CombinedOutput()
			if strings.Contains(strings.ToLower(string(said)), secret[:12]) {
				t.Errorf("%s: pinghome %.20s… said %s (%v)", name, strings.Join(args, " "), said, err)
			}
		}
	}
	if err := os.Mkdir(filepath.Join(h.dir, "graph_of_all_the_accounts_here"), 0o700); err != nil {
		t.Fatal(err)
	}
	if said, _ := h.command("account", "list", "--db", "graph_of_all_the_accounts_here").CombinedOutput(); !strings.Contains(string(said), "graph_of_all_the_accounts_here is a folder") {
		t.Errorf("the name of a file is a token: %s", said)
	}
}

// TestWhatIsWrongWithATokenFile is told in a sentence of its own.
func TestWhatIsWrongWithATokenFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "token")
	for name, c := range map[string]struct {
		content string
		mode    os.FileMode
		says    string
	}{
		"two lines":     {"ph_one\nph_two\n", 0o600, "has several lines; leave nothing in it but the token"},
		"two words":     {"Bearer ph_one\n", 0o600, "holds no token: a token has"},
		"nothing":       {" \n", 0o600, "is empty"},
		"open to all":   {"ph_one\n", 0o644, "run chmod 600"},
		"a signed text": {"ph_one\u00e9", 0o600, "holds no token"},
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
	r := remotePlace{server: server{Server: "http://127.0.0.1:1"}}
	if _, err := r.bearer(t.Context()); backend.ErrorCode(err) != backend.CodeUnauthorized || !strings.Contains(err.Error(), "PINGHOME_TOKEN has several lines") {
		t.Errorf("the variable: %v", err)
	}
}

// TestATokenFromAPipe is read once and kept: --token-file <(pass show work).
func TestATokenFromAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	go os.WriteFile(path, []byte("ph_one\n"), 0o600)
	r := remotePlace{server: server{Server: "http://127.0.0.1:1", TokenFile: path}}
	for range 2 {
		if token, err := r.token(t.Context()); err != nil || token != "ph_one" {
			t.Fatalf("%q, %v", token, err)
		}
	}
}
