package activity_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestWhoChangedWhatAndWhenIsShown(t *testing.T) {
	v := uitest.Open(t, "2", "s", "4")
	v.See(`\[4 Activity\]`, `─ all 16 ─`, `▌ 12:00:00 +console +switched off +channel 1 is off`, `11:58:00 +demo +added +channel 3 hooks\.example\.com/••••`,
		`2026-11-22 +demo +value changed +channel 5 → ac••@ping-home\.org`)
	v.Press("j", "j", "j", "j", "enter")
	v.See(`─ Value changed ─`, `When +2026-11-22 10:00:00 · 1d ago`, `Channel 5 \(email\), value`, `before +bi••@ping-home\.org`, `after +ac••@ping-home\.org`)
	v.Press("m")
	v.See(`before +billing@ping-home\.org`)
	v.Resize(40, 15)
	v.See(`billing@ping-home\.org`)
	v.Fits()
}

func TestAChosenChangeIsTakenBack(t *testing.T) {
	v := uitest.Open(t, "4")
	v.Press("j", "j", "j", "j", "j") // channel 4 was switched off 30 days ago
	v.See(`▌ 2026-10-24 +demo +switched off`)
	v.Press("u")
	v.See(`Undo this change\?`, `demo, 2026-10-24`, `channel 4 is off`, `\[ Keep \]`)
	v.Press("y")
	v.See(`✓ Undone: channel 4 is on · Z makes it again`, `12:00:00 +console +undone +channel 4 is on`, `2026-10-24 +demo +switched off +taken back: channel 4 is off`)
	if !v.Channel(4).Enabled {
		t.Fatal("channel 4 is off")
	}
	v.Press("u")
	v.See(`! This was taken back already`)
	v.Press("g", "u", "y") // the undo itself
	v.See(`✓ Undone: channel 4 is off`)
	v.Press("G", "u")
	v.See(`! This has no way back`)
}

func TestWhatWasChangedAgainIsShownBesideWhatItIs(t *testing.T) {
	v := uitest.Open(t, "2", "e", "tab", "ctrl+u")
	v.Type("pager")
	v.Press("enter")
	label := "mine"
	if _, err := v.Backend().UpdateChannel(t.Context(), 1, v.Channel(1).Value, &label); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.Press("4", "j", "u", "y")
	v.See(`─ Changed again since ─`, `Channel 1 \(email\), label`, `it was +pager`, `it is +mine`)
	v.Press("esc")
	if v.Channel(1).Label != "mine" {
		t.Fatalf("%+v", v.Channel(1))
	}
}

func TestAllTheJournalIsFilteredAndFound(t *testing.T) {
	v := uitest.Open(t)
	b := v.Backend()
	for i := range 300 { // more than one page
		name := strings.Repeat("x", i%50+1)
		if _, err := b.UpdateName(t.Context(), backend.NameChange{Name: &name}); err != nil {
			t.Fatal(err)
		}
	}
	v.Press("4")
	v.See(`─ the newest 100 ─`, `1/100\+`)
	v.Press("G")
	v.See(`100/200\+`)
	v.Press("G", "G", "G", "G")
	v.See(`315/315`, `▌ 2025-10-19 +demo +account created`)
	v.Restart()
	v.Press("4", "/")
	v.Type("billing")
	v.See(`▌ 2026-11-22 +demo +value changed`, `/billing`)
	v.Press("enter", "esc", "f", "j", " ", "enter")
	v.See(`only name`, `100 of 100`, `1/100\+`)
	v.Press("f", "j", " ", "k", " ", "enter")
	v.Press("/")
	v.Type("no such")
	v.See(`No entry has 'no such'`, `F  shows all of them`)
	v.Press("enter", "F")
	v.See(`─ the newest 100 ─`)
}

func TestTheAccountIsShownAsItWas(t *testing.T) {
	v := uitest.Open(t, "4", "j", "j", "j", "t")
	v.See(`─ As it was at 2026-11-22 09:59:59 ─`, `! The past, 1d ago: nothing here can be changed\.`, `Name +John`, `4 channels`, `5  @ home +bi••@ping-home\.org +on`)
	v.Miss(`hooks\.example`)
	v.Press("esc", "G", "t")
	v.See(`✗ .*The account was created later`)
}

func TestTheJournalIsWrittenToAFile(t *testing.T) {
	v := uitest.Open(t, "2", "s", "4")
	dir := t.TempDir()
	export := func(name string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		v.Press("E")
		v.See(`─ Export the activity ─`)
		v.Press("ctrl+u")
		v.Paste(path)
		v.Press("ctrl+s")
		return path
	}
	path := export("a.jsonl")
	v.See(`✓ 16 entries written to`)
	text, err := os.ReadFile(path)
	if lines := strings.Split(string(text), "\n"); err != nil || len(lines) != 17 || !strings.Contains(lines[0], `"after":{"channels":[{"priority":1,"type":"email","value":"john.smith@ping-home.org"`) {
		t.Fatalf("%s, %v", text, err)
	}
	export("a.jsonl")
	v.See(`There is a file with this name already`)
	v.Press("esc")
	file, err := os.Open(export("b.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != 17 || rows[1][6] != "channel 1 (email) enabled: true -> false" {
		t.Fatalf("%q, %v", rows, err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("a spreadsheet takes %q for a formula", cell)
			}
		}
	}
	export("c.txt")
	v.See(`End the name in \.jsonl or \.csv`)
}
