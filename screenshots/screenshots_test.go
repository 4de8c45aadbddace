package main

import (
	"bytes"
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
	for _, in := range shades {
		first, err := draw(scenes[0], in)
		if err != nil {
			t.Fatal(err)
		}
		if second, err := draw(scenes[0], in); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: %d bytes, then %d: %v", in.name, len(first), len(second), err)
		}
	}
}

func TestThePicturesAreCurrent(t *testing.T) {
	if err := run(".", true); err != nil {
		t.Error(err)
	}
}

// TestStalePicturesAreNamed, all of them, one in a line.
func TestStalePicturesAreNamed(t *testing.T) {
	dir, now := t.TempDir(), []drawing{{"changed.svg", []byte("new")}, {"missing.svg", []byte("new")}, {"same.svg", []byte("new")}}
	for name, content := range map[string]string{"changed.svg": "old", "same.svg": "new", "left.svg": "old"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := compare(dir, now)
	if err == nil {
		t.Fatal("nothing is stale")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], "changed.svg is stale") ||
		!strings.Contains(lines[1], "missing.svg is missing") || !strings.Contains(lines[2], "left.svg shows no scene") {
		t.Errorf("%q", lines)
	}
	if err := write(dir, now); err != nil {
		t.Fatal(err)
	}
	if err := compare(dir, now); err != nil {
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
		_, err = render(scene{w: 20, h: 1}, cells, shades[0])
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
