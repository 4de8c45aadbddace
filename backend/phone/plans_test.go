package phone

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// TestPlansAreThoseOfTheLibrary writes plans.txt anew with PINGHOME_UPDATE=1, after the
// library has a new version.
func TestPlansAreThoseOfTheLibrary(t *testing.T) {
	const file = "plans.txt"
	want := tableOf(t)
	if os.Getenv("PINGHOME_UPDATE") != "" {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("plans.txt is not what the library has; PINGHOME_UPDATE=1 go test ./backend/phone writes it anew")
	}
}

// tableOf is the table of all plans, the codes in order.
func tableOf(t *testing.T) []byte {
	t.Helper()
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		t.Fatal(err)
	}
	byCode := map[int32][]*phonenumbers.PhoneMetadata{}
	for _, m := range all.GetMetadata() {
		byCode[m.GetCountryCode()] = append(byCode[m.GetCountryCode()], m)
	}
	lines := []string{"# Numbering plans of Google's libphonenumber (Apache License 2.0), written by the test of this package."}
	for code, regions := range byCode {
		lines = append(lines, lineOf(fmt.Sprint(code), regions))
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "\n") + "\n")
}

// lineOf is the plan of a code, which several regions may have. The main one says how long all
// are, as in the library, and how they are written.
func lineOf(code string, regions []*phonenumbers.PhoneMetadata) string {
	slices.SortFunc(regions, func(a, b *phonenumbers.PhoneMetadata) int { return strings.Compare(a.GetId(), b.GetId()) })
	main := regions[0]
	if i := slices.IndexFunc(regions, (*phonenumbers.PhoneMetadata).GetMainCountryForCode); i >= 0 {
		main = regions[i]
	}
	var lengths []int
	var zeros, mobile []string
	for _, n := range main.GetGeneralDesc().GetPossibleLength() {
		if total := len(code) + int(n); total >= minDigits && total <= maxDigits {
			lengths = append(lengths, int(n))
		}
	}
	for _, m := range regions {
		if pattern := m.GetGeneralDesc().GetNationalNumberPattern(); beginsWithZero(pattern) {
			zeros, mobile = append(zeros, pattern), append(mobile, m.GetMobile().GetNationalNumberPattern())
		}
	}
	numbers := strings.Trim(strings.ReplaceAll(fmt.Sprint(lengths), " ", ","), "[]")
	fields := []string{code, numbers, main.GetNationalPrefix(), strings.Join(zeros, "|"), strings.Join(without(mobile, ""), "|")}
	others := otherPrefixes(main)
	if fields = append(fields, strings.Join(others, ","), ""); len(others) > 0 {
		fields[len(fields)-1] = main.GetGeneralDesc().GetNationalNumberPattern()
	}
	formats := main.GetIntlNumberFormat()
	if len(formats) == 0 {
		formats = main.GetNumberFormat()
	}
	for _, f := range formats {
		leading := ""
		if all := f.GetLeadingDigitsPattern(); len(all) > 0 {
			leading = all[len(all)-1] // the most precise
		}
		fields = append(fields, leading, f.GetPattern(), f.GetFormat())
	}
	for i := range fields {
		fields[i] = cmp.Or(fields[i], "-")
	}
	return strings.Join(fields, "\t")
}

// otherPrefixes are prefixes of one or two digits beside the usual one, the longest first. Patterns
// with groups are of carriers, and put other digits in their place.
func otherPrefixes(m *phonenumbers.PhoneMetadata) (others []string) {
	pattern := m.GetNationalPrefixForParsing()
	if pattern == m.GetNationalPrefix() || strings.Contains(pattern, "(") {
		return nil
	}
	whole := regexp.MustCompile("^(?:" + pattern + ")$")
	for n := 99; n >= 0; n-- {
		if digits := strconv.Itoa(n); whole.MatchString(digits) && digits != m.GetNationalPrefix() {
			others = append(others, digits)
		}
	}
	return others
}

func without(list []string, text string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == text })
}

// beginsWithZero reports whether a pattern matches texts that begin with 0.
func beginsWithZero(pattern string) bool {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err)
	}
	program, err := syntax.Compile(tree.Simplify())
	if err != nil {
		panic(err)
	}
	seen := map[uint32]bool{}
	var at func(uint32) bool
	at = func(pc uint32) bool {
		if seen[pc] {
			return false
		}
		seen[pc] = true
		switch i := program.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			return at(i.Out) || at(i.Arg)
		case syntax.InstCapture, syntax.InstEmptyWidth, syntax.InstNop:
			return at(i.Out)
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			return i.MatchRune('0')
		case syntax.InstMatch, syntax.InstFail:
		}
		return false
	}
	return at(uint32(program.Start))
}
