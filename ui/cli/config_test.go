package cli

import (
	"os"
	"path/filepath"
	"slices"
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
		"[context.work]\nserver = \"https://a.example\"\nlayout = \"v9\"\n":                   "config.toml: row 1, column 10: in the context \"work\": There is no layout \"v9\"",
		"[context.work]\nserver = \"127.0.0.1:18700\"\n":                                      "config.toml: row 1, column 10: in the context \"work\": The server's address is not",
		"[context.work]\nserver = \"https://a.example\"\ndb = \"a.db\"\n":                     "either a server or db",
		"[context.work]\ntoken_file = \"t\"\ndb = \"a.db\"\n":                                 "either a server or db",
		"[context.work]\ndb = \"postgres://u@h:port/a\"\n":                                    "config.toml: row 2, column 1: db: This is no address of a PostgreSQL database.",
		"[context.work]\ndb = \"mysql://u@h/a\"\n":                                            "db names neither a file nor a PostgreSQL database.",
		"[context.work]\ndb = \"~emil/a.db\"\n":                                               "db is ~emil/a.db: only ~/ is known",
		"[context.work\n":                                                                     "row 1",
		"[context.work]\n":                                                                    "needs a server",
		"[context.play]\nserver = \"https://a.example\"\n":                                    "there are: play",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := readConfig(path, true)
		var s server
		if err == nil {
			s, err = c.context("work")
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

// consoleOf is what a configuration says to a console with these flags.
func consoleOf(t *testing.T, o *options, text string) configuration {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := o.configuration(paths{config: path})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMouseOfTheConfiguration(t *testing.T) {
	for text, want := range map[string]bool{"": false, "[console]\nmouse = true\n": true, "[console]\nmouse = false\n": false} {
		for _, isDemo := range []bool{false, true} {
			if got := consoleOf(t, &options{sourceFlags: sourceFlags{isDemo: isDemo}}, text); got.Console.Mouse != want || len(got.faults) > 0 {
				t.Errorf("%q: %v, %v", text, got.Console, got.faults)
			}
		}
	}
	if got, err := (&options{}).configuration(paths{config: filepath.Join(t.TempDir(), "none.toml")}); got.Console.Mouse || err != nil {
		t.Errorf("it is on without a configuration: %v", err)
	}
}

// faultyText is a configuration with a fault of every kind.
const faultyText = `[console]
muose = true
still = true
title = "email"
ascii = "never"
[serve]
changes_per_day = 1.5
log_level = "warn"
[context]
work = { server = 5, account = "7" }
[context.play]
server = "https://play.example"
[delivery]
proof_days = 0
[[delivery.email]]
host = "mail.example.org"
[delivery.webhook]
enabled = true
allow = ["127.0.0.0/8", 5]
`

// TestEveryFaultIsToldAndTheRestHolds: with its row and column, in the order of the rows.
func TestEveryFaultIsToldAndTheRestHolds(t *testing.T) {
	c := consoleOf(t, &options{}, faultyText)
	var got []string
	for _, sentence := range c.sentences() {
		got = append(got, strings.TrimPrefix(sentence, c.path+": "))
	}
	want := []string{
		`row 2, column 1: there is no setting "console.muose". Did you mean "mouse"?`,
		`row 4, column 9: console.title is "email"; write "account", or leave it out.`,
		`row 5, column 9: console.ascii takes true or false, without quotes.`,
		`row 7, column 19: serve.changes_per_day takes a whole number, without quotes.`,
		`row 10, column 19: context.work.server takes text in quotes.`,
		`row 14, column 14: delivery.proof_days is 0; write a number of days from 1 to 3650, such as 90.`,
		`row 15, column 12: delivery.email takes settings of its own; write [delivery.email] on a line and them below it.`,
		`row 19, column 1: delivery.webhook.allow takes a list of texts, such as ["first", "second"].`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("it tells\n%s", strings.Join(got, "\n"))
	}
	if !c.Console.Still || c.Console.ASCII != nil || c.Console.Title != "" || c.Serve.LogLevel != "warn" || !c.Delivery.Webhook.Enabled || c.Delivery.Email != nil {
		t.Errorf("it says %+v", c.config)
	}
	if _, err := c.context("work"); err == nil || !strings.Contains(err.Error(), "row 10") {
		t.Errorf("a context with a fault: %v", err)
	}
	if s, err := c.context("play"); err != nil || s.Server != "https://play.example" {
		t.Errorf("a context beside it: %+v, %v", s, err)
	}
	if _, err := readConfig(c.path, true); err == nil || strings.Count(err.Error(), ": row ") != len(want) {
		t.Errorf("other commands are refused with %v", err)
	}
}

// TestATextThatIsNoConfiguration has no settings, and every text is told in one sentence.
func TestATextThatIsNoConfiguration(t *testing.T) {
	for text, want := range map[string]string{
		"[console\n":                                  "row 1, column 9: ",
		"[console]\nmouse = tru\n":                    "row 2, column 9: ",
		"[console]\nmouse = true\nmouse = true\n":     "row 3, column 1: ",
		"[console]\nmouse = true\n[console]\n":        "row 3, column 2: ",
		"mouse = \"yes\n":                             "row 1, column ",
		strings.Repeat("[", 10_000):                   "row 1, column ",
		"a = " + strings.Repeat("[", 5_000):           "row 1, column ",
		"\x00\x01\x02":                                "row 1, column 1: ",
		"[console]\nstill = true\ntitle = \"\xff\"\n": "it is not UTF-8 text (line 3 has",
	} {
		c := consoleOf(t, &options{}, text)
		if len(c.faults) != 1 || !strings.Contains(c.faults[0].Error(), want) || !strings.HasSuffix(c.faults[0].what, ". Nothing in it counts.") || c.Console.Mouse {
			t.Errorf("%.40q: %v", text, c.sentences())
		}
	}
}

// TestADemoIsToldOfItsOwnPartAlone: it has no contexts, and sends nothing.
func TestADemoIsToldOfItsOwnPartAlone(t *testing.T) {
	c := consoleOf(t, &options{sourceFlags: sourceFlags{isDemo: true}}, "[console]\nmuose = true\n[delivery.email]\nhost = 5\n[context.work]\nserver = 5\n")
	if got := c.sentences(); len(got) != 1 || !strings.Contains(got[0], "console.muose") {
		t.Errorf("%q", got)
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
		if n, err := c.Serve.changesPerDay(); n != want || err != nil {
			t.Errorf("%q: %d, %v, want %d", text, n, err, want)
		}
	}
	for _, n := range []int{-1, maxChangesPerDay + 1} {
		if _, err := (serveSection{ChangesPerDay: &n}).changesPerDay(); err == nil || !strings.Contains(err.Error(), "serve.changes_per_day is") {
			t.Errorf("%d: %v", n, err)
		}
	}
}

// TestAContextWithAWrongColourIsOpenedInRed: it was to stand out. Anything else that is wrong keeps
// it closed.
func TestAContextWithAWrongColourIsOpenedInRed(t *testing.T) {
	for text, isOpened := range map[string]bool{`color = "red"`: true, `color = "crimson"`: true, `color = 5`: true, `read_only = true`: true,
		`read_only = "yes"`: false, `readonly = true`: false, `token_file = 5`: false} {
		c := consoleOf(t, &options{sourceFlags: sourceFlags{isGiven: func(string) bool { return false }}}, "[context.work]\nserver = \"https://a.example\"\n"+text+"\n")
		s, err := c.context("work")
		if (err == nil) != isOpened || strings.HasPrefix(text, "color") && s.Color != "red" || (c.whyReadOnly(false) == "") != isOpened {
			t.Errorf("%s: %+v, %v, %q", text, s, err, c.whyReadOnly(false))
		}
	}
}
