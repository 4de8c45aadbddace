package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
)

// question asks before something that cannot be taken back.
type question struct {
	title  string
	lines  []string
	keep   string // the text of the button that changes nothing
	doIt   string // the text of the other one
	action func() tea.Cmd
}

// ask opens a dialog with the question. Keep has the focus, so that an enter
// out of habit changes nothing.
func (s *Shell) ask(q question) { s.open(&confirm{shell: s, question: q}) }

type confirm struct {
	question
	shell *Shell
	onDo  bool // the focus is on the button that does it
}

func (c *confirm) Update(tea.Msg) tea.Cmd { return nil }
func (c *confirm) Typing() bool           { return false }
func (c *confirm) Scope() keymap.Scope    { return keymap.Confirm }

func (c *confirm) Key(msg tea.KeyMsg) tea.Cmd {
	switch c.shell.Keys.Find(msg.String(), keymap.Confirm) {
	case keymap.ConfirmNext:
		c.onDo = !c.onDo
	case keymap.ConfirmNo:
		c.shell.close(c)
	case keymap.ConfirmYes:
		return c.run()
	case keymap.ConfirmDo:
		if c.onDo {
			return c.run()
		}
		c.shell.close(c)
	}
	return nil
}

func (c *confirm) run() tea.Cmd {
	c.shell.close(c)
	return c.action()
}

func (c *confirm) Card(w, _ int) card {
	sh := c.shell
	var lines []string
	for _, line := range c.lines {
		lines = append(lines, draw.Wrap(line, w)...)
	}
	keep, do := sh.Look.Primary.Render("[ "+c.keep+" ]"), sh.Look.Button.Render("( "+c.doIt+" )")
	if c.onDo {
		keep, do = sh.Look.Button.Render("( "+c.keep+" )"), sh.Look.Danger.Render("[ "+c.doIt+" ]")
	}
	lines = append(lines, "", keep+"    "+do)
	return card{title: c.title, lines: lines, keep: len(lines) - 1, width: 54,
		keys: []keymap.ID{keymap.ConfirmYes, keymap.ConfirmNo, keymap.ConfirmNext}}
}
