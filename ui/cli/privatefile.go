package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// readPrivateFile reads a secret from a file, without the line end behind it. It
// refuses a file that others can read, and one without text; see isPrivate. what
// names the file at the start of the sentences of errors, such as "The token file".
func readPrivateFile(what, path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", exit.Usage("%s %s cannot be read: %w.", what, path, errors.Unwrap(err))
	}
	if info.IsDir() {
		return "", exit.Usage("%s %s is a folder; name a file in it.", what, path)
	}
	if !isPrivate(path, info) {
		return "", exit.Usage("%s %s can be read by others; run chmod 600 on it.", what, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", exit.Usage("%s %s cannot be read: %w.", what, path, errors.Unwrap(err))
	}
	secret, err := backend.DecodeText(text)
	if err != nil {
		return "", exit.Usage("%s %s cannot be read: %w.", what, path, err)
	}
	secret = strings.TrimRight(secret, "\r\n")
	if strings.TrimSpace(secret) == "" {
		return "", exit.Usage("%s %s is empty.", what, path)
	}
	return secret, nil
}

// credentialsVariable names the folder in which systemd puts the credentials of a
// service (systemd.exec, LoadCredential).
const credentialsVariable = "CREDENTIALS_DIRECTORY"

// containerSecrets is where Docker and Kubernetes put secrets into a container.
const containerSecrets = "/run/secrets"

// isPrivate reports whether a file may hold a secret. It is the reader's own, and
// no one else may read it; or it belongs to root, and only its group may read it;
// or it is in a folder where a service manager puts secrets, and none but its
// owner may write it.
func isPrivate(path string, info fs.FileInfo) bool {
	mode := info.Mode().Perm()
	switch {
	case mode&0o077 == 0:
		return true
	case mode&0o037 == 0 && isOfRoot(info):
		return true
	}
	folders := []string{containerSecrets, os.Getenv(credentialsVariable)}
	return mode&0o022 == 0 && slices.ContainsFunc(folders, func(folder string) bool { return isBelow(folder, path) })
}

// isBelow reports whether a path leads below a folder; "" is no folder.
func isBelow(folder, path string) bool {
	if folder == "" {
		return false
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	below, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(below)
}

// secretPath is where the path of a secret in the configuration leads, as settingPath
// has it. A relative one leads to the credentials of the service, where there is such a
// file.
func secretPath(what, dir, path string) (string, error) {
	if folder := os.Getenv(credentialsVariable); folder != "" && !filepath.IsAbs(path) {
		if credential := filepath.Join(folder, path); exists(credential) {
			return credential, nil
		}
	}
	return settingPath(what, dir, path)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
