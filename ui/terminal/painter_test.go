package terminal_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"github.com/account-settings/pinghome/ui/terminal"
	"github.com/account-settings/pinghome/ui/uitest"
)

// shown is one view in a window of a size.
type shown struct {
	view          string
	width, height int
}

// sizes of the window, by which the same scenes are shown.
var sizes = [][2]int{{80, 24}, {120, 40}, {40, 15}, {200, 60}}

// TestThePainterShowsWhatBubbleTeaShows compares, cell by cell, what stands on the
// screen after each view of a walk through the console, with what Bubble Tea's own
// renderer leaves there.
func TestThePainterShowsWhatBubbleTeaShows(t *testing.T) {
	for _, size := range uitest.Some(1, sizes) {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			both := newScreens(t, size[0], size[1])
			v := uitest.Open(t)
			v.Restart(uitest.Colours())
			v.Resize(size[0], size[1])
			for key := range strings.FieldsSeq("1 e esc D enter esc ? esc o esc 2 j j k enter esc a esc j v 0 8 7 esc space space d esc f space esc T esc 3 c G o o d ctrl+g 4 j enter esc y ? / d e l esc esc") {
				v.Press(strings.ReplaceAll(key, "space", " "))
				both.show(shown{v.Screen(), size[0], size[1]}, key)
			}
		})
	}
}

// TestThePainterShowsRandomViews is the same for views that are not designed:
// wide, combining and joined characters, all styles, windows of any size.
func TestThePainterShowsRandomViews(t *testing.T) {
	seeds := uint64(30)
	if testing.Short() {
		seeds = 5
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			width, height := 2+random.IntN(60), 1+random.IntN(20)
			both := newScreens(t, width, height)
			lines := []string{}
			for step := range 40 {
				if random.IntN(8) == 0 {
					width, height = 2+random.IntN(60), 1+random.IntN(20)
				}
				lines = change(random, lines, width, height)
				// The last line is empty, because Bubble Tea erases the end of a full
				// one where the view before had more lines.
				both.show(shown{strings.Join(lines, "\n") + "\n", width, height}, fmt.Sprint("step ", step))
			}
		})
	}
}

// change returns the lines of another view: some are new, or all moved by one.
func change(random *rand.Rand, lines []string, width, height int) []string {
	for len(lines) < height {
		lines = append(lines, randomLine(random, width))
	}
	lines = slices.Clone(lines)
	switch random.IntN(4) {
	case 0: // scrolled
		lines = append(lines[1:], randomLine(random, width))
	case 1:
		lines = append([]string{randomLine(random, width)}, lines...)
	default:
		for range 1 + random.IntN(3) {
			lines[random.IntN(len(lines))] = randomLine(random, width)
		}
	}
	return lines[:min(len(lines), max(1, height-1+random.IntN(2)))]
}

var (
	pieces = []string{"a", "b", "     ", "xyz", "─", "│", "é", "e\u0301", "漢字", "한", "🙂", "👩‍👩‍👧", "🇩🇪", "✓", "e\u0301\u0302", "～", "0000000000", "                "}
	styles = []string{"", "", "\x1b[1m", "\x1b[7m", "\x1b[4m", "\x1b[3m", "\x1b[2m", "\x1b[31m", "\x1b[38;5;208m", "\x1b[38;2;10;200;30m", "\x1b[48;5;17m", "\x1b[1;7;38;2;1;2;3m"}
)

func randomLine(random *rand.Rand, width int) string {
	var b strings.Builder
	for n := random.IntN(width + 1); b.Len() < n; {
		style := styles[random.IntN(len(styles))]
		b.WriteString(style + pieces[random.IntN(len(pieces))])
		if style != "" {
			b.WriteString("\x1b[m")
		}
	}
	return b.String()
}

// screens are two emulated terminals: on one the painter writes, on the other Bubble
// Tea's renderer.
type screens struct {
	t       *testing.T
	ours    *vt.Emulator
	painter terminal.Painter

	theirs  *vt.Emulator
	mu      sync.Mutex // of theirs
	written chan struct{}
	program *tea.Program
	before  shown
}

