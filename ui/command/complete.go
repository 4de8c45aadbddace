package command

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/mask"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// CompletionLimit is how long a shell waits for the values of an argument. A person has typed on after that.
const CompletionLimit = 2 * time.Second

// mostSuggested bounds a list of values: more do not help a person to choose.
const mostSuggested = 50

// values lists what an argument or a flag may be, for completion in a shell.
type values func(ctx context.Context, o Opened) ([]cobra.Completion, error)

// opener opens the account that the flags of a command name.
type opener func(context.Context, Purpose) (Opened, error)

// complete makes a completion of values that are in the account. Where it cannot be opened there are none.
func (list values) complete(open opener, why Purpose) []cobra.Completion {
	ctx, cancel := context.WithTimeout(context.Background(), CompletionLimit)
	defer cancel()
	opened, err := open(ctx, why)
	if err != nil {
		return nil
	}
	found, err := list(ctx, opened)
	if _, closing := opened.Close(false); err != nil || closing != nil {
		return nil
	}
	return found
}

// ofArguments completes the first argument of a command, or all of one that takes several.
func (list values) ofArguments(open opener, takesSeveral bool) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if list == nil || len(args) > 0 && !takesSeveral {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		found := slices.DeleteFunc(list.complete(open, Purpose{}), func(c cobra.Completion) bool {
			choice, _, _ := strings.Cut(c, "\t")
			return slices.Contains(args, choice)
		})
		return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// firstOf completes the first argument of a command by one of some words.
func firstOf(words []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// suggestion is a value and what it is.
func suggestion(value, format string, args ...any) cobra.Completion {
	return cobra.CompletionWithDesc(safe.Text(value), safe.Text(fmt.Sprintf(format, args...)))
}

// channelNumbers are the channels by their numbers, with their values hidden as in the console.
func channelNumbers(ctx context.Context, o Opened) (list []cobra.Completion, err error) {
	all, err := allChannels(o.View)(ctx)
	hidden := make([]mask.Value, len(all))
	for i, ch := range all {
		hidden[i] = mask.Value{Type: ch.Type, Text: backend.ReadableHost(ch.Type, ch.Value)}
	}
	masks := mask.All(hidden, mask.Signs{Hidden: "•", Number: "·"})
	for i, ch := range all {
		list = append(list, suggestion(strconv.Itoa(ch.Priority), "%s %s %s", ch.Type, masks[hidden[i]], ch.Label))
	}
	return list, err
}

// messageIDs are the newest messages by their ids. Codes are not shown.
func messageIDs(ctx context.Context, o Opened) (list []cobra.Completion, err error) {
	newest, err := o.View.Messages(ctx, mostSuggested)
	for _, m := range newest.Messages {
		list = append(list, suggestion(m.ID, "%s %s, %s, %s", m.Type, m.Kind, m.State, m.At.Local().Format(time.DateTime)))
	}
	return list, err
}

// journalEntries are the newest changes that can be taken back, by their ids.
func journalEntries(ctx context.Context, o Opened) (list []cobra.Completion, err error) {
	page, err := o.View.Journal(ctx, backend.JournalQuery{Limit: mostSuggested})
	for _, e := range page.Entries {
		if e.CanUndo() {
			list = append(list, suggestion(e.ID, "%s %s, %s", e.Action, e.Detail, e.At.Local().Format(time.DateTime)))
		}
	}
	return list, err
}

// CompleteAccount completes --account: by the beginning of emails.
func CompleteAccount(open func(context.Context, Purpose) (Opened, error)) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var list values = func(ctx context.Context, o Opened) (list []cobra.Completion, err error) {
			if o.Accounts == nil {
				return nil, nil
			}
			all, err := o.Accounts.List(ctx, typed, mostSuggested)
			for _, a := range all {
				list = append(list, suggestion(a.Email, "%s, %s", a.FullName(), a.Organization))
			}
			return list, err
		}
		return list.complete(open, Purpose{MayBeAll: true}), cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFields completes a list of fields with commas between them.
func completeFields(names []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) (list []cobra.Completion, _ cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		for _, name := range names {
			if !slices.Contains(strings.Split(before, ","), name) {
				list = append(list, before+name)
			}
		}
		return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// completions are the values of flags that are always the same.
func completions() map[string][]string {
	types := make([]string, len(backend.ChannelTypes))
	for i, t := range backend.ChannelTypes {
		types[i] = string(t)
	}
	return map[string][]string{"type": types, "exclude-type": types, "status": channelStatuses, "state": messageStates, "reason": backend.DeletionReasons,
		"kind": shell.EntryKinds, "format": {"toml", "json"}}
}
