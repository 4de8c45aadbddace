// Package draft stores what was typed and not sent, so that it survives a crash, a
// kill or a closed terminal.
//
// Each draft is one small file, named after its key and replaced as a whole: a
// process that is killed while it saves leaves the older draft, never half a one.
// Two consoles can share a folder; the last one to save a key wins.
package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/account-settings/pinghome/ui/safe"
)

// Lifetime is how long a draft is kept after it was last saved: longer than a
// holiday, and short enough that its author still knows it.
const Lifetime = 90 * 24 * time.Hour

const (
	suffix  = ".json"    // ends the names of drafts
	damaged = ".damaged" // ends the names of files that could not be read, behind suffix
)

// Store is a folder of drafts. A nil *Store stores nothing and never fails.
type Store struct {
	dir string
	now func() time.Time
}

// Group separates, in a key, a group of drafts from the name of one in it. A key
// without it has no name, only a group.
const Group = "\x1f"

// Draft is what was in the fields of one form, by field name.
type Draft struct {
	SavedAt time.Time         `json:"saved_at"`
	Fields  map[string]string `json:"fields"`
}

// Open returns the store in a folder, which need not exist: the first Save makes
// it.
func Open(dir string) *Store { return &Store{dir: dir, now: time.Now} }

// Save stores the fields under a key. Without fields, or with only empty ones, it
// deletes the draft. A token that was pasted into a field is left out: no file is made
// that would open an account.
func (s *Store) Save(key string, fields map[string]string) error {
	if s == nil {
		return nil
	}
	if isBlank(fields) {
		return s.Delete(key)
	}
	content, err := json.Marshal(Draft{SavedAt: s.now().UTC(), Fields: withoutTokens(fields)})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	return replace(s.path(key), content)
}

// Load returns the draft of a key, and whether there is one. A draft older than
// Lifetime is none. A file that cannot be read as a draft is renamed, so that the
// key can be used again and the file can still be examined.
func (s *Store) Load(key string) (Draft, bool) {
	if s == nil {
		return Draft{}, false
	}
	path := s.path(key)
	content, err := os.ReadFile(path)
	if err != nil {
		return Draft{}, false
	}
	var d Draft
	if err := json.Unmarshal(content, &d); err != nil || d.SavedAt.IsZero() {
		_ = os.Rename(path, path+damaged) // or the next Save replaces it
		return Draft{}, false
	}
	if s.isExpired(d.SavedAt) || len(d.Fields) == 0 {
		return Draft{}, false
	}
	if kept := withoutTokens(d.Fields); !maps.Equal(kept, d.Fields) { // an older version wrote it
		d.Fields = kept
		_ = s.Save(key, kept) // or it goes with the next change, or after its lifetime
	}
	return d, true
}

// Delete deletes the draft of a key. It is no error if there is none.
func (s *Store) Delete(key string) error {
	if s == nil {
		return nil
	}
	err := os.Remove(s.path(key))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func (s *Store) isExpired(saved time.Time) bool { return s.now().Sub(saved) > Lifetime }

// DeleteGroup deletes all drafts of a group, also those that another console has
// saved.
func (s *Store) DeleteGroup(group string) error {
	if s == nil {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(s.dir, hashed(group)+"-*"))
	for _, file := range files {
		if gone := os.Remove(file); !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// path returns the file of a key. Its name hides the key, which may have an
// address in it: file names show in backups and listings.
func (s *Store) path(key string) string {
	group, name, _ := strings.Cut(key, Group)
	return filepath.Join(s.dir, hashed(group)+"-"+hashed(name)+suffix)
}

// hashed returns 128 bits of a hash as hexadecimal digits: too many for two keys
// to get the same, and short enough for two in a file name.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

func withoutTokens(fields map[string]string) map[string]string {
	kept := make(map[string]string, len(fields))
	for name, value := range fields {
		kept[name] = safe.WithoutTokens(value)
	}
	return kept
}

func isBlank(fields map[string]string) bool {
	for _, value := range fields {
		if value != "" {
			return false
		}
	}
	return true
}

// replace writes a new file in the same folder and renames it to path.
// os.CreateTemp gives it mode 0600.
func replace(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), savingPattern)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