func newScreens(t *testing.T, width, height int) *screens {
	t.Helper()
	s := &screens{t: t, ours: vt.NewEmulator(width, height), theirs: vt.NewEmulator(width, height), written: make(chan struct{}, 1000)}
	s.painter = terminal.NewPainter(s.ours)
	s.program = tea.NewProgram(still{}, tea.WithInput(nil), tea.WithOutput(s), tea.WithoutSignalHandler(), tea.WithAltScreen(), tea.WithFPS(120))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = s.program.Run()
	}()
	t.Cleanup(func() { s.program.Quit(); <-done })
	return s
}

// Write is for Bubble Tea's renderer.
func (s *screens) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.theirs.Write(b)
	s.written <- struct{}{}
	return n, err
}

// still is a model that shows what it is told to.
type still struct{ view string }

func (still) Init() tea.Cmd { return nil }

func (s still) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if next, isNext := msg.(shown); isNext {
		return still{next.view}, nil
	}
	return s, nil
}

func (s still) View() string { return s.view }

// show shows a view on both screens, and compares them.
func (s *screens) show(next shown, when string) {
	s.t.Helper()
	if next.width != s.before.width || next.height != s.before.height {
		s.mu.Lock()
		s.theirs.Resize(next.width, next.height)
		s.ours.Resize(next.width, next.height)
		s.mu.Unlock()
		s.program.Send(tea.WindowSizeMsg{Width: next.width, Height: next.height})
	}
	s.before = next
	if err := s.painter.Paint(next.view, next.width, next.height); err != nil {
		s.t.Fatal(err)
	}
	s.program.Send(next)
	for {
		difference := s.difference(next)
		if difference == "" {
			return
		}
		select {
		case <-s.written: // Bubble Tea paints at its next tick
		case <-time.After(2 * time.Second):
			s.t.Fatalf("%s: %s\nours:\n%s\nBubble Tea's:\n%s", when, difference, s.ours, s.theirs)
		}
	}
}

// difference names the first cell that is not the same on both screens.
func (s *screens) difference(next shown) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for y := range next.height {
		for x := range next.width {
			if a, b := cellOf(s.ours, x, y), cellOf(s.theirs, x, y); a != b {
				return fmt.Sprintf("line %d, column %d is %s, and by Bubble Tea %s", y+1, x+1, a, b)
			}
		}
	}
	return ""
}

// cellOf describes what is seen of a cell. Ink shows on a blank only where it is
// underlined, struck through or reversed.
func cellOf(e *vt.Emulator, x, y int) string {
	c := e.CellAt(x, y)
	if c == nil {
		return "nothing"
	}
	style := c.Style
	if strings.TrimSpace(c.Content) == "" && style.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0 && style.Underline == 0 {
		style.Fg, style.Attrs = nil, 0
	}
	return fmt.Sprintf("%q %d %v", c.Content, c.Width, style)
}

// TestThePainterShowsMoreColoursThanItNumbers paints more colours one after another than
// the painter keeps numbers for.
func TestThePainterShowsMoreColoursThanItNumbers(t *testing.T) {
	const width, height, frames = 50, 4, 60
	both := newScreens(t, width, height)
	for frame := range frames {
		var b strings.Builder
		for i := range width * height {
			if i > 0 && i%width == 0 {
				b.WriteString("\n")
			}
			fmt.Fprintf(&b, "\x1b[38;2;%d;%d;7mx", frame, i)
		}
		both.show(shown{b.String() + "\x1b[m", width, height}, fmt.Sprint("frame ", frame))
	}
}

// TestARowWithADoubtfulCharacterIsWrittenToItsEnd: where the terminal gives a flag or a
// joined character another width, what stood after it stands somewhere else.
func TestARowWithADoubtfulCharacterIsWrittenToItsEnd(t *testing.T) {
	var out bytes.Buffer
	p := terminal.NewPainter(&out)
	for _, step := range []struct{ view, want string }{
		{"ab🇨🇿cdefgh\nplain text", ""},
		{"ab🇨🇿cdefgX\nplain text", "\x1b[K🇨🇿\x1b[1;5HcdefgX"},
		{"ab\nplain text", "\x1b[K"},
		{"ab\nplain texT", "T"},
	} {
		out.Reset()
		if err := p.Paint(step.view, 20, 3); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), step.want) {
			t.Errorf("%q is written as %q", step.view, out.String())
		}
	}
	if strings.Contains(out.String(), "\x1b[K") {
		t.Errorf("a plain row is erased: %q", out.String())
	}
}
