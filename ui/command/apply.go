package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/declared"
	"github.com/account-settings/pinghome/ui/shell"
)

// applied is what came of apply.
type applied struct {
	Done []declared.Step `json:"done"`
	Open []declared.Step `json:"open"` // null where it is not known, since the account could not be read any more
}

// applySettings makes an account what a file declares, as far as that is possible now. It reads the account again
// after each step, so that it can be broken off and run again.
func applySettings() spec {
	var path string
	var asked input
	var wait waiting
	return spec{use: "apply", short: "make an account what a file declares, and exit with 3 where something is still open", isChange: true, hasNoKey: true, isAsking: true,
		args: fieldsOrNone, shows: applied{}, mayShowAll: true, wait: &wait,
		example: "pinghome apply -f me.toml\npinghome apply -f me.toml --yes --no-input\npinghome apply -f me.toml --yes --wait=1m",
		flags: func(f *pflag.FlagSet) {
			fileFlag(f, &path)
			asked.yesFlag(f)
		},
		check: checkFile,
		run: func(ctx context.Context, v *visit) error {
			v.isYes = asked.isYes
			wanted, err := v.document(ctx, path)
			if err != nil {
				return err
			}
			a := application{visit: v, wanted: wanted, wait: wait, later: map[string]bool{}}
			plan, err := a.compare(ctx)
			if err != nil {
				return err
			}
			if len(plan.Steps) > 0 && !v.isYes {
				if _, err := fmt.Fprintln(v.Err, planText(plan)); err != nil {
					return outputError(err)
				}
				if err := v.confirm(ctx, "Do this?"); err != nil {
					return err
				}
			}
			return a.run(ctx)
		}}
}

// application is one run of apply.
type application struct {
	*visit
	wanted  declared.Document
	wait    waiting
	done    []declared.Step
	open    []declared.Step // as far as is known
	isKnown bool            // that no more is open
	stale   int             // how often the account has become another one under a step
	later   map[string]bool // steps that a person has put off, by what they say
}

func (a *application) compare(ctx context.Context) (declared.Plan, error) {
	p, all, err := a.settings(ctx)
	return declared.Compare(p, all, a.wanted, a.Now()), err
}

// run makes step after step, until none is left that can be made, and tells what is open, also where it is broken off.
func (a *application) run(ctx context.Context) error {
	err := a.makeAll(ctx)
	if !a.isKnown && ctx.Err() == nil && !shell.IsTransient(err) {
		if plan, unread := a.compare(ctx); unread == nil {
			a.open, a.isKnown = plan.Steps, true
		}
	}
	if failed := a.tell(); failed != nil { // more may be open: it is not as after another change
		return exit.Failed("Done so far: %s. %v", shell.Count(len(a.done), "step"), failed)
	}
	if err == nil && len(a.open) > 0 {
		err = &exit.Error{Code: exit.CodeWanted}
	}
	return err
}

// mostStale bounds how often the steps are planned anew because another program changes the account.
const mostStale = 10

func (a *application) makeAll(ctx context.Context) error {
	for {
		plan, err := a.compare(ctx)
		if a.isKnown = err == nil; err != nil {
			return err
		}
		a.open = plan.Steps
		i := slices.IndexFunc(a.open, a.canMake)
		if i < 0 {
			return nil
		}
		step := a.open[i]
		if slices.ContainsFunc(a.done, step.IsSame) {
			return exit.Failed("%s: it was done, and another program has changed it back.", step.Says)
		}
		sent, err := a.make(ctx, step)
		switch {
		case backend.ErrorCode(err) == backend.CodeStale && a.stale < mostStale: // it is planned anew
			a.stale++
		case err != nil:
			return about(step.Says, err)
		case !a.later[step.Says]:
			if err := a.note(ctx, i, sent); err != nil {
				return about(step.Says, err)
			}
		}
	}
}

// note takes note of a step that was made, and waits for the message that it has sent; nil for none.
func (a *application) note(ctx context.Context, i int, sent *awaited) error {
	step := a.open[i]
	a.done, a.open = append(a.done, step), slices.Delete(a.open, i, i+1)
	a.isKnown = false // a code may be open now
	if !a.isJSON() {
		if err := a.say(step.Says + ": done."); err != nil {
			return err
		}
	}
	if sent == nil {
		return nil
	}
	return a.wait.message(ctx, a.visit, sent)
}

// canMake reports whether a step can be made now.
func (a *application) canMake(s declared.Step) bool {
	return s.Waits == "" && !a.later[s.Says] && (!s.NeedsCode() || a.canAsk())
}

// tell tells what is open. A step that was broken off is among that, whether it was made or not.
func (a *application) tell() error {
	lines := []string{"Everything is as it is declared."}
	switch {
	case !a.isKnown:
		lines = []string{"What else is open is not known. Run it again."}
	case len(a.open) > 0:
		lines = []string{"Run it again then."}
	}
	if len(a.open) > 0 {
		list := []string{"Still open:"}
		for _, s := range a.open {
			list = append(list, "- "+stepText(s)+howTo(s))
		}
		lines = append(list, lines...)
	}
	result := applied{Done: append([]declared.Step{}, a.done...)}
	if a.isKnown {
		result.Open = append([]declared.Step{}, a.open...)
	}
	return a.show(result, strings.Join(lines, "\n"))
}

// howTo names the command that takes a code.
func howTo(s declared.Step) string {
	if !s.NeedsCode() {
		return ""
	}
	if s.Action == declared.ConfirmUsername {
		return " (pinghome username confirm CODE)"
	}
	return fmt.Sprintf(" (pinghome channel verify %d CODE)", s.Channel)
}

// Settings are the commands on an account that is declared in a file.
func (p *Program) Settings() []*cobra.Command {
	return []*cobra.Command{exportSettings().command(p), planSettings().command(p), applySettings().command(p)}
}
