package command

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/declared"
	"github.com/account-settings/pinghome/ui/mask"
)

// exportSettings prints the settings of an account as a file that plan and apply read.
func exportSettings() spec {
	var format string
	var isMasked, hasPseudonyms bool
	return spec{use: "export", short: "print the settings of an account as a file for \"plan\" and \"apply\"",
		example: "pinghome export > me.toml\npinghome export --format json --pseudonyms",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&format, "format", "toml", "`FORMAT` toml or json")
			f.BoolVar(&isMasked, "masked", false, "hide the private part of each value")
			f.BoolVar(&hasPseudonyms, "pseudonyms", false, "print stand-ins in the place of values, the same for the same value on this machine, so that two files can be compared and shown to others")
		},
		check: func(*cobra.Command) error {
			switch {
			case format != "toml" && format != "json":
				return exit.Usage("--format is toml or json, not %q.", format)
			case isMasked && hasPseudonyms:
				return exit.Usage("--masked and --pseudonyms are two ways to hide values; give one of them.")
			}
			return nil
		},
		run: func(ctx context.Context, v *visit) error {
			p, all, err := v.settings(ctx)
			if err != nil {
				return err
			}
			d := declared.Of(p, all)
			switch {
			case isMasked:
				maskDocument(&d)
			case hasPseudonyms:
				key, err := v.PseudonymKey()
				if err != nil {
					return err
				}
				by := declared.Pseudonyms{Key: key}
				d.Hide("pseudonyms", by.Value, by.Text)
			}
			write := d.TOML
			if format == "json" {
				write = d.JSON
			}
			content, err := write()
			if err != nil {
				return err
			}
			_, err = v.Out.Write(content)
			return outputError(err)
		}}
}

// settings reads what a document is about.
func (v *visit) settings(ctx context.Context) (p backend.Profile, channels []backend.Channel, err error) {
	if p, err = v.View.Profile(ctx); err == nil {
		channels, err = allChannels(v.View)(ctx)
	}
	return p, channels, err
}

// maskDocument hides the private part of each value, and tells different ones apart.
func maskDocument(d *declared.Document) {
	values := []mask.Value{{Type: backend.TypeEmail, Text: *d.Username}}
	for _, c := range d.Channels {
		values = append(values, mask.Value{Type: c.Type, Text: c.Value})
	}
	masks := mask.All(values, mask.Signs{Hidden: "•", Number: "·"})
	d.Hide("masked", func(kind backend.ChannelType, value string) string {
		return masks[mask.Value{Type: kind, Text: value}]
	}, func(text string) string { return text })
}
