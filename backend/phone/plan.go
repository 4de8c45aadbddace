package phone

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// plans has a line for each country code, with tabs between code, lengths, prefix, patterns of
// all and of mobile numbers where some begin with 0, other prefixes with the pattern of numbers
// where there are any, and three fields for each way of grouping: the digits that a number begins with, its groups, and how they are written. "-" is nothing.
// The test of this table writes it.
//
//go:embed plans.txt
var plans string

// plan is what is known of the numbers behind a country code.
type plan struct {
	code    string
	lengths []int    // how many digits may follow the code, ascending
	prefix  string   // what is dialled before a number inside the country, "" for nothing
	zeros   string   // the pattern of numbers where some begin with 0, "" elsewhere
	mobile  string   // the pattern of mobile ones there, "" for none
	others  []string // more that is dialled before one, the longest first
	valid   string   // the pattern of numbers where there are others
	layouts func() []layout
}

// lines are those of plans, by country code, without the code. They are found at the first
// number, and each is read at the first one of its country.
var lines = sync.OnceValue(func() map[string]string {
	found := map[string]string{}
	for line := range strings.Lines(plans) {
		if code, fields, isPlan := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); isPlan {
			found[code] = fields
		}
	}
	return found
})

// parsed are the plans that were needed, by country code.
var parsed sync.Map

// planOf is the plan of the country code that digits begin with; nil where there is none. No
// code is the beginning of another.
func planOf(digits string) *plan {
	for n := 1; n <= min(3, len(digits)); n++ {
		if p := planFor(digits[:n]); p != nil {
			return p
		}
	}
	return nil
}

func planFor(code string) *plan {
	if p, isParsed := parsed.Load(code); isParsed {
		return p.(*plan)
	}
	fields, isThere := lines()[code]
	if !isThere {
		return nil
	}
	p := parsePlan(code, strings.Split(fields, "\t"))
	kept, _ := parsed.LoadOrStore(code, p)
	return kept.(*plan)
}

func parsePlan(code string, fields []string) *plan {
	for i := range fields {
		if fields[i] == "-" {
			fields[i] = ""
		}
	}
	p := &plan{code: code, prefix: fields[1], zeros: fields[2], mobile: fields[3], valid: fields[5]}
	if fields[4] != "" {
		p.others = strings.Split(fields[4], ",")
	}
	for text := range strings.SplitSeq(fields[0], ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			panic(err) // a test reads every line
		}
		p.lengths = append(p.lengths, n)
	}
	p.layouts = sync.OnceValue(func() (list []layout) {
		for group := range slices.Chunk(fields[6:], 3) {
			list = append(list, layout{regexp.MustCompile("^(?:" + group[0] + ")"), regexp.MustCompile("^(?:" + group[1] + ")$"), group[2]})
		}
		return list
	})
	return p
}

// withoutPrefix returns a number without what is dialled before it only inside the country,
// as +44 020 has it. inBrackets says that its first digit is a zero in brackets. A number of a
// length that its country has keeps its digits, but for a zero that no number there begins with.
func (p *plan) withoutPrefix(national string, inBrackets bool) string {
	if inBrackets && p.dropsZero(national) {
		national = national[1:]
	}
	for _, other := range p.others { // as +375 8 029 and +370 8 6 have them
		if bare, hasIt := strings.CutPrefix(national, other); hasIt && matches(p.valid, bare) && !matches(p.valid, national) {
			return bare
		}
	}
	for {
		bare, hasPrefix := strings.CutPrefix(national, p.prefix)
		switch {
		case p.prefix == "" || !hasPrefix || !p.isPossible(bare) && !strings.HasPrefix(bare, p.prefix):
			return national
		case p.prefix == "0" && !p.hasZero(national), !p.isPossible(national):
			national = bare
		default:
			return national
		}
	}
}

// dropsZero reports whether a zero in brackets is no part of a number. In Italy it is part of
// all that are not mobile.
func (p *plan) dropsZero(national string) bool {
	bare := national[1:]
	switch {
	case p.zeros == "" || matches(p.mobile, bare):
		return true
	case p.hasZero(national):
		return false
	}
	return p.isPossible(bare) || !p.isPossible(national)
}

// hasZero reports whether a number begins with 0, as numbers of its country do.
func (p *plan) hasZero(national string) bool {
	return strings.HasPrefix(national, "0") && matches(p.zeros, national)
}

// matches reports whether all of a number matches a pattern; "" matches nothing.
func matches(pattern, national string) bool {
	return pattern != "" && compiled(pattern).MatchString(national)
}

// patterns are those that were compiled.
var patterns sync.Map

func compiled(pattern string) *regexp.Regexp {
	if r, isCompiled := patterns.Load(pattern); isCompiled {
		return r.(*regexp.Regexp)
	}
	r := regexp.MustCompile("^(?:" + pattern + ")$")
	patterns.Store(pattern, r)
	return r
}

func (p *plan) isPossible(national string) bool { return slices.Contains(p.lengths, len(national)) }

// check refuses a number of a length that no number behind its code has.
func (p *plan) check(national string) error {
	n := len(national)
	least, most := p.lengths[0], p.lengths[len(p.lengths)-1]
	wrong := "This number does not exist in +" + p.code
	switch {
	case p.isPossible(national):
		return nil
	case n < least:
		wrong = "This number is too short for +" + p.code
	case n > most:
		wrong = "This number is too long for +" + p.code
	}
	return fmt.Errorf("%s: %s after it, and %s.", wrong, count(n), p.needed())
}

// needed says which lengths are possible: "9 are needed", "7, 9 or 10 are possible".
func (p *plan) needed() string {
	n := len(p.lengths)
	least, most := p.lengths[0], p.lengths[n-1]
	if n == 1 {
		return fmt.Sprintf("%d are needed", least)
	}
	if n > 2 && most-least == n-1 {
		return fmt.Sprintf("%d to %d are possible", least, most)
	}
	texts := make([]string, n)
	for i, length := range p.lengths {
		texts[i] = strconv.Itoa(length)
	}
	return strings.Join(texts[:n-1], ", ") + " or " + texts[n-1] + " are possible"
}
