package cli

import (
	"errors"
	"os"
	"strings"
)

// readPrivateFile reads a secret from a file, without the line end behind it. It
// refuses a file that others can read, and one without text. what names the file
// at the start of the sentences of errors, such as "The token file".
func readPrivateFile(what, path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", usage("%s %s cannot be read: %w.", what, path, errors.Unwrap(err))
	}
	if info.IsDir() {
		return "", usage("%s %s is a folder; name a file in it.", what, path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", usage("%s %s can be read by others; run chmod 600 on it.", what, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", usage("%s %s cannot be read: %w.", what, path, errors.Unwrap(err))
	}
	secret := strings.TrimRight(string(text), "\r\n")
	if strings.TrimSpace(secret) == "" {
		return "", usage("%s %s is empty.", what, path)
	}
	return secret, nil
}
