package shell

import (
	"fmt"
	"slices"
	"testing"
)

// Rows of several lines: the one with the cursor is wholly in sight, the end of the list
// leaves no line empty, and a click on any line of a row goes to that row.
func TestRowsOfSeveralLines(t *testing.T) {
	heights := []int{1, 2, 1, 3, 1, 1, 2}
	block := func(i int, _ bool) (lines []string) {
		for n := range heights[i] {
			lines = append(lines, fmt.Sprintf("%d.%d", i, n))
		}
		return lines
	}
	var l List
	for _, visit := range []struct {
		at   int
		want []string
	}{
		{0, []string{"0.0", "1.0", "1.1", "2.0"}},
		{2, []string{"0.0", "1.0", "1.1", "2.0"}},
		{3, []string{"2.0", "3.0", "3.1", "3.2"}},
		{6, []string{"4.0", "5.0", "6.0", "6.1"}},
		{5, []string{"4.0", "5.0", "6.0", "6.1"}},
		{3, []string{"3.0", "3.1", "3.2", "4.0"}},
	} {
		l.At = visit.at
		if got := l.Blocks(len(heights), 4, func(i int) int { return heights[i] }, block); !slices.Equal(got, visit.want) {
			t.Errorf("with the cursor on %d: %v", visit.at, got)
		}
	}
	spot := l.Spot(0, 0, 10, "")
	if spot.Row != 1 || spot.H != 4 {
		t.Errorf("the cursor is on line %d of %d", spot.Row, spot.H)
	}
	if !spot.Choose(0, 3) || l.At != 4 {
		t.Errorf("a click on the last line went to row %d", l.At)
	}
	if spot.Choose(0, 4) {
		t.Error("a click below the rows moved the cursor")
	}
}
