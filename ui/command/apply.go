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
)

// applied is what came of apply.
type applied struct {
	Done []declared.Step `json:"done"`
	Open []declared.Step `json:"open"`
}

// applySettings makes an account what a file declares, as far as that is possible now. It reads the account again
// after each step, so that it can be broken off and run again.
func applySettings() spec {
	var path string
	var asked input
	return spec{use: "apply", short: "make an account what a file declares, and exit with 3 where something is still open", isChange: true, isAsking: true,
		shows: applied{}, mayShowAll: true, wait: &waiting{},
		example: "pinghome apply -f me.toml\npinghome apply -f me.toml --yes --no-input",
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
			a := application{visit: v, wanted: wanted, later: map[string]bool{}}
			plan, err := a.compare(ctx)
			if err != nil {
				return err
			}
			a.open = plan.Steps
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
	wanted declared.Document
	done   []declared.Step
	open   []declared.Step // as far as is known
	later  map[string]bool // steps that a person has put off, by what they say
}

func (a *application) compare(ctx context.Context) (declared.Plan, error) {
	p, all, err := a.settings(ctx)
	return declared.Compare(p, all, a.wanted), err
}

// run makes step after step, until none is left that can be made, and tells what is open, also where it is broken off.
func (a *application) run(ctx context.Context) error {
	err := a.makeAll(ctx)
	if failed := a.tell(); failed != nil {
		return failed
	}
	if err == nil && len(a.open) > 0 {
		err = &exit.Error{Code: exit.CodeWanted}
	}
	return err
}

func (a *application) makeAll(ctx context.Context) error {
	for {
		plan, err := a.compare(ctx)
		if err != nil {
			return err
		}
		a.open = plan.Steps
		i := slices.IndexFunc(a.open, a.canMake)
		if i < 0 {
			return nil
		}
		step := a.open[i]
		if slices.ContainsFunc(a.done, func(s declared.Step) bool { return s.Says == step.Says }) {
			return exit.Failed("%s: it was done, and another program has changed it back.", step.Says)
		}
		isDone, err := a.make(ctx, step)
		if err != nil {
			return err
		}
		if !isDone {
			a.later[step.Says] = true
			continue
		}
		a.done, a.open = append(a.done, step), slices.Delete(a.open, i, i+1)
		if a.isJSON() {
			continue
		}
		if err := a.say(step.Says + ": done."); err != nil {
			return err
		}
	}
}

// canMake reports whether a step can be made now.
func (a *application) canMake(s declared.Step) bool {
	return s.Waits == "" && !a.later[s.Says] && (!s.NeedsCode() || a.canAsk())
}

// tell tells what is open. A step that was broken off is among that, whether it was made or not.
func (a *application) tell() error {
	lines := []string{"Everything is as it is declared."}
	if len(a.open) > 0 {
		lines = []string{"Still open:"}
		for _, s := range a.open {
			lines = append(lines, "- "+stepText(s)+howTo(s))
		}
		lines = append(lines, "Run it again then.")
	}
	return a.show(applied{append([]declared.Step{}, a.done...), append([]declared.Step{}, a.open...)}, strings.Join(lines, "\n"))
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

// make makes a step. isDone is false where a person types no code for it now.
func (a *application) make(ctx context.Context, s declared.Step) (isDone bool, err error) {
	if s.NeedsCode() {
		return a.enter(ctx, s)
	}
	guard := seen{value: s.Was} // nothing happens to a channel that is another one by now
	err = guard.do(ctx, a.View, s.Channel, func(ctx context.Context) error { return a.change(ctx, s) })
	if err == nil && s.SendsTo != "" && a.Send != nil {
		a.Send()
	}
	return true, err
}

func (a *application) change(ctx context.Context, s declared.Step) (err error) {
	switch d := s.Declared; s.Action {
	case declared.Rename:
		_, err = a.View.UpdateName(ctx, backend.NameChange{Name: s.Name, Surname: s.Surname})
	case declared.ChangeUsername:
		_, err = a.View.ChangeUsername(ctx, s.Username)
	case declared.Add:
		var ch backend.Channel
		label := ""
		if d.Label != nil {
			label = *d.Label
		}
		if ch, err = a.View.CreateChannel(ctx, d.Type, d.Value, label); err == nil && ch.SigningSecret != "" {
			_, err = fmt.Fprintf(a.Err, "The signing secret of channel %d is not shown again: %s\n", ch.Priority, ch.SigningSecret)
			err = outputError(err)
		}
	case declared.Edit:
		_, err = a.View.UpdateChannel(ctx, s.Channel, d.Value, d.Label)
	case declared.Label:
		_, err = a.View.UpdateChannel(ctx, s.Channel, s.Was, d.Label)
	case declared.Enable, declared.Disable:
		_, err = a.View.SetChannelEnabled(ctx, s.Channel, s.Action == declared.Enable)
	case declared.Reorder:
		_, err = a.View.OrderChannels(ctx, s.Order)
	case declared.Delete:
		_, err = a.View.DeleteChannels(ctx, []int{s.Channel})
	case declared.Verify, declared.ConfirmUsername: // enter makes these
	}
	return err
}

// enter asks for a code until it is right, or none is typed.
func (a *application) enter(ctx context.Context, s declared.Step) (isDone bool, err error) {
	for {
		code, err := a.ask(ctx, strings.Join(a.question(s), " "))
		if err != nil || strings.TrimSpace(code) == "" {
			return false, err
		}
		if s.Action == declared.ConfirmUsername {
			_, err = a.View.ConfirmUsername(ctx, strings.TrimSpace(code))
		} else {
			guard := seen{value: s.Was}
			err = guard.do(ctx, a.View, s.Channel, func(ctx context.Context) error {
				_, err := a.View.VerifyChannel(ctx, s.Channel, strings.TrimSpace(code))
				return err
			})
		}
		switch backend.ErrorCode(err) {
		case backend.CodeWrong, backend.CodeInvalid, backend.CodeExpired:
			if _, failed := fmt.Fprintln(a.Err, safeLines(err.Error())); failed != nil {
				return false, outputError(failed)
			}
			continue
		}
		return err == nil, err
	}
}

func (a *application) question(s declared.Step) []string {
	return []string{safeLines(s.Says) + ".", "The code (Enter to leave it open):"}
}

// Settings are the commands on an account that is declared in a file.
func (p *Program) Settings() []*cobra.Command {
	return []*cobra.Command{exportSettings().command(p), planSettings().command(p), applySettings().command(p)}
}
