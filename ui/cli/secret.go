package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/account-settings/pinghome/backend"
)

// keyringLimit is how long the desktop's keyring may take: where none is set
// up, asking for it can hang.
const keyringLimit = 3 * time.Second

// findToken looks for the token of a server: in the file that was named, in
// PINGHOME_TOKEN, in the desktop's keyring (service "pinghome", user the
// server's URL), and in the file beside the configuration. Never in an
// argument, which every user of the machine could read. isFile tells that it
// came from a file, which may be replaced, and not from a pipe, which is read once.
func findToken(ctx context.Context, named, server string, p paths) (token backend.Secret, isFile bool, err error) {
	if named != "" {
		return tokenFile(named)
	}
	if text := os.Getenv("PINGHOME_TOKEN"); strings.TrimSpace(text) != "" {
		token, err = tokenIn("PINGHOME_TOKEN", text)
		return token, false, err
	}
	if text := fromKeyring(ctx, server); strings.TrimSpace(text) != "" {
		token, err = tokenIn("The keyring's entry for "+server, text)
		return token, false, err
	}
	token, isFile, err = tokenFile(p.token)
	if errors.Is(err, fs.ErrNotExist) {
		return "", true, usage("There is no token for %s; name a file with --token-file, set PINGHOME_TOKEN, or write it into %s.", server, p.token)
	}
	return token, isFile, err
}

// fromKeyring returns "" for any reason that there is none.
func fromKeyring(ctx context.Context, server string) string {
	ctx, cancel := context.WithTimeout(ctx, keyringLimit)
	defer cancel()
	found := make(chan string, 1)
	go func() {
		token, err := keyring.Get("pinghome", server)
		if err != nil {
			token = ""
		}
		found <- token
	}()
	select {
	case token := <-found:
		return token
	case <-ctx.Done():
		return ""
	}
}

// tokenFile reads a token from a file that only its owner can read.
func tokenFile(path string) (token backend.Secret, isFile bool, err error) {
	const what = "The token file"
	text, err := ownFile(what, path)
	if err != nil {
		return "", true, err
	}
	info, err := os.Stat(path)
	isFile = err != nil || info.Mode().IsRegular()
	token, err = tokenIn(what+" "+path, text)
	return token, isFile, err
}

// tokenIn takes a token out of what a place holds, which may have no more in it.
func tokenIn(place, text string) (backend.Secret, error) {
	text = strings.TrimSpace(text)
	switch {
	case strings.ContainsAny(text, "\r\n"):
		return "", usage("%s has several lines; leave nothing in it but the token.", place)
	case strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' }):
		return "", usage("%s holds no token: a token has letters, digits and signs, and no blanks.", place)
	}
	return backend.Secret(text), nil
}

// ownFile reads a secret from a file that only its owner can read, up to the
// end of its line. what names the file where a sentence begins.
func ownFile(what, path string) (string, error) {
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
