package command

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/declared"
	"github.com/account-settings/pinghome/ui/safe"
)

// fileFlag adds -f, the file that declares an account.
func fileFlag(f *pflag.FlagSet, path *string) {
	f.StringVarP(path, "file", "f", "", "`FILE` the settings as they should be, in TOML or JSON (- for standard input) (required)")
}

func checkFile(c *cobra.Command) error {
	switch f := c.Flags().Lookup("file"); {
	case !f.Changed:
		return exit.Usage("--file is missing: the settings as they should be; \"pinghome export\" prints those that are.")
	case strings.TrimSpace(f.Value.String()) == "":
		return exit.Usage("--file is empty; name a file, or - for standard input.")
	}
	return nil
}

// document reads the file that declares the account.
func (v *visit) document(ctx context.Context, path string) (d declared.Document, err error) {
	text, err := v.all(ctx, path)
	if err != nil {
		return d, err
	}
	if d, err = declared.Parse([]byte(text)); err != nil {
		return d, exit.Usage("%s: %s.", nameOf(path), strings.TrimSuffix(err.Error(), "."))
	}
	return d, nil
}

// compare reads the account, and finds what has to be done for it to be as it is declared. Errors: limit_reached, where it
// cannot be.
func (v *visit) compare(ctx context.Context, wanted declared.Document) (plan declared.Plan, channels []backend.Channel, err error) {
	p, channels, err := v.settings(ctx)
	if err == nil {
		err = wanted.CheckRoom(p)
	}
	if err != nil {
		return plan, nil, err
	}
	return declared.Compare(p, channels, wanted, v.Now()), channels, nil
}

// planSettings prints what apply would do.
func planSettings() spec {
	var path string
	return spec{use: "plan", short: "print what \"apply\" would change, and exit with 3 where that is more than codes to be typed", shows: declared.Plan{}, mayShowAll: true,
		args:    fieldsOrNone,
		example: "pinghome plan -f me.toml\npinghome export | pinghome plan -f - --account ada@byron.example",
		flags:   func(f *pflag.FlagSet) { fileFlag(f, &path) },
		check:   checkFile,
		run: func(ctx context.Context, v *visit) error {
			wanted, err := v.document(ctx, path)
			if err != nil {
				return err
			}
			plan, _, err := v.compare(ctx, wanted)
			if err != nil {
				return err
			}
			if err := v.show(plan, planText(plan)); err != nil || plan.NeedsOnlyCodes() {
				return err
			}
			return &exit.Error{Code: exit.CodeWanted}
		}}
}

// planText is a plan for a person, safe for a terminal.
func planText(plan declared.Plan) string {
	if len(plan.Steps) == 0 {
		return "Nothing is to be changed."
	}
	var lines []string
	for _, s := range plan.Steps {
		lines = append(lines, "- "+stepText(s))
	}
	if !slices.Equal(plan.Before, plan.After) {
		lines = append(lines, "", "Reached now:  "+listText(plan.Before), "Reached then: "+listText(plan.After))
	}
	return strings.Join(lines, "\n")
}

// stepText is a step in a sentence, with what it sends and what it waits for.
func stepText(s declared.Step) string {
	text := s.Says
	if s.SendsTo != "" {
		text += "; a code is sent to " + backend.ReadableValue(s.Type, s.SendsTo)
	}
	if s.IsCodeOver {
		text += "; the code that was sent is not valid any more"
	}
	if s.Waits != "" {
		text += "; waits " + s.Waits
	}
	return strings.Join(safe.Lines(text), " ")
}

func listText(addresses []declared.Address) string {
	if len(addresses) == 0 {
		return "nowhere"
	}
	list := make([]string, len(addresses))
	for i, a := range addresses {
		list[i] = safe.Text(backend.ReadableValue(a.Type, a.Value))
	}
	return strings.Join(list, ", ")
}
