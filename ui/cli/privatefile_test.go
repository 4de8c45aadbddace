package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSecretsAsServiceManagersPassThem: files that only the service can read, in
// a folder that $CREDENTIALS_DIRECTORY names.
func TestSecretsAsServiceManagersPassThem(t *testing.T) {
	dir, credentials := t.TempDir(), t.TempDir()
	for _, c := range []struct {
		folder  string
		mode    os.FileMode
		private bool
	}{
		{dir, 0o600, true}, {dir, 0o400, true}, {dir, 0o644, false}, {dir, 0o660, false}, {dir, 0o444, false},
		{dir, 0o640, os.Geteuid() == 0}, // of root
		{credentials, 0o400, true}, {credentials, 0o440, true}, {credentials, 0o444, true}, {credentials, 0o666, false}, {credentials, 0o460, false},
	} {
		t.Setenv(credentialsVariable, credentials)
		path := filepath.Join(c.folder, "secret")
		os.Remove(path)
		if err := os.WriteFile(path, []byte("opensesame\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		secret, err := readPrivateFile("The file", path)
		if (err == nil) != c.private || c.private && secret != "opensesame" {
			t.Errorf("%o in %s: %q, %v", c.mode, c.folder, secret, err)
		}
	}
	os.Remove(filepath.Join(dir, "secret"))
	if got, _ := secretPath("The file", dir, "secret"); got != filepath.Join(credentials, "secret") {
		t.Errorf("the credential is looked for at %s", got)
	}
	if got, _ := secretPath("The file", dir, "other"); got != filepath.Join(dir, "other") {
		t.Errorf("a file beside the configuration is looked for at %s", got)
	}
}
