package command

import (
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/ui/cli/usage"
)

// refuseTwice makes every flag refuse a second value, except those that take several: in a script, one of
// the two was forgotten.
func refuseTwice(f *pflag.FlagSet) {
	f.VisitAll(func(flag *pflag.Flag) {
		if _, takesSeveral := flag.Value.(pflag.SliceValue); !takesSeveral {
			flag.Value = &usage.OnceValue{Value: flag.Value}
		}
	})
}
