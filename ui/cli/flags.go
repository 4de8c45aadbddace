package cli

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// options are the flags of the console.
type options struct {
	isDemo, isReadOnly, isASCII bool
	db, account, theme, debug   string
	server                      server
	context, config             string
	// isGiven reports whether a flag was on the command line, also with an empty value.
	isGiven func(flag string) bool
}

// inStateFolder is the value of --debug without a file: the log goes to the
// state folder. No file can have this name.
const inStateFolder = "\x00"

var themes = []string{"auto", "dark", "light", "high-contrast", "mono"}

func (o *options) bind(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&o.isDemo, "demo", false, "")
	f.BoolVar(&o.isReadOnly, "read-only", false, "")
	f.BoolVar(&o.isASCII, "ascii", false, "")
	f.StringVar(&o.db, "db", "", "")
	f.StringVar(&o.account, "account", "", "")
	f.StringVar(&o.server.Server, "server", "", "")
	f.StringVar(&o.server.Layout, "layout", "", "")
	f.StringVar(&o.server.QueryURL, "query-url", "", "")
	f.StringVar(&o.server.CommandURL, "command-url", "", "")
	f.StringVar(&o.server.TokenFile, "token-file", "", "")
	f.StringVar(&o.context, "context", "", "")
	f.StringVar(&o.config, "config", "", "")
	f.StringVar(&o.theme, "theme", "auto", "")
	f.StringVar(&o.debug, "debug", "", "")
	f.Lookup("debug").NoOptDefVal = inStateFolder
	o.isGiven = f.Changed
}

// check refuses flags that are empty or contradict each other.
func (o *options) check() error {
	for _, flag := range []struct{ name, value string }{{"db", o.db}, {"account", o.account}, {"debug", o.debug}, {"server", o.server.Server},
		{"layout", o.server.Layout}, {"query-url", o.server.QueryURL}, {"command-url", o.server.CommandURL}, {"token-file", o.server.TokenFile},
		{"context", o.context}, {"config", o.config}} {
		if o.isGiven(flag.name) && strings.TrimSpace(flag.value) == "" {
			return exit.Usage("--%s is empty; give it a value or leave it out.", flag.name)
		}
	}
	if err := o.checkSource(); err != nil {
		return err
	}
	if err := expandFlags(map[string]*string{"debug": &o.debug, "token-file": &o.server.TokenFile, "config": &o.config}); err != nil {
		return err
	}
	if slices.Contains(themes, o.theme) {
		return nil
	}
	if meant := closest(o.theme, themes); meant != "" {
		return exit.Usage("There is no theme %q; did you mean %s?", o.theme, meant)
	}
	return exit.Usage("There is no theme %q; choose auto, dark, light, high-contrast or mono.", o.theme)
}

// checkSource refuses flags that name more than one source of accounts.
func (o *options) checkSource() error {
	isServer := o.server.isSet()
	switch {
	case o.isDemo && o.isGiven("db"):
		return exit.Usage("--demo makes a database of its own; leave out either --demo or --db.")
	case o.isDemo && o.isGiven("config"):
		return exit.Usage("--demo sends nothing and needs no configuration; leave out either --demo or --config.")
	case (isServer || o.context != "") && (o.isDemo || o.isGiven("db")):
		return exit.Usage("The accounts are either on a server or here; leave out --server and --context, or --demo and --db.")
	case isServer && o.context != "":
		return exit.Usage("--context names a server already; leave out --server, --query-url and --command-url.")
	case o.server.Server != "" && (o.server.QueryURL != "" || o.server.CommandURL != ""):
		return exit.Usage("Give either --server, or --query-url and --command-url.")
	case (o.server.QueryURL == "") != (o.server.CommandURL == ""):
		return exit.Usage("--query-url and --command-url go together.")
	case (o.server.TokenFile != "" || o.server.Layout != "") && !isServer && o.context == "":
		return exit.Usage("--token-file and --layout are for a server; name it with --server or --context.")
	}
	return nil
}

// configuration reads the file that --config names, or the one of the
// default path, and returns the path too.
func (o *options) configuration(p paths) (c config, path string, err error) {
	path = cmp.Or(o.config, p.config)
	c, err = readConfig(path, o.config != "")
	return c, path, err
}

// hasMouse reports whether the configuration turns the mouse on. A demo, which needs no
// configuration, does not care whether there is a right one.
func (o *options) hasMouse(p paths) bool {
	c, _, err := o.configuration(p)
	return err == nil && c.Console.Mouse
}

// remote returns the server that the flags or the configuration name. isRemote
// is false when they name none.
func (o *options) remote(c config, path string) (s server, isRemote bool, err error) {
	if o.context == "" {
		return o.server, o.server.isSet(), nil
	}
	s, err = c.context(o.context, path)
	if o.server.TokenFile != "" {
		s.TokenFile = o.server.TokenFile
	}
	if o.server.Layout != "" {
		s.Layout = o.server.Layout
	}
	return s, true, err
}

// flagError turns the errors of the flag library into sentences.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return exit.Usage("There is no flag -%s; \"pinghome --help\" lists them, all with two dashes.", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown.GetSpecifiedName())
	case errors.As(err, &noValue):
		return exit.Usage("--%s needs a value, as in \"pinghome --help\".", noValue.GetFlag().Name)
	case errors.As(err, &badValue):
		return exit.Usage("--%s takes no value like %q; see \"pinghome --help\".", badValue.GetFlag().Name, badValue.GetValue())
	default:
		return exit.Usage("%v; see \"pinghome --help\".", err)
	}
}

func unknownFlag(c *cobra.Command, name string) error {
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if c.HasParent() && c.HasSubCommands() {
		var subs []string
		for _, sub := range c.Commands() {
			subs = append(subs, sub.Name())
		}
		return exit.Usage("%q has no flag --%s; say what to do first: %s %s.", c.CommandPath(), name, c.CommandPath(), strings.Join(subs, ", or "))
	}
	if meant := closest(name, known); meant != "" {
		return exit.Usage("There is no flag --%s; did you mean --%s?", name, meant)
	}
	if c.HasParent() {
		return exit.Usage("%q has no flag --%s; see \"pinghome --help\".", c.CommandPath(), name)
	}
	return exit.Usage("There is no flag --%s; \"pinghome --help\" lists them.", name)
}
