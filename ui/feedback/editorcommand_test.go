package feedback

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// newScreen is the screen with a text that is being written.
func newScreen(text string) *screen {
	sh := shell.New(shell.Options{Look: theme.New(theme.Options{Name: "mono", Profile: termenv.Ascii}), Still: true})
	sh.Show(shell.Opened{View: backendtest.Stub{}})
	s := New(sh).(*screen)
	s.setWriting(true)
	s.area.SetValue(text)
	return s
}

// TestTheEditorIsWhatAShellReads: git-var(1), GIT_EDITOR, and crontab(1) have $VISUAL and
// $EDITOR interpreted by the shell.
func TestTheEditorIsWhatAShellReads(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no shell")
	}
	folder := filepath.Join(t.TempDir(), "a b")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nprintf '%s|' \"$@\" >\"" + filepath.Join(folder, "arguments") + "\"\n"
	for name, mode := range map[string]os.FileMode{"ed": 0o700, "it's": 0o700, "plain": 0o600} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(script), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("ED", filepath.Join(folder, "ed"))
	t.Setenv("VISUAL", "")
	for setting, want := range map[string]string{
		`"` + folder + `/ed"`:                         "FILE|",
		`'` + folder + `/ed' --wait`:                  "--wait|FILE|",
		strings.ReplaceAll(folder, " ", `\ `) + `/ed`: "FILE|",
		`"$ED" -c 'set tw=72' ""`:                     "-c|set tw=72||FILE|",
		`"` + folder + `/it's" -n`:                    "-n|FILE|",
		`A=1 "$ED" +1`:                                "+1|FILE|",
		"\t\"$ED\" \n":                                "FILE|",
		`"` + folder + `/none"`:                       "! was not found; set $EDITOR",
		`no-such-editor -x`:                           "! no-such-editor -x was not found",
		`"` + folder + `/plain"`:                      "! cannot be run; set $EDITOR",
		`"$ED`:                                        "! exit status",
		`false`:                                       "! exit status 1",
	} {
		t.Setenv("EDITOR", setting)
		_ = os.Remove(filepath.Join(folder, "arguments"))
		err := editorCommand(editorSetting(), "/tmp/the file").Run()
		if fault, isWrong := strings.CutPrefix(want, "! "); isWrong {
			if err == nil || !strings.Contains(editorFault(setting, err), fault) {
				t.Errorf("%s: %v, want %q", setting, err, fault)
			}
			continue
		}
		got, _ := os.ReadFile(filepath.Join(folder, "arguments"))
		if want = strings.Replace(want, "FILE", "/tmp/the file", 1); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v, want %q", setting, got, err, want)
		}
	}
	t.Setenv("VISUAL", "visual")
	if got := editorSetting(); got != "visual" {
		t.Errorf("with both set, the editor is %s", got)
	}
}

func TestWithoutASettingTheEditorIsAUsualOne(t *testing.T) {
	t.Setenv("VISUAL", "")
	t.Setenv("EDITOR", " ")
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	for _, name := range usualFromTheEnd() {
		if name != "" {
			if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if got := editorSetting(); got != name {
			t.Errorf("the editor is %q, want %q", got, name)
		}
	}
}

// TestWindowsCommandLinesAreSplitAtQuotes has settings as they are written there.
func TestWindowsCommandLinesAreSplitAtQuotes(t *testing.T) {
	isFile := func(path string) bool { return path == `C:\Program Files\Ed\ed.exe` }
	for line, want := range map[string][]string{
		`notepad`:                             {"notepad"},
		`"C:\Program Files\Ed\ed.exe" --wait`: {`C:\Program Files\Ed\ed.exe`, "--wait"},
		`C:\Program Files\Ed\ed.exe`:          {`C:\Program Files\Ed\ed.exe`},
		`'C:\a b\ed.exe'  -x	""`:              {`C:\a b\ed.exe`, "-x", ""},
		`C:\ed.exe --title="a b"`:             {`C:\ed.exe`, "--title=a b"},
		`"open`:                               {"open"},
		` `:                                   nil,
	} {
		if got := splitCommand(line, isFile); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// TestTheEditorLosesNothing: what it saved in another encoding stays in the file, and the
// text that was there in the area.
func TestTheEditorLosesNothing(t *testing.T) {
	for name, test := range map[string]struct {
		content string
		err     error
		text    string // in the area
		fault   string
		isKept  bool // the file
	}{
		"UTF-8":                       {"山田 太郎\n", nil, "山田 太郎", "", false},
		"a byte order mark":           {"\ufeffGrüße\r\nzwei\r\n", nil, "Grüße\nzwei", "", false},
		"emptied":                     {"", nil, "", "", false},
		"UTF-16":                      {"\xff\xfea\x00", nil, "before", "it is UTF-16 text; save it as UTF-8", true},
		"Latin-1":                     {"eins\nGr\xfc\xdfe\n", nil, "before", "line 2 has the byte 0xFC", true},
		"a crash, and the text there": {"saved", os.ErrDeadlineExceeded, "saved", "The editor ended with an error", false},
		"a crash, and nothing there":  {"", os.ErrDeadlineExceeded, "before", "The editor ended with an error", false},
		"a crash, in Latin-1":         {"\xe9", os.ErrDeadlineExceeded, "before", "Not taken over", true},
		"not installed":               {"before", exec.ErrNotFound, "before", "was not found", false},
	} {
		s, path := newScreen("before"), editedFile(t, test.content)
		s.Update(s.Update(editorClosedMsg{path: path, took: time.Minute, err: test.err})())
		_, err := os.Stat(path)
		if s.area.Value() != test.text || !strings.Contains(s.refusal, test.fault) || (s.refusal == "") != (test.fault == "") || (err == nil) != test.isKept {
			t.Errorf("%s: %q with %q, the file: %v", name, s.area.Value(), s.refusal, err)
		}
		if test.isKept && !strings.Contains(s.refusal, path) {
			t.Errorf("%s: %q does not name the file", name, s.refusal)
		}
	}
	s := newScreen("before")
	s.Update(s.Update(editorClosedMsg{path: filepath.Join(t.TempDir(), "none"), took: time.Minute})())
	if s.area.Value() != "before" || !strings.Contains(s.refusal, "cannot be read") {
		t.Errorf("without the file: %q, %q", s.area.Value(), s.refusal)
	}
}

// usualFromTheEnd is none, and then the usual editors, the first one last.
func usualFromTheEnd() []string {
	names := append(slices.Clone(usualEditors), "")
	slices.Reverse(names)
	return names
}
