package cli

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui"
)

// FuzzConfiguration reads any text as a configuration, with any variable: every fault has a place
// and a sentence, what is printed has a row for each setting, and a setting that is kept in it is
// there, beside all others.
func FuzzConfiguration(f *testing.F) {
	for _, text := range []string{"", faultyText, "[console]\ntheme = \"mono\"\n", "console = { theme = 'dark' }", "[context.\"a.b\"]\nserver = 1\n", "[[a]]\n[[a.b]]\n", "a.b.c = 1\n[a.b]\n",
		"[console]\ntheme = \"\"\"\nx\"\"\"", "# é\r\n[console]\r\n", "[console.colors]\nok = [[]]", "[delivery]\nemail = {port = 0x10, host = \"a\"}\n", "\"\" = 1\n[\"\"]\n"} {
		f.Add(text, "PINGHOME_THEME=dark")
	}
	f.Fuzz(func(t *testing.T, text, variable string) {
		c := newConfiguration("config.toml")
		c.readText([]byte(text))
		c.takeVariables([]string{variable})
		for _, fault := range c.faults {
			if fault.where == "" || !strings.HasSuffix(fault.what, ".") && !strings.HasSuffix(fault.what, "?") {
				t.Errorf("%q", fault)
			}
		}
		var o ui.Options
		c.use(&o)
		if lines := c.lines(); len(lines) < len(settings()) {
			t.Errorf("%d lines", len(lines))
		}
		_ = c.checkContexts()
		written, err := withSetting([]byte(text), darkTheme)
		if err != nil {
			return
		}
		before, after := newConfiguration("config.toml"), newConfiguration("config.toml")
		before.readText([]byte(text))
		if after.readText(written); after.Console.Theme != "dark" || len(after.faults) > len(before.faults) || after.Serve.LogLevel != before.Serve.LogLevel {
			t.Errorf("%q became %q", text, written)
		}
	})
}
