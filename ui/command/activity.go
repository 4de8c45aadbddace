package command

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

func (p *Program) activity() *cobra.Command {
	return p.group("activity", "list what was changed and by whom, take changes back, or look at what was",
		activityList(), activityUndo(), activityRedo(), activityExport(), activityAt())
}

// narrowed is which entries of the journal are meant.
type narrowed struct {
	kinds []string
	match string
}

func (n *narrowed) bind(f *pflag.FlagSet) {
	f.StringSliceVar(&n.kinds, "kind", nil, "`KIND` only changes of this kind: "+strings.Join(shell.EntryKinds, ", ")+"; may be given several times")
	f.StringVar(&n.match, "match", "", "`TEXT` only entries that have these words")
}

func (n *narrowed) check(c *cobra.Command) error {
	if c.Flags().Changed("match") && strings.TrimSpace(n.match) == "" {
		return usage.EmptyFlag("match")
	}
	return checkWords(c, "kind", n.kinds, shell.EntryKinds)
}

func activityList() spec {
	var limit int
	var n narrowed
	return spec{use: "list", short: "list what was changed, the newest first", shows: backend.JournalEntry{},
		example: "pinghome activity list\npinghome activity list --kind channel --match sms --json at,actor,action,detail",
		flags:   func(f *pflag.FlagSet) { n.bind(f); limitFlag(f, &limit) },
		check:   func(c *cobra.Command) error { return cmp.Or(checkLimit(limit), n.check(c)) },
		run: func(ctx context.Context, v *visit) error {
			var list []backend.JournalEntry
			err := n.each(ctx, v, limit, func(e backend.JournalEntry) error {
				list = append(list, e)
				return nil
			})
			if err != nil {
				return err
			}
			return showList(v, list, columns{names: []string{v.atTitle(), "ACTION", "DETAIL", "ACTOR", "ID", "ADDRESS"}, spare: []string{"ADDRESS", "ACTOR"}, whole: []string{"ID", v.atTitle()}}, func(e backend.JournalEntry) []string {
				return []string{v.atCell(e.At), e.Action, e.Detail, e.Actor, e.ID, e.Address}
			})
		}}
}

// each reads the newest entries, at most so many. Where the server gives the newest alone, it says so.
func (n *narrowed) each(ctx context.Context, v *visit, limit int, do func(backend.JournalEntry) error) error {
	query := backend.JournalQuery{Kinds: shell.JournalKinds(n.kinds), Match: n.match}
	for left := limit; left > 0; {
		query.Limit = min(left, mostRows)
		page, err := v.View.Journal(ctx, query)
		if err != nil {
			return err
		}
		for _, e := range page.Entries {
			if err := do(e); err != nil {
				return err
			}
		}
		left -= len(page.Entries)
		if why := v.View.Lacks(backend.FeatureUndo); why != "" && left > 0 && len(page.Entries) >= query.Limit {
			return v.tellOlder("entries", len(page.Entries), why)
		}
		if query.After = page.Next; query.After == "" {
			return nil
		}
	}
	return nil
}

func activityUndo() spec {
	return spec{use: "undo [ENTRY]", short: "take a change back: the last one of yours, or the one with this id", args: between(1), isChange: true,
		shows:   backend.JournalEntry{},
		values:  journalEntries,
		example: "pinghome activity undo\npinghome activity undo 0193e9b2-5a70-7cc1-8f0e-2d1f6f1c9a55",
		run: func(ctx context.Context, v *visit) error {
			entry := ""
			if len(v.args) > 0 {
				if entry = v.args[0]; strings.TrimSpace(entry) == "" {
					return exit.Usage("ENTRY is empty; leave it out for your last change.")
				}
			}
			e, err := v.View.Undo(ctx, entry)
			if err != nil {
				return err
			}
			if err := v.done(e, "Taken back; now %s.", v.changed(e)); err != nil || entry != "" || v.isJSON() || v.Ask != nil {
				return err
			}
			return v.tellLater(ctx, e)
		}}
}

