package activity

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// open shows an entry as a page of its own, with the actions of its row.
func (s *screen) open(e backend.JournalEntry) tea.Cmd {
	r := shell.NewReader(s.shell, shell.Capitalized(shell.ActionText(e)), func(w int) []string { return s.pageLines(e, w) })
	list := append(s.newEntryActions(func() (backend.JournalEntry, bool) { return e, true }), shell.Action{ID: keymap.ShowValues})
	places := map[keymap.ID]int{keymap.UndoEntry: 1, keymap.ShowThen: 2, keymap.Copy: 3}
	for i, a := range list {
		list[i].Place = shell.At(places[a.ID])
	}
	r.Actions = shell.PageActions{Scope: keymap.Activity, List: list,
		Do: func(id keymap.ID) tea.Cmd {
			if at := s.indexOf(e.ID); at >= 0 {
				s.list.At = at
			}
			return func() tea.Msg { return shell.ActMsg{ID: id} }
		}}
	s.shell.Open(r)
	return nil
}

const labelWidth = 10

// pageLines are a whole entry: who, when and what, and every part of the settings before and
// after.
func (s *screen) pageLines(e backend.JournalEntry, w int) []string {
	sh := s.shell
	line := func(label, text string) (lines []string) {
		for i, part := range draw.Wrap(text, max(1, w-labelWidth)) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, sh.Look.Muted.Render(draw.Pad(label, labelWidth))+sh.Look.Text.Render(part))
		}
		return lines
	}
	lines := line("When", shell.Stamp(sh.Now, e.At)+" "+sh.Look.Dot+" "+sh.Ago(e.At))
	by := safe.Text(e.Actor)
	if e.Address != "" {
		by += " from " + safe.Text(e.Address)
	}
	lines = append(lines, line("Who", by)...)
	lines = append(lines, line("What", strings.TrimSuffix(shell.ActionText(e)+": "+safe.Text(e.Detail), ": "))...)
	if s.undone[e.ID] {
		lines = append(lines, line("", "taken back since")...)
	}
	for _, part := range parts(e) {
		lines = append(lines, "", sh.Look.Strong.Render(draw.Cut(part.name, w)))
		lines = append(lines, line("before", s.partText(part, part.before))...)
		lines = append(lines, line("after", s.partText(part, part.after))...)
	}
	return lines
}

// part is one part of the settings that an entry changed. isThere says whether there was
// anything before and after.
type part struct {
	name          string
	kind          backend.ChannelType // of a value; "" for what hides nothing
	before, after string
}

// partText is a part as people read it.
func (s *screen) partText(p part, text string) string {
	switch {
	case text == "":
		return "none"
	case p.kind != "":
		return s.shell.Masked(p.kind, text)
	}
	return safe.Text(text)
}

// parts are those that an entry changed.
func parts(e backend.JournalEntry) (list []part) {
	add := func(name string, kind backend.ChannelType, before, after *string) {
		if before == nil && after == nil {
			return
		}
		list = append(list, part{name, kind, orNone(before), orNone(after)})
	}
	add("Name", "", e.Before.Name, e.After.Name)
	add("Surname", "", e.Before.Surname, e.After.Surname)
	add("Username", backend.TypeEmail, e.Before.Username, e.After.Username)
	add("New username", backend.TypeEmail, e.Before.PendingUsername, e.After.PendingUsername)
	for _, after := range e.After.Channels {
		before, _ := e.Before.Find(after)
		list = append(list, channelParts(before, after)...)
	}
	for _, before := range e.Before.Channels {
		if _, isThere := e.After.Find(before); !isThere {
			list = append(list, channelParts(before, backend.ChannelSettings{})...)
		}
	}
	return list
}

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// channelParts are the parts in which two states of a channel differ; the zero value is that of
// one that is not there.
func channelParts(before, after backend.ChannelSettings) (list []part) {
	add := func(name string, kind backend.ChannelType, was, is string) {
		if was != is {
			list = append(list, part{name, kind, was, is})
		}
	}
	of := after
	if of.Priority == 0 {
		of = before
	}
	name := "Channel " + strconv.Itoa(of.Priority) + " (" + shell.TypeName(of.Type) + ")"
	add(name+", priority", "", number(before.Priority), number(after.Priority))
	add(name+", value", of.Type, before.Value, after.Value)
	add(name+", value in force", of.Type, before.ActiveValue, after.ActiveValue)
	add(name+", label", "", before.Label, after.Label)
	add(name+", on or off", "", onOff(before), onOff(after))
	add(name+", seen by a person", "", seen(before), seen(after))
	return list
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func onOff(c backend.ChannelSettings) string {
	switch {
	case c.Priority == 0:
		return ""
	case c.Enabled:
		return "on"
	}
	return "off"
}

func seen(c backend.ChannelSettings) string {
	if c.SeenAt.IsZero() {
		return ""
	}
	return c.SeenAt.Local().Format("2006-01-02 15:04:05")
}
