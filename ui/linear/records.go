package linear

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/ui/verify"
)

// withRecords finds out with which records an entry is to be done, and asks where that was not said. isBack: the
// person has thought better of it, or was told why it is not possible.
func (m *Mode) withRecords(ctx context.Context, e entry, name, rest string) (with asked, isBack bool, err error) {
	with = asked{name: name, text: rest}
	if !e.takes.isOfRecords() {
		return with, false, nil
	}
	numbers, text := leadingNumbers(rest, e.takes)
	if e.takes == takesOneWithText && len(numbers) > 0 && (isCode(rest) || m.row != "" && text == "") { // a code stands behind it, and not a number
		numbers, text = nil, rest
	}
	with.text = text
	isHere := m.row != "" && len(numbers) == 0
	switch {
	case m.isTooMuch(e, with.name, text):
		return with, true, nil
	case isHere:
		with.ids = []string{m.row}
		return with, false, nil
	case len(numbers) == 0:
		return m.askRecords(ctx, e, with)
	}
	if with.ids = m.idsOf(ctx, numbers); with.ids == nil {
		return with, true, nil
	}
	return with, false, nil
}

// isCode reports whether a text is a code and nothing else but blanks.
func isCode(text string) bool {
	code, _ := verify.CodeIn(text)
	return code != "" && code == strings.ReplaceAll(text, " ", "")
}

// onlyOne is the only record with which an entry can be done; "" where there are several, or none.
func (m *Mode) onlyOne(ctx context.Context, e entry) (id string) {
	if e.off == nil || !m.place.hasOwnNumbers { // else the numbers may not have been said yet
		return ""
	}
	rows, _ := m.place.rows(ctx) // where they cannot be read, it is asked for one
	for _, r := range rows {
		switch {
		case e.whyOff([]string{r.id}) != "":
		case id != "":
			return ""
		default:
			id = r.id
		}
	}
	return id
}

// isTooMuch reports whether there is a text behind the records of an entry that takes none, which is said: it may be one
// more of them.
func (m *Mode) isTooMuch(e entry, name, text string) bool {
	if text == "" || e.takes == takesOneWithText {
		return false
	}
	one := "takes one number"
	if e.takes == takesSeveral {
		one = "takes numbers"
	}
	m.say(fmt.Sprintf("%s %s, and not %q. Nothing was done.", name, one, m.short(text)))
	return true
}

// askRecords asks with which records an entry is to be done, until there are such.
func (m *Mode) askRecords(ctx context.Context, e entry, with asked) (asked, back, error) {
	if only := m.onlyOne(ctx, e); only != "" {
		with.ids = []string{only}
		return with, false, nil
	}
	for {
		q := question{text: fmt.Sprintf("Which %s? Number; empty for back:", m.place.noun), help: []string{"Type the number by which the list says it."}}
		answer, isBack, err := m.put(ctx, q)
		if isBack || err != nil {
			return with, true, err
		}
		numbers, text := leadingNumbers(answer, e.takes)
		switch {
		case isRefusal(answer):
			m.say(nothingDone)
			return with, true, nil
		case len(numbers) == 0:
			m.say(fmt.Sprintf("%q is no number of a %s.", m.short(answer), m.place.noun))
			continue
		case m.isTooMuch(e, with.name, text):
			continue
		}
		if with.ids = m.idsOf(ctx, numbers); with.ids != nil {
			with.text = cmp.Or(text, with.text)
			return with, false, nil
		}
	}
}

// idsOf are the records with these numbers; nil where one is not there, or was not said yet, which is told.
func (m *Mode) idsOf(ctx context.Context, numbers []int) (ids []string) {
	if isSaid, err := m.saysListFirst(ctx); isSaid {
		if err != nil {
			m.tell(err)
		}
		return nil
	}
	for _, n := range numbers {
		id := m.numbered(ctx, n)
		if id == "" {
			m.noSuch(n)
			return nil
		}
		ids = append(ids, id)
	}
	return ids
}

// leadingNumbers are the numbers that a text begins with, with blanks or commas between: all for takesSeveral, else one.
func leadingNumbers(text string, takes takes) (numbers []int, rest string) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
	for _, field := range fields {
		n, err := strconv.Atoi(field)
		if err != nil || n < 0 || takes != takesSeveral && len(numbers) > 0 {
			break
		}
		numbers = append(numbers, n)
		text = strings.TrimLeft(text, " ,")[len(field):]
	}
	return numbers, strings.TrimLeft(text, " ,")
}
