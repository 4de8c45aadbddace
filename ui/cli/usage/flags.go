package usage

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// FlagNames lists the flags of a command.
func FlagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// required is the annotation of flags that a command needs.
const required = "required"

// Require marks flags that a command needs.
func Require(c *cobra.Command, flags ...string) {
	for _, name := range flags {
		c.Flags().Lookup(name).Annotations = map[string][]string{required: nil}
	}
}

// IsRequired reports whether a command needs the flag.
func IsRequired(f *pflag.Flag) bool {
	_, is := f.Annotations[required]
	return is
}

// MissingFlags refuses a command in which flags are missing that it needs, one a line; nil
// where none is.
func MissingFlags(c *cobra.Command) error {
	var missing []error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if IsRequired(f) && strings.TrimSpace(f.Value.String()) == "" {
			missing = append(missing, fmt.Errorf("--%s is missing: %s.", f.Name, Meaning(f)))
		}
	})
	if missing == nil {
		return nil
	}
	missing = append(missing, fmt.Errorf("\"%s --help\" has an example.", c.CommandPath()))
	return &exit.Error{Code: exit.CodeUsage, Err: errors.Join(missing...)}
}

// ByFlags names the flags and arguments of the wrong values in an error of the backend, one a line. Of another
// error that has fields, its sentence says all.
func ByFlags(c *cobra.Command, err error) error {
	var wrong *backend.Error
	if !errors.As(err, &wrong) || len(wrong.Fields) == 0 {
		return err
	}
	if wrong.Code != backend.CodeInvalid {
		return &exit.Error{Code: exit.CodeOf(wrong), Err: errors.New(wrong.Message), Cause: err}
	}
	var faults []error
	for _, field := range slices.Sorted(maps.Keys(wrong.Fields)) {
		name := field
		switch argument := strings.ToUpper(field); {
		case c.Flags().Lookup(field) != nil:
			name = "--" + field
		case strings.Contains(c.Use, argument):
			name = argument
		}
		faults = append(faults, fmt.Errorf("%s: %s", name, strings.Join(wrong.Fields[field], " ")))
	}
	return &exit.Error{Code: exit.CodeUsage, Err: errors.Join(faults...), Cause: err}
}

// Plain leaves the meaning of each flag in its usage, as a shell shows it beside the flag.
func Plain(c *cobra.Command) {
	c.Flags().VisitAll(func(f *pflag.Flag) { f.Usage = Meaning(f) })
	for _, sub := range c.Commands() {
		Plain(sub)
	}
}

// Meaning is what the help says of a flag. In its usage, the name of its value stands first,
// in backquotes.
func Meaning(f *pflag.Flag) string {
	value, usage := pflag.UnquoteUsage(f)
	return strings.TrimPrefix(usage, value+" ")
}
