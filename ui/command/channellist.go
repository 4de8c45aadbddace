package command

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

var channelTitles = columns{names: []string{"NUMBER", "TYPE", "VALUE", "LABEL", "STATUS", "REACH"}}

func (v *visit) channelRow(ch backend.Channel) []string {
	return []string{strconv.Itoa(ch.Priority), string(ch.Type), v.cell(ch.Type, ch.Value), ch.Label, string(ch.Status()), state.OfReach(ch, v.Now()).Word()}
}

func channelList() spec {
	var include, exclude, statuses []string
	var value string
	return spec{use: "list", short: "list the channels, the most important first", shows: backend.Channel{},
		example: "pinghome channel list\npinghome channel list --type email --json priority,value,status\n" +
			"pinghome channel list --status pending --status disabled\npinghome channel list --value ada@byron.example --json priority",
		flags: func(f *pflag.FlagSet) {
			f.StringSliceVar(&include, "type", nil, "`TYPE` only of this type; may be given several times")
			f.StringSliceVar(&exclude, "exclude-type", nil, "`TYPE` none of this type; may be given several times")
			f.StringSliceVar(&statuses, "status", nil, "`STATUS` only in this state: pending, active or disabled; may be given several times")
			f.StringVar(&value, "value", "", "`VALUE` only the channel with this value, in force or waiting for its code")
		},
		check: func(c *cobra.Command) error {
			if c.Flags().Changed("value") && strings.TrimSpace(value) == "" {
				return usage.EmptyFlag("value")
			}
			return cmp.Or(checkTypes(c, "type", include), checkTypes(c, "exclude-type", exclude), checkWords(c, "status", statuses, channelStatuses))
		},
		run: func(ctx context.Context, v *visit) error {
			filter := backend.ChannelFilter{Include: typesOf(include), Exclude: typesOf(exclude)}
			list, err := v.View.Channels(ctx, filter)
			if err != nil {
				return err
			}
			list = slices.DeleteFunc(list, func(ch backend.Channel) bool {
				named := seen{value: value}
				return len(statuses) > 0 && !slices.Contains(statuses, string(ch.Status())) || value != "" && !named.isOf(ch)
			})
			return showList(v, list, channelTitles, v.channelRow)
		}}
}

var channelStatuses = []string{string(backend.StatusPending), string(backend.StatusActive), string(backend.StatusDisabled)}

// checkTypes refuses what is no type.
func checkTypes(c *cobra.Command, flag string, types []string) error {
	if err := checkWords(c, flag, types, nil); err != nil {
		return err
	}
	for _, t := range typesOf(types) {
		if _, err := backend.CleanType(t); err != nil {
			return exit.Usage("--%s: %v", flag, err)
		}
	}
	return nil
}

// checkWords refuses the values of a flag that are none of some words; nil for any. An empty list was given as "".
func checkWords(c *cobra.Command, flag string, given, words []string) error {
	if c.Flags().Changed(flag) && len(given) == 0 {
		return usage.EmptyFlag(flag)
	}
	for _, word := range given {
		if words != nil && !slices.Contains(words, word) {
			return exit.Usage("--%s: There is no %q; use %s.", flag, word, strings.Join(words, ", "))
		}
	}
	return nil
}

func typesOf(texts []string) (types []backend.ChannelType) {
	for _, text := range texts {
		types = append(types, backend.ChannelType(text))
	}
	return types
}

// limitFlag adds --limit.
func limitFlag(f *pflag.FlagSet, limit *int) {
	f.IntVarP(limit, "limit", "L", 30, "`NUMBER` list so many at most")
}

func checkLimit(limit int) error {
	if limit < 1 {
		return exit.Usage("--limit is a number from 1, not %d.", limit)
	}
	return nil
}

func channelAttempts() spec {
	var limit int
	return spec{use: "attempts NUMBER", short: "list the attempts to reach a channel, the newest first", args: between(1, "NUMBER"), shows: backend.Attempt{},
		values:  channelNumbers,
		example: "pinghome channel attempts 3\npinghome channel attempts 3 --limit 1 --json outcome,status",
		flags:   func(f *pflag.FlagSet) { limitFlag(f, &limit) },
		run: func(ctx context.Context, v *visit) error {
			priority, err := priorityOf(v.args[0])
			if err == nil {
				err = checkLimit(limit)
			}
			if err != nil {
				return err
			}
			list, err := newestRows(v, "attempts", limit, func(than string, limit int) ([]backend.Attempt, error) {
				if than == "" {
					return v.View.ChannelAttempts(ctx, priority, limit)
				}
				return v.View.OlderAttempts(ctx, priority, than, limit)
			}, func(a backend.Attempt) string { return a.ID })
			if err != nil {
				return err
			}
			return showList(v, list, v.attemptTitles(), v.attemptRow)
		}}
}

func (v *visit) attemptTitles() columns {
	return columns{names: []string{v.atTitle(), "KIND", "OUTCOME", "PROVIDER", "STATUS", "TOOK"}, spare: []string{"TOOK"}, whole: []string{v.atTitle()}}
}

func (v *visit) attemptRow(a backend.Attempt) []string {
	return []string{v.atCell(a.At), string(a.Kind), string(a.Outcome), a.Provider, a.Status, shell.Took(a.Duration)}
}
