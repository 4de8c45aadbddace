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
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// keyringLimit is how long the desktop's keyring may take to answer. Where none
// is set up, the call can hang.
const keyringLimit = 3 * time.Second

// findToken finds the token of a server: in the file called named, in
// PINGHOME_TOKEN, in the desktop's keyring (service "pinghome", user the
// server's URL), or in the file beside the configuration, in this order. It is
// never an argument, which every user of the machine could read. isFile is true
// for a token from a regular file, which may be replaced; a pipe is read once.
func findToken(ctx context.Context, named, server string, p paths) (token backend.Credential, isFile bool, err error) {
	if named != "" {
		return tokenFile(named)
	}
	if text := os.Getenv("PINGHOME_TOKEN"); strings.TrimSpace(text) != "" {
		token, err = parseToken("PINGHOME_TOKEN", text)
		return token, false, err
	}
	if text := fromKeyring(ctx, server); strings.TrimSpace(text) != "" {
		token, err = parseToken("The keyring's entry for "+server, text)
		return token, false, err
	}
	token, isFile, err = tokenFile(p.token)
	if errors.Is(err, fs.ErrNotExist) {
		return "", true, exit.Usage("There is no token for %s; name a file with --token-file, set PINGHOME_TOKEN, or write it into %s.", server, p.token)
	}
	return token, isFile, err
}

// fromKeyring returns the keyring's entry for a server, "" when there is none or
// no keyring answers.
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

// tokenFile reads a token from a file that only its owner can read; see findToken.
func tokenFile(path string) (token backend.Credential, isFile bool, err error) {
	const what = "The token file"
	text, err := readPrivateFile(what, path)
	if err != nil {
		return "", true, err
	}
	info, err := os.Stat(path)
	isFile = err != nil || info.Mode().IsRegular()
	token, err = parseToken(what+" "+path, text)
	return token, isFile, err
}

// parseToken returns the token in a text that must hold nothing else. from names
// where the text comes from, at the start of the sentences of errors.
func parseToken(from, text string) (backend.Credential, error) {
	text = strings.TrimSpace(strings.TrimPrefix(text, backend.ByteOrderMark))
	switch {
	case strings.ContainsAny(text, "\r\n"):
		return "", exit.Usage("%s has several lines; leave nothing in it but the token.", from)
	case strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' }):
		return "", exit.Usage("%s holds no token: a token has letters, digits and signs, and no blanks.", from)
	}
	return backend.Credential(text), nil
}
