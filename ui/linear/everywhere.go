package linear

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// everywhere are the entries that all screens have.
func (m *Mode) everywhere() []entry {
	simply := func(do func(context.Context) error) func(context.Context, asked) error {
		return func(ctx context.Context, _ asked) error { return do(ctx) }
	}
	list := []entry{
		{id: keymap.Help, title: "what can be done; help WORD says what that does", takes: takesText, do: m.sayHelp},
		{id: keymap.Back, also: []string{"b"}, title: "from a record back to its list, and from a list to the start", do: simply(m.back)},
		{id: keymap.Quit, title: "end", do: func(context.Context, asked) error { return errEnd }},
		{id: keymap.Refresh, also: []string{"refresh"}, do: simply(m.again)},
		{word: "more", title: "the next 20 of the list", do: simply(m.more)},
		{word: "repeat", title: "say again what was said last", do: simply(m.repeat)},
		{id: keymap.FindText, title: "find TEXT in this list; without a text all again", takes: takesText, do: m.find},
		{id: keymap.NextProblem, also: []string{"problems"}, title: "go to what fails or waits, one after the other", do: simply(m.nextProblem)},
		{id: keymap.ShowValues, title: "say values in full for 10 seconds, or hide them", do: simply(m.toggleValues)},
		{id: keymap.Undo, do: simply(m.undo)},
		{id: keymap.Redo, do: simply(m.redo)},
		{id: keymap.Switch, title: "switch account or context; account TEXT finds one", takes: takesText, do: m.switchAccount},
		{id: keymap.RemoveDemo, do: simply(m.removeDemo)},
	}
	for _, p := range m.places {
		list = append(list, entry{id: p.action, title: "go to " + m.shell.Keys.Action(p.action).Title, do: func(ctx context.Context, _ asked) error { return m.goTo(ctx, p) }})
	}
	return list
}

// sayStart says which account is open and where, who is reached, and the screens.
func (m *Mode) sayStart() {
	sh := m.shell
	place := sh.Where()
	if place == shell.LocalPlace {
		place = "this machine"
	}
	name := sh.Session.Account.FullName()
	if p := sh.Session.Profile; p != nil {
		name = p.Customer.FullName()
	}
	m.say(fmt.Sprintf("Account %s, on %s. %s %s", safe.Text(name), safe.Text(place), m.reachedWords(), m.problemWords()))
	if why := sh.WhyReadOnly(); why != "" {
		m.say(why)
	}
	for i, p := range m.places {
		if m.whyNoPlace(p) != "" { // it is said where one goes there all the same
			continue
		}
		line := fmt.Sprintf("%d. %s", i+1, sh.Keys.Action(p.action).Title)
		if inbox := sh.Session.Inbox; p.scope == keymap.Messages && inbox != nil && inbox.Unread > 0 {
			line += fmt.Sprintf(", %d not read", inbox.Unread)
		}
		m.say(line + ".")
	}
}

// sayHelp says what can be done here, and in one line what can be done everywhere; or what one word does.
func (m *Mode) sayHelp(ctx context.Context, with asked) error {
	if with.text != "" {
		m.sayHelpOf(ctx, with.text)
		return nil
	}
	isLong := m.place == nil
	switch {
	case m.place == nil:
		m.say("A number goes to its screen.")
	case m.row != "":
		for _, e := range m.place.ofRecord() {
			if e.whyOff([]string{m.row}) == "" { // there are many by ear
				m.say(m.line(e))
			}
		}
	default:
		if m.place.noun != "" {
			m.say(fmt.Sprintf("A number says all of that %s. Numbers can stand behind a word, as in %s 1.", m.place.noun, m.name(m.place.ofRecord()[0])))
		}
		for _, e := range m.place.entries {
			m.say(m.line(e))
		}
	}
	var words []string
	for _, e := range m.everywhere() {
		if isLong {
			m.say(m.line(e))
		}
		words = append(words, m.name(e))
	}
	if !isLong {
		m.say("Everywhere: " + strings.Join(words, ", ") + ".")
	}
	m.say("help and a word says what that does. Enter says again where you are.")
	m.hinted = map[string]bool{}
	return nil
}

// sayHelpOf says what one word, key or number does.
func (m *Mode) sayHelpOf(ctx context.Context, text string) {
	e, _, _, isFound := m.meant(text)
	n, notNumber := strconv.Atoi(text)
	isRecord := notNumber == nil && m.place != nil && m.place.noun != ""
	switch {
	case isRecord && m.numbered(ctx, n) == "":
		m.noSuch(n)
	case isRecord:
		m.say(fmt.Sprintf("%d: say all of %s %d.", n, m.place.noun, n))
	case isFound:
		m.say(m.line(e))
	default:
		if e, scopes := m.doneIn(text); len(scopes) > 0 {
			m.say(m.line(e))
		}
		m.sayUnknown(text)
	}
}

