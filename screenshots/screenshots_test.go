package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

func TestASceneGivesTheSameBytesEachTime(t *testing.T) {
	skipShort(t)
	first, second := drawn(t), drawn(t)
	for name, content := range first {
		if !bytes.Equal(content, second[name]) {
			t.Errorf("%s: %d bytes, then %d", name, len(content), len(second[name]))
		}
	}
	if len(first) != 4*len(sizes) || len(second) != len(first) {
		t.Errorf("%d pictures, then %d", len(first), len(second))
	}
}

// drawn returns the files of the first scene by their names.
func drawn(t *testing.T) map[string][]byte {
	t.Helper()
	all, err := drawAll(scenes[:1])
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, d := range all {
		if files[d.name], err = d.encode(); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// skipShort skips a test in a short run, such as the one with the race detector.
func skipShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("SKIPPED in a short run: drawing pictures with the race detector takes minutes")
	}
}

func TestThePicturesAreCurrent(t *testing.T) {
	skipShort(t)
	if err := run(".", true, nil); err != nil {
		t.Error(err)
	}
}

func TestPicturesAreSmall(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var all int64
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		limit := int64(100_000)
		if filepath.Ext(f.Name()) == ".gif" {
			limit = 1_500_000
		}
		if all += info.Size(); info.Size() > limit {
			t.Errorf("%s has %d bytes", f.Name(), info.Size())
		}
	}
	if all > 6_000_000 {
		t.Errorf("all have %d bytes", all)
	}
}

// TestStalePicturesAreNamed, all of them, one in a line.
func TestStalePicturesAreNamed(t *testing.T) {
	dir := t.TempDir()
	now := []drawing{vector("changed.svg", []byte("new")), vector("missing.svg", []byte("new")), vector("same.svg", []byte("new"))}
	for name, content := range map[string]string{"changed.svg": "old", "same.svg": "new", "left.svg": "old", "left.png": "old"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	look := func() error { return errors.Join(compare(dir, now), findOthers(dir, now)) }
	err := look()
	if err == nil {
		t.Fatal("nothing is stale")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 4 || !strings.Contains(lines[0], "changed.svg is stale") || !strings.Contains(lines[1], "missing.svg is missing") ||
		!strings.Contains(lines[2], "left.svg shows no scene") || !strings.Contains(lines[3], "left.png shows no scene") {
		t.Errorf("%q", lines)
	}
	if err := errors.Join(write(dir, now), removeOthers(dir, now)); err != nil {
		t.Fatal(err)
	}
	if err := look(); err != nil {
		t.Error(err)
	}
}

func TestOneSceneIsDrawnByItsName(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "profile-80x24-dark.svg")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, false, []string{"compact"}); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, true, []string{"compact"}); err != nil {
		t.Error(err)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "compact-40x15-*"))
	if _, err := os.Stat(other); err != nil || len(found) != 4 {
		t.Errorf("%q, and the other picture: %v", found, err)
	}
	if err := run(dir, false, []string{"compakt"}); err == nil || err.Error() != `there is no picture "compakt"` {
		t.Error(err)
	}
}

// TestWhatAPictureCannotShowIsRefused: a picture that differs from the console
// would be worse than none.
func TestWhatAPictureCannotShowIsRefused(t *testing.T) {
	for _, view := range []string{"漢", "e\u0301", "\x1b[3mitalic\x1b[m", "\x1b[4munderlined\x1b[m"} {
		if cells, err := readCells(view, 20, 1, shades[0]); err == nil {
			t.Errorf("%q was read as %v", view, cells[0])
		}
	}
	cells, err := readCells("\u13a0", 20, 1, shades[0])
	if err == nil {
		_, err = render("", cells, shades[0])
	}
	if err == nil || !strings.Contains(err.Error(), "lacks") {
		t.Errorf("a character without an outline: %v", err)
	}
}

func TestReversedCellsSwapTheirColours(t *testing.T) {
	cells, err := readCells("\x1b[7ma\x1b[m\x1b[1;38;2;1;2;3mb\x1b[m", 2, 1, shades[0])
	if err != nil {
		t.Fatal(err)
	}
	dark := shades[0]
	if got := cells[0][0]; got != (cell{'a', dark.paper, dark.ink, false}) {
		t.Errorf("reversed: %+v", got)
	}
	if got := cells[0][1]; got != (cell{'b', "#010203", "", true}) {
		t.Errorf("bold: %+v", got)
	}
}

func TestLinesAndBarsAreOneArea(t *testing.T) {
	cells, err := readCells("──│\n██│\n██ ", 3, 3, shades[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := areas(cells); len(got) != 3 {
		t.Errorf("%d areas: %v", len(got), got)
	}
}
