package local

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// KeySize is the length of a key for codes in bytes: that of the output of SHA-256
// (RFC 2104, section 3).
const KeySize = 32

// ParseKey reads a key of KeySize bytes in hexadecimal, with or without white space
// around it and a byte order mark before it. Errors: unavailable.
func ParseKey(text string) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(strings.TrimPrefix(text, backend.ByteOrderMark)))
	if err != nil || len(key) != KeySize {
		return nil, backend.Errorf(backend.CodeUnavailable, "A key for codes has %d hexadecimal digits.", 2*KeySize)
	}
	return key, nil
}

// LoadKey returns the key in the file at path, and creates the file with a new key
// when there is none. It is for a place where there is no database yet: a database
// has a key of its own (see CheckKey). Errors: unavailable.
func LoadKey(path string) ([]byte, error) {
	key, err := ReadKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if key, err = MakeKey(path); errors.Is(err, fs.ErrExist) {
		return ReadKey(path) // another process has made it in the meantime
	}
	return key, err
}

// NewKey returns a new random key.
func NewKey() ([]byte, error) {
	key := make([]byte, KeySize)
	_, err := rand.Read(key)
	return key, err
}

// MakeKey creates the file at path with a new key, and returns that. It never
// replaces a file: of two processes the second one is refused.
// Errors: unavailable, around fs.ErrExist when there is a file already.
func MakeKey(path string) ([]byte, error) {
	key, err := NewKey()
	if err != nil {
		return nil, err
	}
	if err := WriteKey(path, key); err != nil {
		return nil, err
	}
	return key, nil
}

// WriteKey creates the file at path with a key. It never replaces a file.
// Errors: unavailable, around fs.ErrExist when there is a file already.
func WriteKey(path string, key []byte) error {
	err := writeKey(path, key)
	switch {
	case errors.Is(err, fs.ErrExist):
		return &backend.Error{Code: backend.CodeUnavailable,
			Message: "There is a key for codes in " + path + " already, which was left as it is; use that one, or name another file.", Err: err}
	case err != nil:
		return &backend.Error{Code: backend.CodeUnavailable,
			Message: "The key for codes cannot be written to " + path + "; check that you may write to its folder.", Err: err}
	}
	return nil
}

// ReadKey returns the key in the file at path.
// Errors: fs.ErrNotExist when there is no file, unavailable.
func ReadKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	// Windows has no such bits; the permissions of the user's folder protect the file.
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, backend.Errorf(backend.CodeUnavailable, "Others can read the key for codes in %s. Allow it to yourself alone (chmod 600).", path)
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, &backend.Error{Code: backend.CodeUnavailable,
			Message: "The key for codes in " + path + " cannot be read; check its permissions.", Err: err}
	}
	clean, err := backend.DecodeText(text)
	if err != nil {
		return nil, backend.Errorf(backend.CodeUnavailable, "The key for codes in %s cannot be read: %v.", path, err)
	}
	key, err := ParseKey(clean)
	if err != nil {
		return nil, backend.Errorf(backend.CodeUnavailable,
			"%s is not a whole key for codes. Copy it from a backup to its place.", path)
	}
	return key, nil
}

// writeKey writes a key into a temporary file and links that to path: the file appears
// with the whole key, and a link never replaces a file.
func writeKey(path string, key []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
