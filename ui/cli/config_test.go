package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheConfigurationIsReadStrictly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	for text, fault := range map[string]string{
		"[context.work]\nserver = \"https://a.example\"\ntoken_file = \"t\"\n":                "",
		"[context.work]\nserver = \"https://a.example\"\ntokne_file = \"t\"\n":                "row 3, column 1: there is no setting \"context.work.tokne_file\"",
		"[context.work]\nserver = 5\n":                                                        "row 2, column 10: context.work.server takes text in quotes",
		"[context.work]\nserver = \"https://a.example\"\nquery_url = \"https://b.example\"\n": "either server, or query_url",
		"[context.work]\nserver = \"https://a.example\"\nlayout = \"v9\"\n":                   "config.toml: in the context \"work\": There is no layout \"v9\"",
		"[context.work]\nserver = \"127.0.0.1:18700\"\n":                                      "config.toml: in the context \"work\": The server's address is not",
		"[context.work\n":  "row 1",
		"[context.work]\n": "needs a server",
		"[context.play]\nserver = \"https://a.example\"\n": "there are: play",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := readConfig(path, true)
		var s server
		if err == nil {
			s, err = c.context("work", path)
		}
		switch {
		case fault == "" && (err != nil || s.TokenFile != filepath.Join(filepath.Dir(path), "t")):
			t.Errorf("%q: %+v, %v", text, s, err)
		case fault != "" && (err == nil || !strings.Contains(err.Error(), fault)):
			t.Errorf("%q: %v, want %q", text, err, fault)
		}
	}
	if _, err := readConfig(filepath.Join(t.TempDir(), "none.toml"), false); err != nil {
		t.Errorf("a configuration need not be there: %v", err)
	}
}

func TestMouseOfTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	for text, want := range map[string]bool{"": false, "[console]\nmouse = true\n": true, "[console]\nmouse = false\n": false} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, isDemo := range []bool{false, true} {
			if got, err := (&options{isDemo: isDemo}).settings(paths{config: path}); got.Console.Mouse != want || err != nil {
				t.Errorf("%q: %v, %v", text, got, err)
			}
		}
	}
	if got, err := (&options{}).settings(paths{config: filepath.Join(t.TempDir(), "none.toml")}); got.Console.Mouse || err != nil {
		t.Errorf("it is on without a configuration: %v", err)
	}
}

// TestAWrongConfigurationIsRefused, but for a demo, which needs none: it has what a console
// has without one.
func TestAWrongConfigurationIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	for text, want := range map[string]string{
		"[console]\nmuose = true\n":      `there is no setting "console.muose". Did you mean "mouse"?`,
		"[console]\nmouse = \"yes\"\n":   "console.mouse takes true or false, without quotes",
		"[console\n":                     "row 1",
		"[console]\ntitle = \"email\"\n": `write "account", or leave it out`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (&options{}).settings(paths{config: path}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
		if got, err := (&options{isDemo: true}).settings(paths{config: path}); got.Console.Mouse || err != nil {
			t.Errorf("a demo with %q: %v, %v", text, got.Console, err)
		}
	}
}

func TestTitleOfTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	for text, isRight := range map[string]bool{"[console]\ntitle = \"account\"\n": true, "[console]\n": true, "[console]\ntitle = \"email\"\n": false} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (&options{}).settings(paths{config: path}); (err == nil) != isRight {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestChangesPerDayOfTheConfiguration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	for text, want := range map[string]int{"": 0, "[serve]\n": 0, "[serve]\nchanges_per_day = 7\n": 7, "[serve]\nchanges_per_day = 0\n": -1} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := readConfig(path, true)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := c.Serve.changesPerDay(path); n != want || err != nil {
			t.Errorf("%q: %d, %v, want %d", text, n, err, want)
		}
	}
	for _, n := range []int{-1, maxChangesPerDay + 1} {
		if _, err := (serveSection{ChangesPerDay: &n}).changesPerDay(path); err == nil || !strings.Contains(err.Error(), "serve.changes_per_day is") {
			t.Errorf("%d: %v", n, err)
		}
	}
}
