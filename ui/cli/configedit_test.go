package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui"
)

var darkTheme = ui.Setting{Name: "theme", Value: `"dark"`}

// TestSettingsAreKeptInTheConfiguration: each in place of its value, or in the section, and all
// else stays as it was written.
func TestSettingsAreKeptInTheConfiguration(t *testing.T) {
	for before, want := range map[string]string{
		"":                        "[console]\ntheme = \"dark\"\n",
		"[console]":               "[console]\ntheme = \"dark\"\n",
		"[console] # mine\n":      "[console] # mine\ntheme = \"dark\"\n",
		"[console]\nstill = true": "[console]\ntheme = \"dark\"\nstill = true",
		"# all of it\n[serve]\nlog_level = \"warn\"\n\n\n":                   "# all of it\n[serve]\nlog_level = \"warn\"\n\n[console]\ntheme = \"dark\"\n",
		"[console]\n# which\ntheme   =   'mono'  # or light\nstill = true\n": "[console]\n# which\ntheme   =   \"dark\"  # or light\nstill = true\n",
		"[console]\ntheme = \"\"\"\nmono\"\"\"\n":                            "[console]\ntheme = \"dark\"\n",
		"[console]\ntheme = true\n":                                          "[console]\ntheme = \"dark\"\n",
		"console.theme = \"mono\"\n":                                         "console.theme = \"dark\"\n",
		"[\"console\"]\n\"theme\"=\"mono\"":                                  "[\"console\"]\n\"theme\"=\"dark\"",
		"[console.colors]\nok = \"red\"\n":                                   "[console.colors]\nok = \"red\"\n\n[console]\ntheme = \"dark\"\n",
		"[console]\r\nmouse = true\r\n":                                      "[console]\r\ntheme = \"dark\"\nmouse = true\r\n",
		"\xef\xbb\xbf[console]\n":                                            "\xef\xbb\xbf[console]\ntheme = \"dark\"\n",
		"[console]\nmuose = true\n":                                          "[console]\ntheme = \"dark\"\nmuose = true\n",
		"[other]\ntheme = \"mono\" # [console]\n":                            "[other]\ntheme = \"mono\" # [console]\n\n[console]\ntheme = \"dark\"\n",
	} {
		path := filepath.Join(t.TempDir(), "folder", "config.toml")
		if before != "" {
			_ = os.Mkdir(filepath.Dir(path), 0o700)
			if err := os.WriteFile(path, []byte(before), 0o640); err != nil {
				t.Fatal(err)
			}
		}
		said, err := keepSettings(path, []ui.Setting{darkTheme})
		text, _ := os.ReadFile(path)
		if err != nil || string(text) != want || said != "Kept in "+path+"." {
			t.Errorf("%q became %q, want %q: %q, %v", before, text, want, said, err)
		}
		if info, err := os.Stat(path); err != nil || before != "" && info.Mode().Perm() != 0o640 || before == "" && info.Mode().Perm() != 0o600 {
			t.Errorf("%q has the mode %v, %v", before, info.Mode(), err)
		}
		if others, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(others) > 0 {
			t.Errorf("%v are left", others)
		}
	}
}

// TestAConfigurationThatCannotBeAddedToStaysAsItIs, and what is to be written is said.
func TestAConfigurationThatCannotBeAddedToStaysAsItIs(t *testing.T) {
	for _, before := range []string{
		"[console\n", "console = { still = true }\n", "console.still = true\n", "console = 5\n", "[[console]]\n", "[console]\ntheme = [\"mono\"]\n", "[console]\ntheme = \"m\xff\"\n",
	} {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := keepSettings(path, []ui.Setting{darkTheme})
		if text, _ := os.ReadFile(path); err == nil || string(text) != before {
			t.Errorf("%q became %q, %v", before, text, err)
		}
	}
	if _, err := keepSettings(t.TempDir(), []ui.Setting{darkTheme}); err == nil {
		t.Error("a folder was written to")
	}
}

// TestSeveralSettingsAreKeptAtOnce, and a variable that goes before one is named.
func TestSeveralSettingsAreKeptAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	t.Setenv("PINGHOME_STILL", "true")
	said, err := keepSettings(path, []ui.Setting{darkTheme, {Name: "still", Value: "false"}, {Name: "times", Value: `"utc"`}})
	if err != nil || !strings.HasSuffix(said, "$PINGHOME_STILL goes before it.") {
		t.Errorf("%q, %v", said, err)
	}
	if _, err := keepSettings(path, []ui.Setting{{Name: "still", Value: "true"}, {Name: "theme", Value: `"auto"`}}); err != nil {
		t.Error(err)
	}
	text, _ := os.ReadFile(path)
	c := newConfiguration(path)
	if c.readText(text); len(c.faults) > 0 || c.Console.Theme != "auto" || !c.Console.Still || c.Console.Times != "utc" || strings.Count(string(text), "\n") != 4 {
		t.Errorf("it is %s", text)
	}
}
