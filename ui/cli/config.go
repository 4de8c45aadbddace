package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/account-settings/pinghome/backend/httpapi"
)

// config is the configuration file. What it does not know it refuses: a
// misspelt key that is ignored would be found out at the worst time.
type config struct {
	Context  map[string]server `toml:"context"`
	Delivery deliverySection   `toml:"delivery"`
}

// server is a named server with an account on it.
type server struct {
	Server     string `toml:"server"`
	Layout     string `toml:"layout"`
	QueryURL   string `toml:"query_url"`
	CommandURL string `toml:"command_url"`
	Account    string `toml:"account"`
	TokenFile  string `toml:"token_file"`
}

// isNamed reports whether there is anything to connect to.
func (s server) isNamed() bool { return s.Server != "" || s.QueryURL != "" || s.CommandURL != "" }

// readConfig reads the file; one in the usual place need not be there.
func readConfig(path string, isGiven bool) (c config, err error) {
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !isGiven:
		return c, nil
	case errors.Is(err, fs.ErrNotExist):
		return c, usage("There is no configuration file %s.", path)
	case err != nil:
		return c, failed("The configuration file cannot be read: %w.", err)
	}
	decoder := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return c, usage("%s: %s", path, tomlFault(err))
	}
	return c, nil
}

// tomlFault says where a configuration is wrong, and what is.
func tomlFault(err error) string {
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		first := unknown.Errors[0]
		row, column := first.Position()
		return fmt.Sprintf("row %d, column %d: there is no setting %q%s", row, column, strings.Join(first.Key(), "."), meant(first.Key()))
	case errors.As(err, &wrong):
		row, column := wrong.Position()
		words := strings.TrimPrefix(wrong.Error(), "toml: ")
		if strings.HasPrefix(words, "cannot ") { // what follows names types of this program
			words = strings.Join(wrong.Key(), ".") + " takes " + wanted(wrong.Key())
		}
		return fmt.Sprintf("row %d, column %d: %s.", row, column, words)
	}
	return err.Error()
}

// meant is the setting that somebody wrote wrongly, where it can be guessed.
func meant(key []string) string {
	last := len(key) - 1
	section := settingAt(key[:last])
	if section.Kind() != reflect.Struct {
		return "."
	}
	var known []string
	for f := range section.Fields() {
		known = append(known, f.Tag.Get("toml"))
	}
	if near := nearest(key[last], known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return "."
}

// wanted says what the setting with this key takes.
func wanted(key []string) string {
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

// settingAt is the type of what the key names.
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

// named returns the context of that name. A token file is found from the
// folder of the configuration.
func (c config) named(name, path string) (server, error) {
	s, ok := c.Context[name]
	if !ok {
		var names []string
		for known := range c.Context {
			names = append(names, known)
		}
		slices.Sort(names)
		if len(names) == 0 {
			return s, usage("There is no context %q, since %s has none.", name, path)
		}
		return s, usage("There is no context %q in %s; there are: %s.", name, path, strings.Join(names, ", "))
	}
	switch {
	case !s.isNamed():
		return s, usage("%s: the context %q needs a server.", path, name)
	case s.Server != "" && (s.QueryURL != "" || s.CommandURL != ""):
		return s, usage("%s: give the context %q either server, or query_url and command_url.", path, name)
	case (s.QueryURL == "") != (s.CommandURL == ""):
		return s, usage("%s: in the context %q query_url and command_url go together.", path, name)
	}
	o := httpapi.ClientOptions{Server: s.Server, Layout: httpapi.Layout(s.Layout), Query: s.QueryURL, Command: s.CommandURL}
	if err := o.Check(); err != nil {
		return s, usage("%s: in the context %q: %v", path, name, err)
	}
	if s.TokenFile != "" && !filepath.IsAbs(s.TokenFile) {
		s.TokenFile = filepath.Join(filepath.Dir(path), s.TokenFile)
	}
	return s, nil
}
