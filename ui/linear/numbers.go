package linear

import (
	"context"
	"fmt"
)

// listed is the list that was said last: its numbers name these records until another one is said.
type listed struct {
	of   *place
	rows []row
	said int // how many of them
}

// goesOn reports whether there are older records than those that were read.
func (l listed) goesOn() bool { return l.of.hasOlder != nil && l.of.hasOlder() }

// number goes to what has this number: a screen, or a record of the list, also from another record of it.
func (m *Mode) number(ctx context.Context, n int) error {
	if m.place == nil {
		for i, p := range m.places {
			if i+1 == n {
				return m.goTo(ctx, p)
			}
		}
		m.say(fmt.Sprintf("There is no screen %d. Enter lists them.", n))
		return nil
	}
	if m.place.noun == "" {
		m.say("There are no numbers here. help lists what can be done.")
		return nil
	}
	if isSaid, err := m.saysListFirst(ctx); isSaid {
		return err
	}
	id := m.numbered(ctx, n)
	if id == "" {
		m.noSuch(n)
		return nil
	}
	m.row = id
	return m.list(ctx)
}

// noSuch says that there is no record with this number here. Screens have numbers at the start alone.
func (m *Mode) noSuch(n int) {
	more := ""
	if n >= 1 && n <= len(m.places) {
		more = fmt.Sprintf(" The screen %s goes by its word.", m.places[n-1].scope)
	}
	lists := "Enter lists them."
	if m.row != "" {
		lists = "b goes to the list."
	}
	if by := m.narrowed(); by != "" {
		more = " The list is narrowed " + by + "." + more
	}
	m.say(fmt.Sprintf("There is no %s %d here. %s%s", m.place.noun, n, lists, more))
}

// numbered is the id of the record with this number, as it was said; "" for none.
func (m *Mode) numbered(ctx context.Context, n int) string {
	if !m.place.hasOwnNumbers {
		return idOf(m.listed.rows, n)
	}
	rows, err := m.place.rows(ctx)
	if err != nil {
		return ""
	}
	return idOf(rows, n)
}

// saysListFirst says the list where its numbers were not said yet, as after going to a record at once.
func (m *Mode) saysListFirst(ctx context.Context) (isSaid bool, err error) {
	if m.place.hasOwnNumbers || m.listed.of == m.place {
		return false, nil
	}
	m.say("The numbers of this list were not said yet. Nothing was done.")
	m.row = ""
	return true, m.list(ctx)
}

func idOf(rows []row, number int) string {
	for _, r := range rows {
		if r.number == number {
			return r.id
		}
	}
	return ""
}
