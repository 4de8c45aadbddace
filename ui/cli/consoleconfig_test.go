package cli

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/theme"
)

// TestWhatTheConfigurationSaysOfTheConsoleIsUsed, and a wrong value is told while the default
// stands.
func TestWhatTheConfigurationSaysOfTheConsoleIsUsed(t *testing.T) {
	c := consoleOf(t, &options{}, `[console]
theme = "high-contrast"
masks = false
times = "utc"
start = "messages"
mouse = true
title = "account"
still = true
columns.channels = ["On", "Value"]
colors = { ok = "#00D75F", border = "bright-black", info = "33" }
`)
	var o ui.Options
	c.use(&o)
	s := o.Shell
	if len(c.faults) > 0 || !o.Mouse || !o.Title.HasAccount || !s.NoMotion || !s.NoMasks || s.Times != "utc" || c.Console.Start.scope() != keymap.Messages {
		t.Errorf("%+v, %q", o, c.sentences())
	}
	if got := s.Columns[keymap.Channels]; !slices.Equal(got.Titles, []string{"On", "Value"}) || !strings.HasSuffix(got.Where, ": row 9, column 9") || len(s.Columns) != 1 {
		t.Errorf("columns %+v", s.Columns)
	}
	if got := c.Console.Colors.own(); !reflect.DeepEqual(got, map[string]string{"ok": "#00D75F", "border": "bright-black", "info": "33"}) {
		t.Errorf("colours %v", got)
	}
	for text, want := range map[string]string{
		`theme = "drak"`:                `console.theme is "drak"; write auto, dark, light, high-contrast or mono.`,
		`times = "gmt"`:                 `console.times is "gmt"; write ago, local or utc.`,
		`start = "inbox"`:               `console.start is "inbox"; write last, profile, channels,`,
		`masks = "off"`:                 `console.masks takes true or false`,
		`colors.ok = "crimson"`:         `console.colors.ok is "crimson"; write a colour as "#7AB7FF"`,
		`colors.okay = "red"`:           `there is no setting "console.colors.okay". Did you mean "ok"?`,
		`colors.ok = 5`:                 `console.colors.ok takes text in quotes`,
		`columns.channels = "On"`:       `console.columns.channels takes a list of texts`,
		`columns.profile = ["On"]`:      `there is no setting "console.columns.profile"`,
		`columns.messages = [["When"]]`: `console.columns.messages takes a list of texts`,
	} {
		c := consoleOf(t, &options{}, "[console]\n"+text+"\nstill = true\n")
		var o ui.Options
		if c.use(&o); len(c.faults) != 1 || !strings.Contains(c.faults[0].Error(), ": row 2, column ") || !strings.Contains(c.faults[0].Error(), want) || !o.Shell.NoMotion {
			t.Errorf("%s: %q, want %q", text, c.sentences(), want)
		}
	}
}

// TestTheFlagGoesBeforeTheConfiguration, and that before the default.
func TestTheFlagGoesBeforeTheConfiguration(t *testing.T) {
	for _, c := range []struct {
		flag, configured string
		isGiven          bool
		want             string
	}{{"auto", "", false, "auto"}, {"auto", "mono", false, "mono"}, {"auto", "mono", true, "auto"}, {"dark", "mono", true, "dark"}} {
		o := options{theme: c.flag, sourceFlags: sourceFlags{isGiven: func(string) bool { return c.isGiven }}}
		if got := o.themeName(consoleSection{Theme: themeName(c.configured)}); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// TestEveryTokenIsASetting of the same name.
func TestEveryTokenIsASetting(t *testing.T) {
	var names []string
	for field := range reflect.TypeFor[colorsSection]().Fields() {
		names = append(names, field.Tag.Get("toml"))
	}
	if !slices.Equal(names, theme.Tokens) {
		t.Errorf("settings %v, tokens %v", names, theme.Tokens)
	}
}
