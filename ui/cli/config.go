package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// config is the configuration file. A key that it does not have is refused: a
// misspelt one would otherwise be ignored, and found out at the worst time.
type config struct {
	Context  map[string]server `toml:"context"`
	Delivery deliverySection   `toml:"delivery"`
	Backup   backupSection     `toml:"backup"`
	Serve    serveSection      `toml:"serve"`
	Console  consoleSection    `toml:"console"`
}

// consoleSection is how the console is used, and how it looks.
type consoleSection struct {
	Mouse bool       `toml:"mouse"` // it is on from the beginning
	Title titleParts `toml:"title"`
	Still bool       `toml:"still"` // nothing flashes or turns
	ASCII *bool      `toml:"ascii"` // it is drawn with ASCII characters only; nil for where the locale has no others
}

// titleParts is what the title of the window has in it beside where the accounts are and
// how they stand: "" for nothing, "account" for the name of the account.
type titleParts string

const accountTitle titleParts = "account"

// server says how a server is reached, from a context of the configuration or
// from flags.
type server struct {
	Server     string `toml:"server"`
	Layout     string `toml:"layout"`
	QueryURL   string `toml:"query_url"`
	CommandURL string `toml:"command_url"`
	Account    string `toml:"account"`
	TokenFile  string `toml:"token_file"`
	IsDefault  bool   `toml:"default"` // it is opened where no flag names accounts; of a context alone
}

// isSet reports whether there is an address to connect to.
func (s server) isSet() bool { return s.Server != "" || s.QueryURL != "" || s.CommandURL != "" }

// readConfig reads a configuration file. One that no flag names need not exist.
func readConfig(path string, isGiven bool) (c config, err error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !isGiven:
		return c, nil
	case errors.Is(err, fs.ErrNotExist):
		return c, exit.Usage("There is no configuration file %s.", path)
	case err != nil:
		return c, exit.Failed("The configuration file cannot be read: %w.", err)
	}
	clean, err := backend.DecodeText(text)
	if err != nil {
		return c, exit.Usage("The configuration file %s cannot be read: %w.", path, err)
	}
	decoder := toml.NewDecoder(strings.NewReader(clean)).DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return c, exit.Usage("%s: %s", path, tomlError(err))
	}
	if title := c.Console.Title; title != "" && title != accountTitle {
		return c, exit.Usage("%s: console.title is %q; write \"account\", or leave it out.", path, string(title))
	}
	return c, nil
}

// tomlError says in a sentence where a configuration is wrong, and how.
func tomlError(err error) string {
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		first := unknown.Errors[0]
		row, column := first.Position()
		return fmt.Sprintf("row %d, column %d: there is no setting %q%s", row, column, strings.Join(first.Key(), "."), suggestion(first.Key()))
	case errors.As(err, &wrong):
		row, column := wrong.Position()
		reason := strings.TrimPrefix(wrong.Error(), "toml: ")
		if strings.HasPrefix(reason, "cannot ") { // the rest names Go types
			reason = strings.Join(wrong.Key(), ".") + " takes " + expected(wrong.Key())
		}
		return fmt.Sprintf("row %d, column %d: %s.", row, column, reason)
	}
	return err.Error()
}

// suggestion ends the sentence about an unknown key: with the key that was
// probably meant, or with a full stop.
func suggestion(key []string) string {
	last := len(key) - 1
	section := settingAt(key[:last])
	if section.Kind() != reflect.Struct {
		return "."
	}
	var known []string
	for f := range section.Fields() {
		known = append(known, f.Tag.Get("toml"))
	}
	if meant := closest(key[last], known); meant != "" {
		return fmt.Sprintf(". Did you mean %q?", meant)
	}
	return "."
}

// expected says what kind of value the setting with this key takes.
func expected(key []string) string {
	switch settingAt(key).Kind() {
	case reflect.String:
		return "text in quotes"
	case reflect.Bool:
		return "true or false, without quotes"
	case reflect.Int:
		return "a whole number, without quotes"
	case reflect.Slice:
		return `a list of texts, such as ["10.0.0.0/8"]`
	}
	return "settings of its own; write [" + strings.Join(key, ".") + "] on a line and them below it"
}

// settingAt returns the type of the setting with this key.
func settingAt(key []string) reflect.Type {
	kind := reflect.TypeFor[config]()
	for _, name := range key {
		switch kind.Kind() {
		case reflect.Map:
			kind = kind.Elem()
		case reflect.Struct:
			for f := range kind.Fields() {
				if f.Tag.Get("toml") == name {
					kind = f.Type
					break
				}
			}
		}
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
	}
	return kind
}

// defaultContext returns the name of the context that is opened where nothing else is
// named, "" for none.
func (c config) defaultContext(path string) (string, error) {
	var names []string
	for name, s := range c.Context {
		if s.IsDefault {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) > 1 {
		return "", exit.Usage("%s: the contexts %s are both the default; leave one of them.", path, strings.Join(names, " and "))
	}
	return strings.Join(names, ""), nil
}

// checkContexts returns what is wrong with the contexts, as the console would say it when it
// opens one; nil for nothing.
func (c config) checkContexts(path string) error {
	for _, name := range slices.Sorted(maps.Keys(c.Context)) {
		if _, err := c.context(name, path); err != nil {
			return err
		}
	}
	_, err := c.defaultContext(path)
	return err
}

// anyDefault returns the name of a context that is a default one, "" for none.
func (c config) anyDefault() string {
	for _, name := range slices.Sorted(maps.Keys(c.Context)) {
		if c.Context[name].IsDefault {
			return name
		}
	}
	return ""
}

// context returns the server of a context, checked. A relative token file is
// taken from the folder of the configuration, whose path is path.
func (c config) context(name, path string) (server, error) {
	s, ok := c.Context[name]
	if !ok {
		var names []string
		for known := range c.Context {
			names = append(names, known)
		}
		slices.Sort(names)
		if len(names) == 0 {
			return s, exit.Usage("There is no context %q, since %s has none.", name, path)
		}
		return s, exit.Usage("There is no context %q in %s; there are: %s.", name, path, strings.Join(names, ", "))
	}
	switch {
	case !s.isSet():
		return s, exit.Usage("%s: the context %q needs a server.", path, name)
	case s.Server != "" && (s.QueryURL != "" || s.CommandURL != ""):
		return s, exit.Usage("%s: give the context %q either server, or query_url and command_url.", path, name)
	case (s.QueryURL == "") != (s.CommandURL == ""):
		return s, exit.Usage("%s: in the context %q query_url and command_url go together.", path, name)
	}
	o := httpapi.ClientOptions{Server: s.Server, Layout: httpapi.Layout(s.Layout), Query: s.QueryURL, Command: s.CommandURL}
	if err := o.Check(); err != nil {
		return s, exit.Usage("%s: in the context %q: %v", path, name, err)
	}
	if s.TokenFile == "" {
		return s, nil
	}
	var err error
	s.TokenFile, err = secretPath(fmt.Sprintf("%s: token_file of the context %q", path, name), filepath.Dir(path), s.TokenFile)
	return s, err
}
