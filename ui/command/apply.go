package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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
			a := application{visit: v, wanted: wanted, wait: wait}
			if a.agreed, err = a.compare(ctx); err != nil {
				return err
			}
			if len(a.agreed.Steps) > 0 && !v.isYes {
				if _, err := fmt.Fprintln(v.Err, planText(a.agreed)); err != nil {
					return outputError(err)
				}
				if err := v.confirm(ctx, "Do this?"); err != nil {
					return err
				}
			}
			wait.begin(v)
			return a.run(ctx)
		}}
}

// application is one run of apply.
type application struct {
	*visit
	wanted   declared.Document
	agreed   declared.Plan // what was agreed to, or was to be done at the start: nothing else is done
	wait     waiting
	done     []declared.Step
	channels []backend.Channel // as they were read last
	current  *declared.Step    // that is being made; nil for none
	open     []declared.Step   // as far as is known
	isKnown  bool              // that no more is open
	stale    int               // how often the account has become another one under a step
	later    []declared.Step   // that a person has put off, or that come too often
	faults   []error           // of steps that come too often
}

func (a *application) compare(ctx context.Context) (declared.Plan, error) {
	plan, all, err := a.visit.compare(ctx, a.wanted)
	if err == nil {
		a.channels = all
	}
	return plan, err
}

// run makes step after step, until none is left that can be made, and tells what is open, also where it is broken off.
func (a *application) run(ctx context.Context) error {
	err := a.makeAll(ctx)
	if !a.isKnown && !shell.IsTransient(err) && a.look(ctx, ctx.Err() != nil || shell.IsUnknown(err)) && shell.IsUnknown(err) {
		err = ctx.Err()
	}
	if failed := cmp.Or(a.tellUntold(), a.tell()); failed != nil { // more may be open: it is not as after another change
		if _, isUnwritten := errors.AsType[unwritten](err); isUnwritten { // which is told here
			err = nil
		}
		return oneOf(err, exit.Failed("Done so far: %s. %v", shell.Count(len(a.done), "step"), failed))
	}
	if err == nil && len(a.open) > 0 {
		err = &exit.Error{Code: exit.CodeWanted}
	}
	return err
}

// lastLook is how long a last reading may take, which a signal does not end.
const lastLook = 2 * time.Second

// look reads what is open, also after a signal. isUnsure says that the step which was being made may have been made; isMade
// that it was.
func (a *application) look(ctx context.Context, isUnsure bool) (isMade bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	plan, err := a.compare(ctx)
	if err != nil {
		return false
	}
	a.open, a.isKnown = plan.Steps, true
	if !isUnsure || a.current == nil || slices.ContainsFunc(a.open, a.current.IsSame) {
		return false
	}
	a.done = append(a.done, *a.current)
	if !a.isJSON() {
		_ = a.say(a.current.Says + ": done.") // tell returns the error, if there is one
	}
	if ch, isThere := a.channelOf(*a.current); isThere && a.current.Action == declared.Add && ch.Type == backend.TypeWebhook {
		_ = a.warn(fmt.Sprintf("pinghome: The signing secret of %s was lost with the answer; %s gives a new one.", a.readable(ch.Type, ch.Value),
			a.hint("channel rotate-secret %d", ch.Priority)))
	}
	return true
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
			return oneOf(a.faults...)
		}
		step := a.open[i]
		a.current, a.isKnown = &step, false
		sent, err := a.make(ctx, &step)
		switch code := backend.ErrorCode(err); {
		case code == backend.CodeStale && a.stale < mostStale: // it is planned anew
			a.stale++
		case code == backend.CodeRateLimited || code == backend.CodeLocked:
			a.later, a.faults = append(a.later, step), append(a.faults, about(step.Says, err))
		case err != nil:
			return about(step.Says, err)
		case !slices.ContainsFunc(a.later, step.IsSame):
			if err := a.note(ctx, i, step, sent); err != nil {
				return about(step.Says, err)
			}
		}
		a.current = nil
	}
}