// back goes from a record to its list, and from a list to the start.
func (m *Mode) back(ctx context.Context) error {
	switch {
	case m.place == nil:
		m.say("This is the start; quit ends.")
		return nil
	case m.row != "":
		m.row = ""
	default:
		m.place = nil
	}
	return m.list(ctx)
}

func (m *Mode) again(ctx context.Context) error {
	m.heard.revision, m.heard.isAway = 0, false
	return m.list(ctx)
}

// repeat says again what was said before the prompt, as it was said: nothing is read.
func (m *Mode) repeat(context.Context) error {
	_, err := io.WriteString(m.lines, m.last)
	return err
}

// more says the next records of the list, and reads older ones where all of it was said.
func (m *Mode) more(ctx context.Context) error {
	isListed := m.place != nil && m.listed.of == m.place
	switch {
	case isListed && m.listed.said < len(m.listed.rows):
	case !isListed || !m.listed.goesOn():
		m.say("There is no more here.")
		return nil
	default:
		rows, err := m.place.older(ctx)
		if err != nil {
			return err
		}
		found := m.found(rows)
		if m.listed.rows = append(m.listed.rows, found...); len(found) == 0 && m.listed.goesOn() {
			m.say("None among the next ones.")
		}
	}
	m.sayMore()
	return nil
}

// toggleValues says all again with values in full, or hides them.
func (m *Mode) toggleValues(ctx context.Context) error {
	m.shell.ToggleValues()
	switch text := m.shell.ValuesText(); {
	case text == "":
		m.say("Values are hidden.")
		return nil
	case strings.ContainsAny(text, "0123456789"):
		m.say("Values are said in full for 10 seconds.")
	default:
		m.say("Values are said in full.")
	}
	return m.list(ctx) // by ear, the seconds are over soon
}

// nextProblem goes to what needs a look after what it went to last.
func (m *Mode) nextProblem(ctx context.Context) error {
	list := m.problems()
	if len(list) == 0 {
		m.say(m.shell.WhyNoProblem())
		return nil
	}
	next := 0
	for i, at := range list {
		if at == m.problem {
			next = (i + 1) % len(list)
		}
	}
	m.problem = list[next]
	m.say(fmt.Sprintf("Problem %d of %d.%s", next+1, len(list), m.unreachedWords()))
	for _, p := range m.places {
		if p.scope == m.problem.Screen {
			m.place, m.row = p, m.problem.Row
		}
	}
	return m.list(ctx)
}

// unreachedWords say of the problem that was gone to that nothing reaches the person, where it is that.
func (m *Mode) unreachedWords() string {
	ch, isOne := m.channel(m.problem.Row)
	isAbout := m.problem.Screen == keymap.Channels && (!isOne || ch.ActiveValue != "")
	if !isAbout || slices.ContainsFunc(m.shell.Session.Channels, backend.Channel.Reachable) {
		return ""
	}
	return " No channel reaches this account."
}

// removeDemo removes the accounts that are made up, after a question.
func (m *Mode) removeDemo(ctx context.Context) error {
	s := &m.shell.Session
	remover, isRemover := s.Accounts.(backend.DemoRemover)
	switch {
	case !isRemover:
		m.say(noDemo)
		return nil
	case m.shell.Place == shell.DemoPlace:
		m.say("This is the demo: all of it goes when you leave.")
		return nil
	}
	list, err := remover.DemoAccounts(ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		m.say(noDemo)
		return nil
	}
	for _, a := range list {
		m.say(safe.Text(a.FullName() + ", " + a.Organization + "."))
	}
	isMeant, err := m.confirms(ctx, fmt.Sprintf("Remove %s, with channels and messages? Your own accounts stay.", shell.Count(len(list), "demo account")))
	if !isMeant || err != nil {
		return err
	}
	n, err := remover.RemoveDemo(ctx)
	if err != nil {
		return err
	}
	m.say("Removed " + shell.Count(n, "demo account") + ".")
	for _, a := range list {
		if err := m.options.Forget(s.Scope, a.ID); err != nil {
			m.tell(err)
		}
	}
	if s.Account.IsDemo {
		return m.openAnother(ctx)
	}
	m.heard.revision = 0
	return nil
}

const noDemo = "There are no demo accounts here."
