package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/theme"
)

// options are the flags of the console.
type options struct {
	sourceFlags
	isASCII      bool
	isLinear     bool
	isVersion    bool // the library's own flag would not see that a command is mistyped
	theme, debug string
}

// inStateFolder is the value of --debug without a file: the log goes to the
// state folder. No file can have this name.
const inStateFolder = "\x00"

// What the help says of flags that several commands have.
const (
	dbWords     = "`FILE|URL` the database, a file or postgres://… (else $PINGHOME_DB, else see \"pinghome paths\")"
	configWords = "`FILE` the configuration (else see \"pinghome paths\")"
)

func (o *options) bind(c *cobra.Command) {
	f := c.Flags()
	f.SortFlags = false
	f.BoolVar(&o.isDemo, "demo", false, "try it with made-up accounts, thrown away afterwards; nothing is sent")
	f.BoolVar(&o.isReadOnly, "read-only", false, "change nothing")
	f.BoolVar(&o.isASCII, "ascii", false, "draw with ASCII characters only (else where the locale is not UTF-8 or $TERM is linux; --ascii=false never)")
	f.BoolVar(&o.isLinear, "linear", false, "line by line, for screen readers (else as configured, or where $TERM is dumb)")
	o.bindSource(c)
	o.bindAccount(c, "(else the last one, else the oldest, or the token's)")
	f.StringVar(&o.theme, "theme", "auto", "`NAME` auto, dark, light, high-contrast or mono (else of the configuration)")
	f.StringVar(&o.debug, "debug", "", "`FILE` write a log without values (else to the state folder)")
	f.Lookup("debug").NoOptDefVal = inStateFolder
	_ = c.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(theme.Names, cobra.ShellCompDirectiveNoFileComp))
	f.BoolVarP(&o.isVersion, "version", "v", false, "print the version")
}

// check refuses flags that are empty or contradict each other.
func (o *options) check() error {
	if o.isGiven("debug") && strings.TrimSpace(o.debug) == "" {
		return usage.EmptyFlag("debug")
	}
	if err := o.checkSource(); err != nil {
		return err
	}
	if err := expandFlags(map[string]*string{"debug": &o.debug}); err != nil {
		return err
	}
	if slices.Contains(theme.Names, o.theme) {
		return nil
	}
	if meant := usage.Closest(o.theme, theme.Names); meant != "" {
		return exit.Usage("There is no theme %q. Did you mean %s?", o.theme, meant)
	}
	return exit.Usage("There is no theme %q; choose auto, dark, light, high-contrast or mono.", o.theme)
}

// flagError turns the errors of the flag library into sentences.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var badValue *pflag.InvalidValueError
	see := fmt.Sprintf("see \"%s --help\"", c.CommandPath())
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return exit.Usage("There is no flag -%s; \"%s --help\" lists them%s.", unknown.GetSpecifiedName(), c.CommandPath(), allLong(c))
	case errors.As(err, &unknown):
		return unknownFlag(c, unknown.GetSpecifiedName())
	case errors.As(err, &noValue) && usage.FieldsOf(noValue.GetFlag()) != nil:
		return usage.UnknownField("", usage.FieldsOf(noValue.GetFlag()))
	case errors.As(err, &noValue):
		return exit.Usage("--%s needs a value; %s.", noValue.GetFlag().Name, see)
	case errors.As(err, &badValue) && errors.Is(err, usage.ErrTwice):
		return exit.Usage("--%s is given twice; give it once.", badValue.GetFlag().Name)
	case errors.As(err, &badValue):
		return badFlagValue(badValue.GetFlag(), badValue.GetValue(), see)
	default:
		return exit.Usage("%v; %s.", err, see)
	}
}

// allLong ends a sentence about flags of a command that has no short ones; -h and -v are everywhere.
func allLong(c *cobra.Command) string {
	words := ", all with two dashes"
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Shorthand != "" && f.Shorthand != "h" && f.Shorthand != "v" {
			words = ""
		}
	})
	return words
}

// badFlagValue says what a flag takes that takes no text, and what it is for.
func badFlagValue(f *pflag.Flag, value, see string) error {
	switch f.Value.Type() {
	case "bool":
		return exit.Usage("--%s takes no value, or true or false, not %q; %s.", f.Name, value, see)
	case "duration":
		return exit.Usage("--%s takes a time, not %q: %s.", f.Name, value, usage.Meaning(f))
	}
	return exit.Usage("--%s takes a whole number, not %q: %s.", f.Name, value, usage.Meaning(f))
}

func ofConsole(c *cobra.Command, name string) error {
	return exit.Usage("%q has no flag --%s, which is one of the console; see \"%s --help\".", c.CommandPath(), name, c.CommandPath())
}

func unknownFlag(c *cobra.Command, name string) error {
	if before := c.Flags().Args(); c.HasSubCommands() && len(before) > 0 { // it may be one of the command that was meant
		return c.Args(c, before)
	}
	if c.HasParent() && c.HasSubCommands() {
		var subs []string
		isOfSub := false
		for _, sub := range c.Commands() {
			subs = append(subs, sub.Name())
			isOfSub = isOfSub || sub.Flags().Lookup(name) != nil
		}
		if !isOfSub && c.Root().Flags().Lookup(name) != nil {
			return ofConsole(c, name)
		}
		return exit.Usage("%q has no flag --%s; say what to do first: %s %s.", c.CommandPath(), name, c.CommandPath(), strings.Join(subs, ", or "))
	}
	if c.HasParent() && c.Root().Flags().Lookup(name) != nil {
		return ofConsole(c, name)
	}
	if meant := usage.Closest(name, usage.FlagNames(c)); meant != "" {
		return exit.Usage("There is no flag --%s. Did you mean --%s?", name, meant)
	}
	if c.HasParent() {
		return exit.Usage("%q has no flag --%s; see \"%s --help\".", c.CommandPath(), name, c.CommandPath())
	}
	return exit.Usage("There is no flag --%s; \"pinghome --help\" lists them.", name)
}
