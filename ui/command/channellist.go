package command

import (
	"cmp"
	"context"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

var channelTitles = columns{names: []string{"NUMBER", "TYPE", "VALUE", "LABEL", "STATUS", "REACH"}}

func (v *visit) channelRow(ch backend.Channel) []string {
	return []string{strconv.Itoa(ch.Priority), string(ch.Type), backend.ReadableValue(ch.Type, ch.Value), ch.Label, string(ch.Status()), state.OfReach(ch, v.Now()).Word()}
}

func channelList() spec {
	var include, exclude []string
	return spec{use: "list", short: "list the channels, the most important first", shows: backend.Channel{},
		example: "pinghome channel list\npinghome channel list --type email --json priority,value,status",
		flags: func(f *pflag.FlagSet) {
			f.StringSliceVar(&include, "type", nil, "`TYPE` only of this type; may be given several times")
			f.StringSliceVar(&exclude, "exclude-type", nil, "`TYPE` none of this type; may be given several times")
		},
		check: func(*cobra.Command) error {
			return cmp.Or(checkTypes("type", include), checkTypes("exclude-type", exclude))
		},
		run: func(ctx context.Context, v *visit) error {
			filter := backend.ChannelFilter{Include: typesOf(include), Exclude: typesOf(exclude)}
			list, err := v.View.Channels(ctx, filter)
			if err != nil {
				return err
			}
			return showList(v, list, channelTitles, v.channelRow)
		}}
}

// checkTypes refuses what is no type. An empty list was given as "".
func checkTypes(flag string, types []string) error {
	for _, t := range typesOf(types) {
		if _, err := backend.CleanType(t); err != nil {
			return exit.Usage("--%s: %v", flag, err)
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

// mostRows bounds --limit: what a server gives at once.
const mostRows = 1000

// limitFlag adds --limit.
func limitFlag(f *pflag.FlagSet, limit *int) {
	f.IntVarP(limit, "limit", "L", 30, "`NUMBER` list so many at most, up to 1000")
}

func checkLimit(limit int) error {
	if limit < 1 || limit > mostRows {
		return exit.Usage("--limit is a number from 1 to %d, not %d.", mostRows, limit)
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
			list, err := v.View.ChannelAttempts(ctx, priority, limit)
			if err != nil {
				return err
			}
			return showList(v, list, v.attemptTitles(), v.attemptRow)
		}}
}

func (v *visit) attemptTitles() columns {
	return columns{[]string{v.atTitle(), "KIND", "OUTCOME", "PROVIDER", "STATUS", "TOOK"}, 1}
}

func (v *visit) attemptRow(a backend.Attempt) []string {
	return []string{v.at(a.At), string(a.Kind), string(a.Outcome), a.Provider, a.Status, shell.Took(a.Duration)}
}
