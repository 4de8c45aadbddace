package channels

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
)

func TestSigningSecretIsForgottenWithItsDialog(t *testing.T) {
	for name, leave := range map[string]func(*shell.Shell, *secretDialog){
		"closed":          func(_ *shell.Shell, d *secretDialog) { d.Key(drive.Key("tab")); d.Key(drive.Key("enter")) },
		"another account": func(sh *shell.Shell, _ *secretDialog) { sh.Show(shell.Opened{}) },
	} {
		t.Run(name, func(t *testing.T) {
			sh := shell.New(shell.Options{})
			d := &secretDialog{shell: sh, priority: 6, secret: "whsec_c2VjcmV0"}
			sh.Open(d)
			if !showsSecret(d) {
				t.Fatal("the secret is not shown")
			}
			leave(sh, d)
			if sh.Top() != nil || showsSecret(d) {
				t.Fatal("the dialog still has the secret")
			}
		})
	}
}

// showsSecret reports whether a dialog, open or closed, still has a secret.
func showsSecret(d *secretDialog) bool {
	return strings.Contains(strings.Join(d.Card(100, 40).Lines, "\n"), "whsec_")
}
