package cli

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// pseudonymKey returns the key of the stand-ins in exports, from a file of the state folder that is for its
// owner alone. The first call makes it.
func pseudonymKey() ([]byte, error) {
	where, err := findPaths("")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(where.state, "pseudonyms.key")
	if !exists(path) {
		if err := makePseudonymKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, exit.Failed("The key of the stand-ins cannot be kept: %w.", err)
		}
	}
	text, err := readPrivateFile("The key of the stand-ins", path)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != local.KeySize {
		return nil, exit.Failed("%s has no key of %d hexadecimal digits. Remove it, and other stand-ins are made.", path, 2*local.KeySize)
	}
	return key, nil
}

// makePseudonymKey makes the file, which appears with the whole key. Error: fs.ErrExist where another process was first.
func makePseudonymKey(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	_, err := local.MakeKey(path)
	return errors.Unwrap(err) // what it says itself is about codes
}