// tellLater tells what of the same person came after a change that was taken back, and stays as it is.
func (v *visit) tellLater(ctx context.Context, undo backend.JournalEntry) error {
	const most = 100
	read, err := v.View.Journal(ctx, backend.JournalQuery{Limit: most})
	if err != nil {
		return nil //nolint:nilerr // it was taken back all the same
	}
	var later []string
	for _, e := range read.Entries {
		if e.ID == undo.Undoes {
			break
		}
		if e.ID != undo.ID && e.Actor == undo.Actor && e.Undoes == "" && !e.CanUndo() {
			later = append(later, strings.TrimSuffix(shell.ActionText(e)+" ("+e.Detail+")", " ()"))
		}
	}
	if later == nil {
		return nil
	}
	const named = 3
	if more := len(later) - named; more > 0 {
		later = append(later[:named], fmt.Sprintf("%d more", more))
	}
	_, err = fmt.Fprintln(v.Err, safe.Text("pinghome: What came after it cannot be taken back, and stays: "+strings.Join(later, ", ")+"."))
	return outputError(err)
}

func activityRedo() spec {
	return spec{use: "redo", short: "make the change again that you took back last", isChange: true, shows: backend.JournalEntry{},
		example: "pinghome activity redo",
		run: func(ctx context.Context, v *visit) error {
			e, err := v.View.Redo(ctx)
			if err != nil {
				return err
			}
			return v.done(e, "Made again; now %s.", v.changed(e))
		}}
}

// changed says how the settings are since an entry, in the words of the console.
func (v *visit) changed(e backend.JournalEntry) string {
	words := shell.ChangeWords{Value: v.readable, Arrow: "gets",
		Username: func(email string) string { return v.readable(backend.TypeEmail, email) }}
	return strings.TrimSuffix(cmp.Or(words.Text(e), e.Action), ".")
}

func activityExport() spec {
	var n narrowed
	return spec{use: "export FILE", short: "write all of it to a new file, which ends in .jsonl or .csv, or as JSON lines to - ", args: between(1, "FILE"),
		isFile:  true,
		example: "pinghome activity export activity.csv\npinghome activity export - --kind username | jq .detail",
		flags:   n.bind,
		check:   n.check,
		run: func(ctx context.Context, v *visit) error {
			const all = 1 << 40
			if v.args[0] == fromInput {
				return v.exportLines(ctx, n, all)
			}
			file, err := export.Create(v.args[0])
			if err != nil {
				return err
			}
			if err := file.Finish(n.each(ctx, v, all, func(e backend.JournalEntry) error { return file.Add(export.OfEntry(e)) })); err != nil {
				return err
			}
			return v.say(fmt.Sprintf("Wrote %s to %s.", entries(file.Count()), file.Path()))
		}}
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// exportLines writes the entries to the output, as JSON lines.
func (v *visit) exportLines(ctx context.Context, n narrowed, limit int) error {
	out := bufio.NewWriter(safe.JSONWriter(v.Out))
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	err := n.each(ctx, v, limit, func(e backend.JournalEntry) error { return outputError(lines.Encode(export.OfEntry(e))) })
	if err == nil {
		err = outputError(out.Flush())
	}
	return err
}

func activityAt() spec {
	return spec{use: "at TIME", short: "print the settings as they were at a time", args: between(1, "TIME"), shows: backend.PastSettings{},
		example: "pinghome activity at 2h\npinghome activity at \"2026-11-20 14:05\" --json channels",
		run: func(ctx context.Context, v *visit) error {
			at, err := shell.ParsePast(v.args[0], v.Now())
			if err != nil {
				return exit.Usage("TIME: %v", err)
			}
			past, err := v.View.SettingsAt(ctx, at)
			if err != nil {
				return err
			}
			return v.show(past, v.pastText(past))
		}}
}

func (v *visit) pastText(p backend.PastSettings) string {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	list := [][2]string{{"at", v.at(p.At)}, {"name", text(p.Name)}, {"surname", text(p.Surname)}, {"email", v.cell(backend.TypeEmail, text(p.Username))},
		{"pending_email", v.cell(backend.TypeEmail, text(p.PendingUsername))}}
	var channels []string // in a pipe, with tabs
	for _, c := range p.Channels {
		state := "off"
		switch {
		case c.ActiveValue == "":
			state = "not proved"
		case c.Enabled:
			state = "on"
		}
		name, parts := fmt.Sprintf("channel %d", c.Priority), []string{string(c.Type), safe.Text(v.cell(c.Type, c.Value)), safe.Text(c.Label), state}
		if v.isTerminal() {
			list = append(list, [2]string{name, strings.Join(parts, "  ")})
		} else {
			channels = append(channels, name+":\t"+strings.Join(parts, "\t"))
		}
	}
	return strings.Join(append([]string{v.facts(list)}, channels...), "\n")
}
