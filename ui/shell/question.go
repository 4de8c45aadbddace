package shell

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
)

// Question is what is asked before something that cannot be undone.
type Question struct {
	Title  string
	Lines  []string
	Keep   string // the text of the button that changes nothing
	DoIt   string // the text of the other one
	Action func() tea.Cmd
}

// Ask opens a dialog with the question. Keep has the focus, so that an enter pressed
// out of habit changes nothing.
func (s *Shell) Ask(q Question) { s.Open(&confirm{shell: s, Question: q}) }

type confirm struct {
	Question
	shell *Shell
	onDo  bool // the focus is on the button that does it
}

func (c *confirm) Update(tea.Msg) tea.Cmd { return nil }
func (c *confirm) Typing() bool           { return false }
func (c *confirm) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Confirm} }

func (c *confirm) Key(msg tea.KeyMsg) tea.Cmd {
	switch c.shell.Keys.Find(msg.String(), keymap.Confirm) {
	case keymap.ConfirmNext:
		c.onDo = !c.onDo
	case keymap.ConfirmNo:
		c.shell.Close(c)
	case keymap.ConfirmYes:
		return c.run()
	case keymap.ConfirmDo:
		if c.onDo {
			return c.run()
		}
		c.shell.Close(c)
	}
	return nil
}

func (c *confirm) run() tea.Cmd {
	c.shell.Close(c)
	return c.Action()
}

func (c *confirm) Card(w, _ int) Card {
	sh := c.shell
	var lines []string
	for _, line := range c.Lines {
		lines = append(lines, draw.Wrap(line, w)...)
	}
	lines = append(lines, "", sh.Button(c.Keep, !c.onDo, false)+"    "+sh.Button(c.DoIt, c.onDo, true))
	focus := func(button int) { c.onDo = button == 1 }
	return Card{Title: c.Title, Lines: lines, Keep: len(lines) - 1, Foot: 1, Width: 54, Spots: ButtonSpots(len(lines)-1, 4, keymap.ConfirmDo, focus, c.Keep, c.DoIt),
		Keys: []keymap.ID{keymap.ConfirmYes, keymap.ConfirmNo, keymap.ConfirmNext}}
}
