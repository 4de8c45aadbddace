package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/theme"
)

// options are the flags of the console.
type options struct {
	isDemo, isReadOnly, isASCII bool
	isVersion                   bool // the library's own flag would not see that a command is mistyped
	db, account, theme, debug   string
	server                      server
	context, config             string
	// isGiven reports whether a flag was on the command line, also with an empty value.
	isGiven func(flag string) bool
}

// inStateFolder is the value of --debug without a file: the log goes to the
// state folder. No file can have this name.
const inStateFolder = "\x00"

// What the help says of flags that several commands have.
const (
	dbWords     = "`FILE|URL` the database, a file or postgres://… (else $PINGHOME_DB, else see \"pinghome paths\")"
	configWords = "`FILE` the configuration (else see \"pinghome paths\")"
	jsonWords   = "print JSON"
)

func (o *options) bind(c *cobra.Command) {
	f := c.Flags()
	f.SortFlags = false
	f.BoolVar(&o.isDemo, "demo", false, "try it with made-up accounts, thrown away afterwards; nothing is sent")
	f.BoolVar(&o.isReadOnly, "read-only", false, "change nothing")
	f.BoolVar(&o.isASCII, "ascii", false, "draw with ASCII characters only (else where the locale is not UTF-8 or $TERM is linux; --ascii=false never)")
	f.StringVar(&o.db, "db", "", dbWords)
	f.StringVar(&o.account, "account", "", "`ID|EMAIL` the account to open (else the last one, else the oldest, or the token's)")
	f.StringVar(&o.server.Server, "server", "", "`URL` a server in place of a database")
	f.StringVar(&o.server.Layout, "layout", "", "`LAYOUT` how the server lays out the API: auto, v1a, v1b, v2 or v3")
	f.StringVar(&o.server.QueryURL, "query-url", "", "`URL` the server that reads, in place of --server")
	f.StringVar(&o.server.CommandURL, "command-url", "", "`URL` the server that changes, with --query-url")
	f.StringVar(&o.server.TokenFile, "token-file", "", "`FILE` the token for the server (else see the README)")
	f.StringVar(&o.context, "context", "", "`NAME` a server or a database that the configuration names")
	f.StringVar(&o.config, "config", "", configWords)
	f.StringVar(&o.theme, "theme", "auto", "`NAME` auto, dark, light, high-contrast or mono (else of the configuration)")
	f.StringVar(&o.debug, "debug", "", "`FILE` write a log without values (else to the state folder)")
	f.Lookup("debug").NoOptDefVal = inStateFolder
	f.BoolVarP(&o.isVersion, "version", "v", false, "print the version")
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
	if slices.Contains(theme.Names, o.theme) {
		return nil
	}
	if meant := closest(o.theme, theme.Names); meant != "" {
		return exit.Usage("There is no theme %q. Did you mean %s?", o.theme, meant)
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

// configuration reads the file that --config names, or the one of the default path. Of what
// is wrong in it, a demo has to do with the console's part alone.
func (o *options) configuration(p paths) (configuration, error) {
	c, err := readFaulty(cmp.Or(o.config, p.config), o.config != "")
	if o.isDemo {
		c.faults = slices.DeleteFunc(c.faults, func(f fault) bool { return f.setting != "" && !f.isBelow("console") })
	}
	return c, err
}

// namesSource reports whether flags or $PINGHOME_DB name the accounts.
func (o *options) namesSource() bool {
	return o.isDemo || o.context != "" || o.server.isSet() || o.isGiven("db") || os.Getenv("PINGHOME_DB") != ""
}

// remote returns the server that the flags or the configuration name, with the name of its
// context. It is not set when they name none, or the default context cannot be used: that is
// noted among the faults.
func (o *options) remote(c *configuration) (s server, name string, err error) {
	name, err = o.contextName(c)
	if err == nil && name != "" {
		s, err = c.context(name)
	}
	switch {
	case err != nil && o.namesSource():
		return server{}, "", err
	case err != nil:
		c.noteFault(err)
		return server{}, "", nil
	case name == "":
		return o.server, "", nil
	}
	if s.DB != "" && (o.server.TokenFile != "" || o.server.Layout != "") {
		return server{}, "", exit.Usage("--token-file and --layout are for a server, and the context %q names a database.", name)
	}
	if o.server.TokenFile != "" {
		s.TokenFile = o.server.TokenFile
	}
	if o.server.Layout != "" {
		s.Layout = o.server.Layout
	}
	return s, name, nil
}

// contextName returns the name of the context that the flags or the configuration name, ""
// where they name none.
func (o *options) contextName(c *configuration) (string, error) {
	if o.namesSource() {
		return o.context, nil
	}
	return c.defaultContext()
}

// flagError turns the errors of the flag library into sentences.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	see := fmt.Sprintf("see \"%s --help\"", c.CommandPath())
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return exit.Usage("There is no flag -%s; \"%s --help\" lists them, all with two dashes.", unknown.GetSpecifiedName(), c.CommandPath())
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown.GetSpecifiedName())
	case errors.As(err, &noValue):
		return exit.Usage("--%s needs a value; %s.", noValue.GetFlag().Name, see)
	case errors.As(err, &badValue):
		return badFlagValue(badValue.GetFlag(), badValue.GetValue(), see)
	default:
		return exit.Usage("%v; %s.", err, see)
	}
}

