package cli

import (
	"cmp"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// consoleSection is the section [console] of the configuration: how the console is used, and
// how it looks. The zero value of each is its default.
type consoleSection struct {
	Theme   themeName      `toml:"theme" usual:"\"auto\""`
	Colors  colorsSection  `toml:"colors"`
	Masks   *bool          `toml:"masks" usual:"true"` // the private part of values is hidden, until m shows it
	Times   timeStyle      `toml:"times" usual:"\"ago\""`
	Start   screenName     `toml:"start" usual:"\"last\""`
	Columns columnsSection `toml:"columns"`
	Mouse   bool           `toml:"mouse" usual:"false"` // it is on from the beginning
	Title   titleParts     `toml:"title" usual:"\"\""`
	Still   bool           `toml:"still" usual:"false"`                               // nothing flashes or turns
	Linear  bool           `toml:"linear" usual:"false"`                              // line by line, in place of screens
	ASCII   *bool          `toml:"ascii" usual:"where the terminal has nothing else"` // it is drawn with ASCII characters only; nil for where the locale has no others
}

type themeName string

func (n themeName) check() error { return oneOf(string(n), theme.Names) }

// timeStyle is how points in time are shown: one of shell.TimeStyles.
type timeStyle string

func (t timeStyle) check() error { return oneOf(string(t), shell.TimeStyles) }

// screenName is the screen that the console begins on, in small letters; "last" is the one that
// was open last.
type screenName string

const lastScreen screenName = "last"

func (n screenName) check() error {
	names := []string{string(lastScreen)}
	for _, scope := range ui.Screens() {
		names = append(names, strings.ToLower(string(scope)))
	}
	return oneOf(string(n), names)
}

// scope is the screen, "" for the one that was open last.
func (n screenName) scope() keymap.Scope {
	for _, scope := range ui.Screens() {
		if strings.EqualFold(string(scope), string(n)) {
			return scope
		}
	}
	return ""
}

// titleParts is what the title of the window has in it beside where the accounts are and
// how they stand: "" for nothing, "account" for the name of the account.
type titleParts string

const accountTitle titleParts = "account"

func (t titleParts) check() error {
	if t != "" && t != accountTitle {
		return fmt.Errorf("is %q; write \"account\", or leave it out", string(t))
	}
	return nil
}

// ownColour is a colour of a person's own, as theme.CheckColour takes it.
type ownColour string

func (c ownColour) check() error { return theme.CheckColour(string(c)) }

// colorsSection is the section [console.colors]: a colour for each token of theme.Tokens.
type colorsSection struct {
	Text       ownColour `toml:"text"`
	Background ownColour `toml:"background"`
	Selected   ownColour `toml:"selected"`
	Muted      ownColour `toml:"muted"`
	Faint      ownColour `toml:"faint"`
	Border     ownColour `toml:"border"`
	Dim        ownColour `toml:"dim"`
	Focus      ownColour `toml:"focus"`
	Frame      ownColour `toml:"frame"`
	Brand      ownColour `toml:"brand"`
	OK         ownColour `toml:"ok"`
	Warn       ownColour `toml:"warn"`
	Error      ownColour `toml:"error"`
	Info       ownColour `toml:"info"`
	Email      ownColour `toml:"email"`
	SMS        ownColour `toml:"sms"`
	Webhook    ownColour `toml:"webhook"`
	Push       ownColour `toml:"push"`
}

// own are the colours by their tokens, as theme.Options has them.
func (c colorsSection) own() map[string]string {
	colours := map[string]string{}
	for field, value := range reflect.ValueOf(c).Fields() {
		if value.String() != "" {
			colours[field.Tag.Get("toml")] = value.String()
		}
	}
	return colours
}

// columnsSection is the section [console.columns]: the titles of the columns that a table
// shows, in their order; none for all of them.
type columnsSection struct {
	Channels []string `toml:"channels"`
	Messages []string `toml:"messages"`
	Accounts []string `toml:"accounts"`
	Activity []string `toml:"activity"`
}

// columns are those that are chosen, with the places where they are.
func (c *configuration) columns() map[keymap.Scope]shell.ChosenColumns {
	chosen := map[keymap.Scope]shell.ChosenColumns{}
	for scope, titles := range map[keymap.Scope][]string{keymap.Channels: c.Console.Columns.Channels, keymap.Messages: c.Console.Columns.Messages, keymap.Accounts: c.Console.Columns.Accounts, keymap.Activity: c.Console.Columns.Activity} {
		if len(titles) > 0 {
			chosen[scope] = shell.ChosenColumns{Titles: titles, Where: c.where("console.columns." + strings.ToLower(string(scope)))}
		}
	}
	return chosen
}

// oneOf returns what is wrong with a text that has to be one of these, as the end of a
// sentence.
func oneOf(text string, known []string) error {
	if slices.Contains(known, text) {
		return nil
	}
	last := len(known) - 1
	return fmt.Errorf("is %q; write %s or %s", text, strings.Join(known[:last], ", "), known[last])
}

// themeName is the theme of --theme, or else of the configuration.
func (o *options) themeName(c consoleSection) string {
	if o.isGiven("theme") {
		return o.theme
	}
	return cmp.Or(string(c.Theme), theme.Names[0])
}

// use sets in the options of the console what the configuration says about it.
func (c *configuration) use(o *ui.Options) {
	console := c.Console
	o.Mouse = console.Mouse
	o.Title = ui.Title{IsOff: os.Getenv("TERM") == "linux", HasAccount: console.Title == accountTitle}
	o.Shell.NoMotion = console.Still || os.Getenv("NO_MOTION") != ""
	o.Shell.Times, o.Shell.NoMasks = string(console.Times), console.Masks != nil && !*console.Masks
	o.Shell.Columns = c.columns()
}