// note takes note of a step that was made, and waits for the message that it has sent; nil for none.
func (a *application) note(ctx context.Context, i int, step declared.Step, sent *awaited) error {
	a.done, a.open, a.current = append(a.done, step), slices.Delete(a.open, i, i+1), nil
	if !a.isJSON() {
		if err := a.say(step.Says + ": done."); err != nil {
			return err
		}
	}
	if err := a.tellSecret(step); err != nil {
		return err
	}
	if sent == nil {
		return nil
	}
	return a.wait.message(ctx, a.visit, sent)
}

// tellSecret tells the signing secret of a new webhook to a person at once. It does not get into a log.
func (a *application) tellSecret(s declared.Step) error {
	if s.SigningSecret == "" || !a.isPerson() || slices.Contains(a.picked, "done") { // which has it
		return nil
	}
	return a.warn("pinghome: The signing secret of " + a.readable(s.Type, s.Value) + " is not shown again: " + s.SigningSecret)
}

// channelOf is the channel that has the value of a step, as it was read last.
func (a *application) channelOf(s declared.Step) (ch backend.Channel, isThere bool) {
	i := slices.IndexFunc(a.channels, func(ch backend.Channel) bool {
		return ch.Type == s.Type && backend.CanonicalValue(ch.Type, ch.Value) == backend.CanonicalValue(s.Type, s.Value)
	})
	if i < 0 {
		return ch, false
	}
	return a.channels[i], true
}

// tellUntold says how to get a signing secret that was told to none, by the numbers that the channels have at the end.
func (a *application) tellUntold() error {
	if a.isPerson() || slices.Contains(a.picked, "done") {
		return nil
	}
	for _, s := range a.done {
		ch, isThere := a.channelOf(s)
		if s.SigningSecret == "" || !isThere {
			continue
		}
		if err := a.visit.tellSecret(backend.Channel{Priority: ch.Priority, SigningSecret: s.SigningSecret}); err != nil {
			return err
		}
	}
	return nil
}

// canMake reports whether a step can be made now, and was agreed to.
func (a *application) canMake(s declared.Step) bool {
	return s.Waits == "" && a.why(s) == "" && !slices.ContainsFunc(a.later, s.IsSame) && (!s.NeedsCode() || a.canAsk())
}

// why says why a step is not made in this run, though it could be; "" where it is.
func (a *application) why(s declared.Step) string {
	switch {
	case slices.ContainsFunc(a.done, s.IsSame):
		return "it was done, and has been changed back in the meantime"
	case !a.agreed.Leads(s):
		return "the account was changed in the meantime; this was not in the plan"
	}
	return ""
}

// tell tells what is open. A step that was broken off is among that, whether it was made or not.
func (a *application) tell() error {
	lines := []string{"Everything is as it is declared."}
	if len(a.agreed.Before) > 0 && !slices.ContainsFunc(a.channels, backend.Channel.Reachable) {
		lines = append(lines, noneReached)
	}
	switch {
	case !a.isKnown:
		lines = []string{"What else is open is not known. Run it again."}
	case len(a.open) > 0:
		lines = []string{"Run it again then."}
	}
	if len(a.open) > 0 {
		list := []string{"Still open:"}
		for _, s := range a.open {
			list = append(list, "- "+stepText(s)+a.howTo(s))
		}
		lines = append(list, lines...)
	}
	result := applied{Done: append([]declared.Step{}, a.done...)}
	if a.isKnown {
		result.Open = append([]declared.Step{}, a.open...)
	}
	return a.show(result, strings.Join(lines, "\n"))
}

// howTo says in parentheses what a person can do for a step.
func (a *application) howTo(s declared.Step) string {
	why, noun := a.why(s), "channel"
	if s.Action == declared.ConfirmUsername {
		noun = "username"
	}
	number := ""
	if s.Channel > 0 {
		number = fmt.Sprintf(" %d", s.Channel)
	}
	switch {
	case why != "":
	case s.IsCodeOver:
		why = a.hint("%s send-code%s", noun, number) + " sends a new one"
	case s.Action == declared.ConfirmUsername:
		why = a.hint("username confirm CODE")
	case s.NeedsCode():
		why = a.hint("channel verify%s CODE", number)
	default:
		return ""
	}
	return " (" + why + ")"
}

// Settings are the commands on an account that is declared in a file.
func (p *Program) Settings() []*cobra.Command {
	return []*cobra.Command{exportSettings().command(p), planSettings().command(p), applySettings().command(p)}
}
