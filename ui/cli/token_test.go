//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestATokenIsRevokedByItsWholeText: who has the token may not know its id.
func TestATokenIsRevokedByItsWholeText(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	if list := h.run("token", "list"); !strings.Contains(list, "ada@byron.example") {
		t.Fatalf("the list is %s", list)
	}
	h.run("token", "revoke", token+"\n")
	if list := h.run("token", "list"); strings.Contains(list, "ada@byron.example") {
		t.Errorf("it is still there: %s", list)
	}
}

// TestNoErrorRepeatsAToken that was given by mistake, even cut short or mistyped.
func TestNoErrorRepeatsAToken(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
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
