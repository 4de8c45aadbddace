package usage

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// ErrTwice is why a flag refuses a second value that is another one.
var ErrTwice = errors.New("it is given twice")

// OnceValue is the value of a flag that has one value at most. The same one may be set again, as the
// completion in a shell does.
type OnceValue struct {
	pflag.Value
	given *string // nil before the first value
}

// Set takes a first value. Errors: ErrTwice, and that of the value.
func (v *OnceValue) Set(text string) error {
	if v.given != nil && *v.given != text {
		return ErrTwice
	}
	v.given = &text
	return v.Value.Set(text)
}

// RefuseTwice makes every flag of a command and of those below it refuse a second value, except those that take
// several: in a script, one of the two was forgotten.
func RefuseTwice(c *cobra.Command) {
	c.Flags().VisitAll(func(flag *pflag.Flag) {
		if _, takesSeveral := flag.Value.(pflag.SliceValue); !takesSeveral {
			flag.Value = &OnceValue{Value: flag.Value}
		}
	})
	for _, sub := range c.Commands() {
		RefuseTwice(sub)
	}
}

// EmptyFlag refuses a flag whose value is empty: in a script, a variable was not set.
func EmptyFlag(name string) error {
	return exit.Usage("--%s is empty; give it a value or leave it out.", name)
}

// fields is the annotation of a flag that takes the names of fields.
const fields = "fields"

// TakeFields notes which fields a flag takes, for FieldsOf.
func TakeFields(f *pflag.Flag, names []string) {
	f.Annotations = map[string][]string{fields: names}
}

// FieldsOf are the fields that a flag takes; nil for one that takes something else.
func FieldsOf(f *pflag.Flag) []string {
	if f == nil {
		return nil
	}
	return f.Annotations[fields]
}

// UnknownField refuses the name of a field, "" for none, and lists those that there are.
func UnknownField(name string, names []string) error {
	if name == "" {
		return exit.Usage("--json takes the names of fields, with commas between them: %s.", strings.Join(names, ","))
	}
	if meant := Closest(name, names); meant != "" {
		return exit.Usage("There is no field %q. Did you mean %s? There are %s.", name, meant, strings.Join(names, ","))
	}
	return exit.Usage("There is no field %q; there are %s.", name, strings.Join(names, ","))
}
