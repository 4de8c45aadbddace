// Package draft keeps what somebody has typed and not yet sent, so that it is
// still there after a crash, a kill or a closed window.
//
// Each draft is one small file named after its key, replaced as a whole: a
// process that dies while saving leaves the older draft, never half a one. Two
// consoles can share a folder; the last one to save a key wins.
package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Lifetime is how long a draft is kept after it was last saved: long enough
// for a holiday, short enough that nobody is met by a text they forgot.
const Lifetime = 90 * 24 * time.Hour

// suffix and damaged end the names of drafts and of files that could not be read.
const (
	suffix  = ".json"
	damaged = ".damaged"
)

// Store is a folder of drafts. A nil *Store keeps nothing and never fails.
type Store struct {
	dir string
	now func() time.Time
}

// Group stands in a key between the group of a draft and its name in it.
const Group = "\x1f"

// Draft is what was in the fields of one form, by field name.
type Draft struct {
	SavedAt time.Time         `json:"saved_at"`
	Fields  map[string]string `json:"fields"`
}

// Open returns the store in a folder. It touches no disk: the folder is made
// by the first Save.
func Open(dir string) *Store { return &Store{dir: dir, now: time.Now} }

// Save keeps the fields under a key. No field, or only empty ones, is nothing
// to keep: it deletes.
func (s *Store) Save(key string, fields map[string]string) error {
	if s == nil {
		return nil
	}
	if isBlank(fields) {
		return s.Delete(key)
	}
	content, err := json.Marshal(Draft{SavedAt: s.now().UTC(), Fields: fields})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	return replace(s.path(key), content)
}

// Load returns the draft of a key. A draft past its Lifetime is none; a file
// that is not a draft is put aside under another name, so that it stands in
// nobody's way and can still be looked at.
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
		os.Rename(path, path+damaged)
		return Draft{}, false
	}
	if s.isOver(d.SavedAt) || len(d.Fields) == 0 {
		return Draft{}, false
	}
	return d, true
}

// Delete forgets a key; one that is not there is no error.
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

func (s *Store) isOver(saved time.Time) bool { return s.now().Sub(saved) > Lifetime }

// DeleteGroup forgets every key of a group, whoever saved it.
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

// path hides the key: it may hold an address, and file names are seen by
// backups and directory listings.
func (s *Store) path(key string) string {
	group, name, _ := strings.Cut(key, Group)
	return filepath.Join(s.dir, hashed(group)+"-"+hashed(name)+suffix)
}

// hashed is short enough for two in a file name, and long enough (128 bits)
// that no two words meet.
func hashed(word string) string {
	sum := sha256.Sum256([]byte(word))
	return hex.EncodeToString(sum[:16])
}

func isBlank(fields map[string]string) bool {
	for _, value := range fields {
		if value != "" {
			return false
		}
	}
	return true
}

// replace writes a file beside the old one and puts it in its place.
// os.CreateTemp gives it mode 0600.
func replace(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), unfinished)
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
