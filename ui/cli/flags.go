package cli

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// options are the flags of the console.
type options struct {
	isDemo, isReadOnly, isASCII bool
	db, account, theme, debug   string
	server                      server
	context, config             string
	// isGiven tells which flags were on the command line, empty or not.
	isGiven func(flag string) bool
}

// inState stands for --debug without a file. No file can have this name.
const inState = "\x00"

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
	f.Lookup("debug").NoOptDefVal = inState
	o.isGiven = f.Changed
}

// check finds what no single flag can tell.
func (o *options) check() error {
	for _, flag := range []struct{ name, value string }{{"db", o.db}, {"account", o.account}, {"debug", o.debug}, {"server", o.server.Server},
		{"layout", o.server.Layout}, {"query-url", o.server.QueryURL}, {"command-url", o.server.CommandURL}, {"token-file", o.server.TokenFile},
		{"context", o.context}, {"config", o.config}} {
		if o.isGiven(flag.name) && strings.TrimSpace(flag.value) == "" {
			return usage("--%s is empty; give it a value or leave it out.", flag.name)
		}
	}
	if err := o.checkPlace(); err != nil {
		return err
	}
	if slices.Contains(themes, o.theme) {
		return nil
	}
	if near := nearest(o.theme, themes); near != "" {
		return usage("There is no theme %q; did you mean %s?", o.theme, near)
	}
	return usage("There is no theme %q; choose auto, dark, light, high-contrast or mono.", o.theme)
}

// checkPlace finds flags that name several places at once.
func (o *options) checkPlace() error {
	isServer := o.server.isNamed()
	switch {
	case o.isDemo && o.isGiven("db"):
		return usage("--demo makes a database of its own; leave out either --demo or --db.")
	case o.isDemo && o.isGiven("config"):
		return usage("--demo sends nothing and needs no configuration; leave out either --demo or --config.")
	case (isServer || o.context != "") && (o.isDemo || o.isGiven("db")):
		return usage("The accounts are either on a server or here; leave out --server and --context, or --demo and --db.")
	case isServer && o.context != "":
		return usage("--context names a server already; leave out --server, --query-url and --command-url.")
	case o.server.Server != "" && (o.server.QueryURL != "" || o.server.CommandURL != ""):
		return usage("Give either --server, or --query-url and --command-url.")
	case (o.server.QueryURL == "") != (o.server.CommandURL == ""):
		return usage("--query-url and --command-url go together.")
	case (o.server.TokenFile != "" || o.server.Layout != "") && !isServer && o.context == "":
		return usage("--token-file and --layout are for a server; name it with --server or --context.")
	}
	return nil
}

// configuration reads the configuration that the flags name, or the usual one.
func (o *options) configuration(p paths) (c config, path string, err error) {
	path = cmp.Or(o.config, p.config)
	c, err = readConfig(path, o.config != "")
	return c, path, err
}

// remote returns the server that the flags or the configuration name.
func (o *options) remote(c config, path string) (s server, isRemote bool, err error) {
	if o.context == "" {
		return o.server, o.server.isNamed(), nil
	}
	s, err = c.named(o.context, path)
	if o.server.TokenFile != "" {
		s.TokenFile = o.server.TokenFile
	}
	if o.server.Layout != "" {
		s.Layout = o.server.Layout
	}
	return s, true, err
}

// flagError puts the flag library's complaints into sentences.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return usage("There is no flag -%s; \"pinghome --help\" lists them, all with two dashes.", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown.GetSpecifiedName())
	case errors.As(err, &noValue):
		return usage("--%s needs a value, as in \"pinghome --help\".", noValue.GetFlag().Name)
	case errors.As(err, &badValue):
		return usage("--%s takes no value like %q; see \"pinghome --help\".", badValue.GetFlag().Name, badValue.GetValue())
	default:
		return usage("%v; see \"pinghome --help\".", err)
	}
}

func unknownFlag(c *cobra.Command, name string) error {
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if near := nearest(name, known); near != "" {
		return usage("There is no flag --%s; did you mean --%s?", name, near)
	}
	if c.HasParent() {
		return usage("%q has no flag --%s; see \"pinghome --help\".", c.CommandPath(), name)
	}
	return usage("There is no flag --%s; \"pinghome --help\" lists them.", name)
}
