package cli

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// pseudonymKeySize is the size of the key of stand-ins, in bytes.
const pseudonymKeySize = 32

// pseudonymKey returns the key of the stand-ins in exports, from a file of the state folder that is for its
// owner alone. The first call makes it.
func pseudonymKey() ([]byte, error) {
	where, err := findPaths("")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(where.state, "pseudonyms.key")
	if !exists(path) {
		if err := makePseudonymKey(path); err != nil && !os.IsExist(err) {
			return nil, exit.Failed("The key of the stand-ins cannot be kept: %w.", err)
		}
	}
	text, err := readPrivateFile("The key of the stand-ins", path)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != pseudonymKeySize {
		return nil, exit.Failed("%s has no key of %d hexadecimal digits. Remove it, and other stand-ins are made.", path, 2*pseudonymKeySize)
	}
	return key, nil
}

func makePseudonymKey(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	key := make([]byte, pseudonymKeySize)
	_, _ = rand.Read(key) // it never fails
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(hex.EncodeToString(key) + "\n")
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}
