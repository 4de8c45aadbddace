package draft

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAnotherProcessFindsTheDraft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "drafts")
	key := "demo/42/feedback"
	if err := Open(dir).Save(key, map[string]string{"text": "half a thought\nand a half"}); err != nil {
		t.Fatal(err)
	}
	d, found := Open(dir).Load(key)
	if !found || d.Fields["text"] != "half a thought\nand a half" || time.Since(d.SavedAt) > time.Minute {
		t.Fatalf("loaded %+v, %v", d, found)
	}
	if _, found := Open(dir).Load("demo/42/name"); found {
		t.Error("another key has the draft too")
	}
}

func TestOnlyTheOwnerCanRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "drafts")
	if err := Open(dir).Save("k", map[string]string{"a": "b"}); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o700)
	wantMode(t, onlyFile(t, dir), 0o600)
}

func TestAnEmptiedFormLeavesNoDraft(t *testing.T) {
	s := Open(t.TempDir())
	for _, fields := range []map[string]string{nil, {}, {"name": "", "surname": ""}} {
		if err := s.Save("k", map[string]string{"name": "Ada"}); err != nil {
			t.Fatal(err)
		}
		if err := s.Save("k", fields); err != nil {
			t.Fatal(err)
		}
		if _, found := s.Load("k"); found {
			t.Errorf("%v left a draft", fields)
		}
	}
}

func TestDeletingADraftThatDoesNotExist(t *testing.T) {
	if err := Open(filepath.Join(t.TempDir(), "never made")).Delete("k"); err != nil {
		t.Error(err)
	}
}

func TestADamagedDraftIsRenamed(t *testing.T) {
	for _, content := range []string{"", "{", "null", `{"saved_at":"x"}`, "\x00\xff"} {
		s := Open(t.TempDir())
		if err := os.WriteFile(s.path("k"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, found := s.Load("k"); found {
			t.Errorf("%q is a draft", content)
		}
		if name := onlyFile(t, s.dir); name != s.path("k")+damaged {
			t.Errorf("%q is at %s", content, name)
		}
		if err := s.Save("k", map[string]string{"a": "b"}); err != nil {
			t.Errorf("after %q: %v", content, err)
		}
	}
}

func TestADraftExpiresAfterItsLifetime(t *testing.T) {
	s := Open(t.TempDir())
	if err := s.Save("k", map[string]string{"a": "b"}); err != nil {
		t.Fatal(err)
	}
	s.now = later(Lifetime - time.Hour)
	if _, found := s.Load("k"); !found {
		t.Error("expired too early")
	}
	s.now = later(Lifetime + time.Hour)
	if _, found := s.Load("k"); found {
		t.Error("found after its lifetime")
	}
}

func TestSweepRemovesOnlyWhatHasExpired(t *testing.T) {
	s := Open(t.TempDir())
	if err := s.Save("k", map[string]string{"a": "b"}); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(s.dir, "notes.txt")
	unfinished := filepath.Join(s.dir, "saving-123")
	for _, path := range []string{foreign, unfinished} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.Sweep()
	wantFiles(t, s.dir, 3)
	s.now = later(savingLimit + time.Minute)
	s.Sweep()
	wantFiles(t, s.dir, 2)
	s.now = later(Lifetime + time.Hour)
	s.Sweep()
	if left := onlyFile(t, s.dir); left != foreign {
		t.Errorf("left %s", left)
	}
}

func TestAFailedSaveKeepsTheOldDraft(t *testing.T) {
	s := Open(t.TempDir())
	if err := s.Save("k", map[string]string{"a": "old"}); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(s.path("other"), "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.Save("other", map[string]string{"a": "new"}); err == nil {
		t.Error("saved over a folder")
	}
	if d, _ := s.Load("k"); d.Fields["a"] != "old" {
		t.Errorf("loaded %+v", d)
	}
	wantFiles(t, s.dir, 2)
}

func TestTwoConsolesSaveAtOnce(t *testing.T) {
	dir := t.TempDir()
	var both sync.WaitGroup
	for _, word := range []string{"one", "two"} {
		both.Go(func() {
			for range 100 {
				if err := Open(dir).Save("k", map[string]string{"word": word}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	if d, found := Open(dir).Load("k"); !found || d.Fields["word"] != "one" && d.Fields["word"] != "two" {
		t.Errorf("loaded %+v, %v", d, found)
	}
	wantFiles(t, dir, 1)
}

func TestANilStoreStoresNothing(t *testing.T) {
	var s *Store
	if err := s.Save("k", map[string]string{"a": "b"}); err != nil {
		t.Error(err)
	}
	if _, found := s.Load("k"); found {
		t.Error("a nil store has a draft")
	}
	if err := s.Delete("k"); err != nil {
		t.Error(err)
	}
	s.Sweep()
}

func later(d time.Duration) func() time.Time {
	at := time.Now().Add(d)
	return func() time.Time { return at }
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", path, got, want)
	}
}

func wantFiles(t *testing.T, dir string, want int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != want {
		t.Errorf("%d files, want %d: %v %v", len(entries), want, entries, err)
	}
}

func onlyFile(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("want one file: %v %v", entries, err)
	}
	return filepath.Join(dir, entries[0].Name())
}

// TestADraftThatHasATokenLosesIt, also one that an older version wrote.
func TestADraftThatHasATokenLosesIt(t *testing.T) {
	s := Open(t.TempDir())
	const token = "ph_abcdefghijklmnop_qrstuvwxyz234567"
	content := `{"saved_at":"` + time.Now().Format(time.RFC3339) + `","fields":{"name":"a ` + token + `"}}`
	if err := os.WriteFile(s.path("k"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := s.Load("k")
	left, err := os.ReadFile(s.path("k"))
	if err != nil || d.Fields["name"] != "a ph_…" || strings.Contains(string(left), token) {
		t.Errorf("%q, %s, %v", d.Fields, left, err)
	}
}
