package cli

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// config is what a configuration says. What it does not say has its zero value.
type config struct {
	Context  map[string]server `toml:"context"`
	Delivery deliverySection   `toml:"delivery"`
	Backup   backupSection     `toml:"backup"`
	Serve    serveSection      `toml:"serve"`
	Console  consoleSection    `toml:"console"`
}

// server says how a server is reached, from a context of the configuration or
// from flags.
type server struct {
	Server     string `toml:"server"`
	DB         string `toml:"db"` // a database in place of a server, as --db names it; of a context alone
	Layout     string `toml:"layout"`
	QueryURL   string `toml:"query_url"`
	CommandURL string `toml:"command_url"`
	Account    string `toml:"account"`
	TokenFile  string `toml:"token_file"`
	IsDefault  bool   `toml:"default"` // it is opened where no flag names accounts; of a context alone
	// Color is that of the label with the name in the header, "" for no label; of a context alone.
	Color      ownColour `toml:"color"`
	IsReadOnly bool      `toml:"read_only"` // nothing is changed there; of a context alone
}

// isSet reports whether there is the address of a server to connect to.
func (s server) isSet() bool { return s.Server != "" || s.QueryURL != "" || s.CommandURL != "" }

// defaultContext returns the name of the context that is opened where nothing else is
// named, "" for none.
func (c *configuration) defaultContext() (string, error) {
	var names []string
	for name, s := range c.Context {
		if s.IsDefault {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) > 1 {
		setting := "context." + names[1] + ".default"
		return "", exit.Usage("%w", fault{setting, c.where(setting), fmt.Sprintf("the contexts %s are both the default; leave one of them.", strings.Join(names[:2], " and "))})
	}
	return strings.Join(names, ""), nil
}

// defaultDatabase returns the default context where it has a database; the name is "" for none.
func (c *configuration) defaultDatabase() (name string, s server, err error) {
	for _, s := range c.Context {
		if s.IsDefault && s.DB != "" {
			if name, err = c.defaultContext(); err != nil {
				return "", server{}, err
			}
			s, err = c.context(name)
			return name, s, err
		}
	}
	return "", server{}, nil
}

// checkContexts returns what is wrong with the contexts, as the console would say it when it
// opens one; nil for nothing.
func (c *configuration) checkContexts() error {
	for _, name := range slices.Sorted(maps.Keys(c.Context)) {
		if _, err := c.context(name); err != nil {
			return err
		}
	}
	_, err := c.defaultContext()
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

// markedContext is the colour of a context whose own one is wrong: it was to stand out.
const markedContext = "red"

// context returns the server of a context, checked. A relative token file is taken from the
// folder of the configuration. An error about what is wrong with it has a fault in it.
func (c *configuration) context(name string) (server, error) {
	s, isThere := c.Context[name]
	section := "context." + name
	below := c.faultsBelow(section)
	wrong := slices.DeleteFunc(slices.Clone(below), fault.isColour)
	if len(below) > len(wrong) {
		s.Color = markedContext
	}
	switch {
	case !isThere && len(c.Context) == 0:
		return s, exit.Usage("There is no context %q, since %s has none.", name, c.path)
	case !isThere:
		return s, exit.Usage("There is no context %q in %s; there are: %s.", name, c.path, strings.Join(slices.Sorted(maps.Keys(c.Context)), ", "))
	case len(wrong) > 0: // else a token might go elsewhere than was meant
		return s, exit.Usage("%w", wrong[0])
	}
	if what := s.wrongAs(name); what != "" {
		return s, exit.Usage("%w", fault{section, c.where(section), what})
	}
	if s.DB != "" {
		return c.withDatabase(s, section)
	}
	if s.TokenFile == "" {
		return s, nil
	}
	file, err := secretPath(fmt.Sprintf("token_file of the context %q", name), filepath.Dir(c.path), s.TokenFile)
	if err != nil {
		return s, exit.Usage("%w", fault{section + ".token_file", c.where(section + ".token_file"), err.Error()})
	}
	s.TokenFile = file
	return s, nil
}

// withDatabase returns the server of a context that names a database. The path of a file is taken from the folder
// of the configuration.
func (c *configuration) withDatabase(s server, section string) (server, error) {
	where := c.where(section + ".db")
	if !isAddress(s.DB) {
		path, err := settingPath("db", filepath.Dir(c.path), s.DB)
		if err != nil {
			return s, exit.Usage("%w", fault{section + ".db", where, err.Error()})
		}
		s.DB = path
	}
	if _, err := (paths{}).on("db", s.DB, true); err != nil {
		return s, exit.Usage("%w", fault{section + ".db", where, err.Error()})
	}
	return s, nil
}

// wrongAs says what is wrong with the context of a name, "" for nothing.
func (s server) wrongAs(name string) string {
	switch {
	case s.DB != "" && (s.isSet() || s.TokenFile != "" || s.Layout != ""):
		return fmt.Sprintf("give the context %q either a server or db, which needs no layout and no token.", name)
	case s.DB != "":
		return ""
	case !s.isSet():
		return fmt.Sprintf("the context %q needs a server, or db.", name)
	case s.Server != "" && (s.QueryURL != "" || s.CommandURL != ""):
		return fmt.Sprintf("give the context %q either server, or query_url and command_url.", name)
	case (s.QueryURL == "") != (s.CommandURL == ""):
		return fmt.Sprintf("in the context %q query_url and command_url go together.", name)
	}
	o := httpapi.ClientOptions{Server: s.Server, Layout: httpapi.Layout(s.Layout), Query: s.QueryURL, Command: s.CommandURL}
	if err := o.Check(); err != nil {
		return fmt.Sprintf("in the context %q: %v", name, err)
	}
	return ""
}
