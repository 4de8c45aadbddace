package channels

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

// What has been done to channels.
type (
	channelAddedMsg  struct{ channel backend.Channel }
	channelEditedMsg struct{ update backend.ChannelUpdate }
	channelTestedMsg struct {
		priority int
		test     backend.Test
		err      error
	}
	channelsDeletedMsg struct {
		deletion backend.ChannelDeletion
		err      error
	}
)

// learn takes what became of tests, switches and deletions.
func (c *screen) learn(fact tea.Msg) tea.Cmd {
	sh := c.shell
	switch fact := fact.(type) {
	case channelTestedMsg:
		c.tested(fact)
	case channelTriedMsg:
		return fact.all.took(fact)
	case secretMadeMsg:
		if fact.err != nil {
			sh.Fail("The new secret", fact.err)
			break
		}
		sh.Undo = nil
		sh.Open(&secretDialog{shell: sh, priority: fact.priority, secret: fact.made.Secret, oldUntil: fact.made.OldUntil})
	case channelsSwitchedMsg:
		c.switched(fact)
	case shell.GivenUpMsg:
		c.round = round{}
	case channelsDeletedMsg:
		if fact.err != nil {
			sh.Fail("Nothing was deleted", fact.err)
			break
		}
		clear(c.chosen)
		c.detail, sh.Undo = false, nil
		sh.Tell(shell.Good, "Deleted %s.", channelList(fact.deletion.Deleted))
		if fact.deletion.NoneReachable && slices.ContainsFunc(sh.Session.Channels, backend.Channel.Reachable) {
			sh.Tell(shell.Warning, "No channel is left that is verified and on: nobody can be reached now.")
		}
	default:
		return nil
	}
	return sh.Reload()
}

// added asks for the code of a new channel, and before that shows the secret
// of a webhook: this answer is the only one that has it.
func (c *screen) added(ch backend.Channel) {
	sh, secret := c.shell, ch.Secret
	ch.Secret = ""
	sh.Tell(shell.Good, "Added channel %d. A code is on its way.", ch.Priority)
	c.wanted, sh.Undo = ch.Priority, nil
	c.put(ch)
	verify.OpenCode(sh, verify.Channel(sh, ch), "")
	if secret != "" {
		sh.Open(&secretDialog{shell: sh, priority: ch.Priority, secret: secret})
	}
}

// edited tells what an edit came to, and asks for the code where one is needed.
func (c *screen) edited(u backend.ChannelUpdate) tea.Cmd {
	sh, p := c.shell, u.Channel.Priority
	if u.Changed || u.CodeSent {
		sh.Undo = nil
	}
	c.put(u.Channel)
	switch {
	case u.CodeSent && u.Channel.ActiveValue != "":
		sh.Tell(shell.Good, "Channel %d: the old value works until the new one is verified.", p)
	case u.CodeSent:
		sh.Tell(shell.Good, "Channel %d has a new value. A code is on its way.", p)
	case u.Changed:
		sh.Tell(shell.Good, "Channel %d is back on its verified value.", p)
	default:
		sh.Tell(shell.Neutral, "Channel %d has that value already, verified.", p)
	}
	if u.CodeSent {
		verify.OpenCode(sh, verify.Channel(sh, u.Channel), "")
	}
	return nil
}

// put takes in a channel from the answer to a change: what else was read came
// before it, and would say that nothing waits for a code.
func (c *screen) put(ch backend.Channel) {
	c.shell.Session.Channels = replaced(c.shell.Session.Channels, ch)
	if c.filter.Keeps(ch.Type) {
		c.passing = replaced(c.passing, ch)
	}
	c.narrow()
}

// replaced is the list with ch under its priority.
func replaced(list []backend.Channel, ch backend.Channel) []backend.Channel {
	i, found := slices.BinarySearchFunc(list, ch.Priority, func(x backend.Channel, p int) int { return x.Priority - p })
	switch {
	case !found:
		return slices.Insert(slices.Clone(list), i, ch)
	case list[i].Value == ch.Value && !list[i].UpdatedAt.Before(ch.UpdatedAt):
		return list // it has been read since
	}
	list = slices.Clone(list)
	list[i] = ch
	return list
}

func (c *screen) tellLeft(left []int, what string) {
	if len(left) > 0 {
		c.shell.Tell(shell.Warning, "Not %s, because not verified: %s.", what, channelList(left))
	}
}

// askDelete names what would go, with Keep focused.
func (c *screen) askDelete() tea.Cmd {
	sh, targets := c.shell, c.targets()
	var lines []string
	gone := map[int]bool{}
	for _, ch := range targets {
		lines = append(lines, fmt.Sprintf("%2d  %s %-7s  %s", ch.Priority, sh.Sign(ch.Type), shell.TypeName(ch.Type), sh.Masked(ch.Type, ch.Value)))
		gone[ch.Priority] = true
	}
	const named = 8
	if len(lines) > named {
		lines = append(lines[:named], fmt.Sprintf("and %d more", len(targets)-named))
	}
	lines = append(lines, "")
	if len(targets) < len(sh.Session.Channels) {
		lines = append(lines, sh.Look.Muted.Render("The others keep their numbers."))
	}
	before, after := false, false
	for _, ch := range sh.Session.Channels {
		before = before || ch.Reachable()
		after = after || ch.Reachable() && !gone[ch.Priority]
	}
	if before && !after {
		lines = append(lines, sh.Look.Warn.Render(sh.Look.Attention+" Nobody could be reached any more."))
	}
	view := sh.Session.View
	sh.Ask(shell.Question{Title: "Delete " + shell.Count(len(targets), "channel") + "?", Lines: lines, Keep: "Keep", DoIt: "Delete",
		Action: func() tea.Cmd {
			return sh.Change("delete channels", func(ctx context.Context) tea.Msg {
				var deletion backend.ChannelDeletion
				err := shell.AsShown(ctx, view, targets, func(ctx context.Context) (err error) {
					deletion, err = view.DeleteChannels(ctx, priorities(targets))
					return err
				})
				return channelsDeletedMsg{deletion, err}
			})
		}})
	return nil
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// channelList is "channel 3" or "channels 1, 2 and 5".
func channelList(priorities []int) string {
	words := make([]string, len(priorities))
	for i, p := range priorities {
		words[i] = fmt.Sprint(p)
	}
	switch len(words) {
	case 0:
		return "no channel"
	case 1:
		return "channel " + words[0]
	}
	last := len(words) - 1
	return "channels " + strings.Join(words[:last], ", ") + " and " + words[last]
}
