package linear

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// nothingDone answers an empty answer.
const nothingDone = "Back. Nothing was changed."

// page is how many records are said at once.
const page = 20

// talk says where the person is, and asks what to do until they end it.
func (m *Mode) talk(ctx context.Context) error {
	m.refresh(ctx)
	if err := m.settle(ctx, m.list(ctx)); err != nil {
		m.sayInterrupted(ctx, err)
		return err
	}
	for {
		m.refresh(ctx)
		answer, err := m.ask(ctx, m.prompt())
		if err != nil {
			return err
		}
		m.last = m.takeSaid()
		m.shell.ReadClock()
		err = m.settle(ctx, m.answer(ctx, strings.TrimSpace(answer)))
		if err != nil {
			m.sayInterrupted(ctx, err)
			return err
		}
	}
}

// sayInterrupted says that a signal has broken something off, unless that was said.
func (m *Mode) sayInterrupted(ctx context.Context, err error) {
	if ctx.Err() != nil && !shell.IsUnknown(err) && !m.isEnded {
		m.say("Interrupted.")
	}
}

// settle tells an error, and returns it where it ends linear mode.
func (m *Mode) settle(ctx context.Context, err error) error {
	switch {
	case err == nil || errors.Is(err, errLeft):
		return nil
	case ctx.Err() != nil && shell.IsUnknown(err):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errEnd), m.err != nil:
		return err
	}
	m.tell(err)
	return nil
}

// prompt asks what to do. How it is answered is said once for each kind of prompt, and again after help: a screen reader
// says all of it each time.
func (m *Mode) prompt() string {
	kind, brief, how := "start", "Start. Where to?", "Number, word or key; enter lists again, help lists the words, quit ends:"
	switch {
	case m.place == nil:
	case m.row != "":
		kind, brief, how = "record", shell.Capitalized(m.rowName())+". What to do?", "Word or key; help lists them, a number goes to that "+m.place.noun+", b goes back:"
	case m.place.noun == "":
		kind, brief, how = "page", string(m.place.scope)+". What to do?", "Word or key; enter says it again, help lists the words, b goes back:"
	default:
		kind, brief, how = "list", string(m.place.scope)+". What to do?", "Number, word or key; enter lists again, help lists the words, b goes back:"
	}
	if m.hinted[kind] {
		return brief
	}
	m.hinted[kind] = true
	return brief + " " + how
}

// rowName names the record that is talked about.
func (m *Mode) rowName() string {
	if m.place.hasOwnNumbers {
		return m.place.noun + " " + m.row
	}
	for _, r := range m.listed.rows {
		if r.id == m.row && m.listed.of == m.place {
			return fmt.Sprintf("%s %d", m.place.noun, r.number)
		}
	}
	return "this " + m.place.noun
}

// doEntry does an entry with what stands behind its name.
func (m *Mode) doEntry(ctx context.Context, e entry, name, rest string) error {
	if why := m.whyNot(e); why != "" {
		m.say(why)
		return nil
	}
	if e.takes == takesNothing && rest != "" {
		m.say(fmt.Sprintf("%q takes nothing behind it.", name))
		return nil
	}
	with, isBack, err := m.withRecords(ctx, e, name, rest)
	if isBack || err != nil {
		return err
	}
	if m.isGone(with.ids) {
		return nil
	}
	if why := e.whyOff(with.ids); why != "" {
		m.say(why)
		return nil
	}
	return e.do(ctx, with)
}

// isGone reports whether one of the records is not there any more, which is said.
func (m *Mode) isGone(ids []string) bool {
	for _, id := range ids {
		if len(m.place.facts(id)) > 0 {
			continue
		}
		m.say(fmt.Sprintf("This %s is not there any more. Nothing was done.", m.place.noun))
		if id == m.row {
			m.row = ""
		}
		return true
	}
	return false
}

// goTo goes to a screen and says what is there.
func (m *Mode) goTo(ctx context.Context, p *place) error {
	if why := m.whyNoPlace(p); why != "" {
		m.say(why)
		return nil
	}
	m.place, m.row = p, ""
	return m.list(ctx)
}

func (m *Mode) whyNoPlace(p *place) string {
	if p.needs == "" {
		return ""
	}
	if p.scope == keymap.Accounts {
		return m.whyNoAccounts()
	}
	return m.shell.Session.Lacks(p.needs)
}

// list says where the person is, and what is there.
func (m *Mode) list(ctx context.Context) error {
	if !m.heard.isAway { // else it is tried before the prompt, which may take as long as a server that hangs
		m.refresh(ctx)
	}
	if isKept := m.place == nil || m.place.isKept; isKept && m.heard.isAway && m.heard.isRead && !strings.Contains(m.said.String(), readLast) {
		m.say("This was read " + m.ago(m.heard.at) + ".")
	}
	switch {
	case m.place == nil:
		m.sayStart()
		return nil
	case m.row != "":
		return m.sayRecord(ctx)
	}
	m.say(m.place.head())
	if m.place.rows == nil {
		return nil
	}
	rows, err := m.place.rows(ctx)
	if err != nil {
		return err
	}
	m.listed = listed{of: m.place, rows: m.found(rows)}
	if by := m.narrowed(); by != "" {
		of := fmt.Sprint(len(rows))
		if m.listed.goesOn() { // there are others that were not looked at
			of = "the first " + of
		}
		m.say(fmt.Sprintf("Narrowed %s: %s.", by, m.narrowedCount(of)))
	}
	m.sayMore()
	return nil
}

// narrowedCount is how many records are left of those that were read.
func (m *Mode) narrowedCount(of string) string {
	n := strconv.Itoa(len(m.listed.rows))
	if m.place.isNarrowing || len(m.narrow.chosen[m.place.scope]) > 0 { // the others were not counted
		return n
	}
	return n + " of " + of
}

// sayAll says how many records a list has before they are said, where that is known: not while there are older ones.
func (m *Mode) sayAll(n int, hasOlder bool, one, several string) {
	switch {
	case n == 0 || hasOlder:
	case n == 1:
		m.say("1 " + one + ".")
	default:
		m.say(fmt.Sprintf("%d %s.", n, several))
	}
}

// sayMore says the next records of the list.
func (m *Mode) sayMore() {
	rows := m.listed.rows[m.listed.said:]
	for _, r := range rows[:min(page, len(rows))] {
		m.say(fmt.Sprintf("%d. %s", r.number, sentence(r.words)))
	}
	m.listed.said += min(page, len(rows))
	switch left := len(rows) - page; {
	case left > 0 && m.listed.goesOn():
		m.say(fmt.Sprintf("%d more, and others behind them; \"more\" goes on.", left))
	case left > 0:
		m.say(fmt.Sprintf("%d more; \"more\" goes on.", left))
	case m.listed.goesOn():
		m.say("\"more\" goes on with those behind them.")
	case len(m.listed.rows) > 0:
	case m.narrow.text[m.place.scope] != "":
		m.say("find alone lists all again.")
	case m.place.isSilentWithout && len(m.narrow.chosen[m.place.scope]) == 0:
		m.say("None.")
	}
}

// sayRecord says what is known of the record that is talked about.
func (m *Mode) sayRecord(ctx context.Context) error {
	facts := m.place.facts(m.row)
	if len(facts) == 0 {
		m.say(fmt.Sprintf("This %s is not there any more.", m.place.noun))
		m.row = ""
		return nil
	}
	for _, fact := range facts {
		m.say(fact)
	}
	if m.place.opened == nil {
		return nil
	}
	return m.place.opened(ctx, m.row)
}
