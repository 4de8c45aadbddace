package terminal_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"github.com/account-settings/pinghome/ui/terminal"
	"github.com/account-settings/pinghome/ui/uitest"
)

// BenchmarkBytes counts what is written for a key at 120x40, in a walk through the
// console, and for one step in a list that is longer than the window. "of-need" is that
// by what the changed cells need when they are written one by one: for each run of them a
// movement, then their characters, and changes of style where the style is seen.
func BenchmarkBytes(b *testing.B) {
	b.Run("console", func(b *testing.B) {
		var views []string
		v := uitest.Open(b)
		v.Restart(uitest.Colours())
		v.Resize(120, 40)
		for key := range strings.FieldsSeq("1 2 j j j k k 4 j j k 3 2 j v 0 8 7 esc j enter esc 1 2 j k j k j k") {
			v.Press(key)
			views = append(views, v.Screen())
		}
		countBytes(b, views, 120, 40)
	})
	b.Run("scrolling", func(b *testing.B) {
		var views []string
		for top := range 100 {
			var lines []string
			for y := range 40 {
				mark := " "
				if y == 20 {
					mark = "\x1b[7m>\x1b[m"
				}
				lines = append(lines, fmt.Sprintf("│%s %3d  name%d@example.org   ✓ reached %d days ago", mark, top+y, (top+y)*7919, (top+y)%50))
			}
			views = append(views, strings.Join(lines, "\n"))
		}
		countBytes(b, views, 120, 40)
	})
}

func countBytes(b *testing.B, views []string, width, height int) {
	written, need := 0, 0
	for b.Loop() {
		var out bytes.Buffer
		screen := vt.NewEmulator(width, height)
		p := terminal.NewPainter(&out)
		written, need = 0, 0
		for i, view := range views {
			was := cells(screen, width, height)
			if err := p.Paint(view, width, height); err != nil {
				b.Fatal(err)
			}
			n := out.Len()
			_, _ = screen.Write(out.Bytes())
			out.Reset()
			if i > 0 { // the first paints all
				written += n
				need += needed(was, cells(screen, width, height))
			}
		}
	}
	b.ReportMetric(float64(written)/float64(len(views)-1), "bytes/key")
	b.ReportMetric(float64(written)/float64(need), "of-need")
	b.ReportMetric(0, "ns/op")
}

func cells(e *vt.Emulator, width, height int) [][]uv.Cell {
	rows := make([][]uv.Cell, height)
	for y := range rows {
		for x := range width {
			rows[y] = append(rows[y], *e.CellAt(x, y))
		}
	}
	return rows
}

// needed is how many bytes the changed cells need. The style of a blank is not seen.
func needed(was, is [][]uv.Cell) int {
	n := 0
	var style uv.Style
	for y := range is {
		inRun := false
		for x := range is[y] {
			c := is[y][x]
			if c.Width == 0 || was[y][x].Equal(&c) {
				inRun = inRun && c.Width == 0
				continue
			}
			if !inRun {
				n += len(ansi.CursorPosition(x+1, y+1))
			}
			if !c.Style.Equal(&style) && !c.Equal(&uv.EmptyCell) {
				n += len(c.Style.Diff(&style))
				style = c.Style
			}
			n += len(c.Content)
			inRun = true
		}
	}
	return n
}

// BenchmarkPaint measures the painter alone: one step in the list of channels and back.
func BenchmarkPaint(b *testing.B) {
	v := uitest.Open(b)
	v.Restart(uitest.Colours())
	v.Resize(120, 40)
	v.Press("2")
	views := []string{v.Screen()}
	v.Press("j")
	views = append(views, v.Screen())
	p := terminal.NewPainter(&bytes.Buffer{})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := p.Paint(views[i%2], 120, 40); err != nil {
			b.Fatal(err)
		}
	}
}