// badFlagValue says what a flag takes that takes no text, and what it is for.
func badFlagValue(f *pflag.Flag, value, see string) error {
	switch f.Value.Type() {
	case "bool":
		return exit.Usage("--%s takes no value, or true or false, not %q; %s.", f.Name, value, see)
	case "duration":
		return exit.Usage("--%s takes a time, not %q: %s.", f.Name, value, meaning(f))
	}
	return exit.Usage("--%s takes a whole number, not %q: %s.", f.Name, value, meaning(f))
}

// flagNames lists the flags of a command.
func flagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// required is the annotation of flags that a command needs.
const required = "required"

func require(c *cobra.Command, flags ...string) {
	for _, name := range flags {
		c.Flags().Lookup(name).Annotations = map[string][]string{required: nil}
	}
}

func isRequired(f *pflag.Flag) bool {
	_, is := f.Annotations[required]
	return is
}

// missingFlags refuses a command in which flags are missing that it needs, one a line; nil
// where none is.
func missingFlags(c *cobra.Command) error {
	var missing []error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if isRequired(f) && strings.TrimSpace(f.Value.String()) == "" {
			missing = append(missing, fmt.Errorf("--%s is missing: %s.", f.Name, meaning(f)))
		}
	})
	if missing == nil {
		return nil
	}
	missing = append(missing, fmt.Errorf("\"%s --help\" has an example.", c.CommandPath()))
	return &exit.Error{Code: exit.CodeUsage, Err: errors.Join(missing...)}
}

// byFlags names the flags of the wrong values in an error of the backend, one a line.
func byFlags(c *cobra.Command, err error) error {
	var wrong *backend.Error
	if !errors.As(err, &wrong) || wrong.Code != backend.CodeInvalid || len(wrong.Fields) == 0 {
		return err
	}
	var faults []error
	for _, field := range slices.Sorted(maps.Keys(wrong.Fields)) {
		name := field
		if c.Flags().Lookup(field) != nil {
			name = "--" + field
		}
		faults = append(faults, fmt.Errorf("%s: %s", name, strings.Join(wrong.Fields[field], " ")))
	}
	return &exit.Error{Code: exit.CodeUsage, Err: errors.Join(faults...)}
}

func unknownFlag(c *cobra.Command, name string) error {
	if c.HasParent() && c.HasSubCommands() {
		var subs []string
		for _, sub := range c.Commands() {
			subs = append(subs, sub.Name())
		}
		return exit.Usage("%q has no flag --%s; say what to do first: %s %s.", c.CommandPath(), name, c.CommandPath(), strings.Join(subs, ", or "))
	}
	if c.HasParent() && c.Root().Flags().Lookup(name) != nil {
		return exit.Usage("%q has no flag --%s, which is one of the console; see \"%s --help\".", c.CommandPath(), name, c.CommandPath())
	}
	if meant := closest(name, flagNames(c)); meant != "" {
		return exit.Usage("There is no flag --%s. Did you mean --%s?", name, meant)
	}
	if c.HasParent() {
		return exit.Usage("%q has no flag --%s; see \"%s --help\".", c.CommandPath(), name, c.CommandPath())
	}
	return exit.Usage("There is no flag --%s; \"pinghome --help\" lists them.", name)
}
