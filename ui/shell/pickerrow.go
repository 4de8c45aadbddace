package shell

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

func (p *Picker) row(m fuzzy.Match, atCursor bool, w int) string {
	sh, it := p.Shell, p.items[m.Index]
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	text := look.Text
	hits := m.MatchedIndexes
	if it.Aside != "" {
		return look.Mark.Render(mark) + text.Render(" ") + p.columns(it, hits, look, w-2)
	}
	if it.Off != "" {
		text = look.Faint
		if aside := sh.Look.Aside(it.Text); aside != it.Text {
			it.Text, hits = aside, nil
		}
		it.Text += " " + sh.Look.Dot + " " + it.Off
	}
	if sh.Room == Compact && draw.Width(it.Text)+draw.Width(it.Right)+3 > w {
		it.Right = draw.Cut(it.Right, max(4, w-3-draw.Width(it.Text)))
	}
	room := w - 2 - draw.Width(it.Right) - 1
	left := highlight(it.Text, hits, text, look.Match, room)
	return look.Mark.Render(mark) + text.Render(" ") + left + look.Muted.Render(" "+it.Right)
}

// columns draws an item with something aside in w cells: neither part pushes out another.
func (p *Picker) columns(it Item, hits []int, look *theme.Palette, w int) string {
	const gap = 2
	first, second := w*32/100, w*38/100
	if p.Shell.Room == Compact {
		first, second = w*45/100, w*55/100-gap
	}
	rest := w - first - second - 2*gap
	behind := len(it.Text) + len(asideGap)
	inText := within(hits, 0, len(it.Text))
	inAside := within(hits, behind, len(it.Aside))
	inRight := within(hits, behind+len(it.Aside)+len(asideGap), len(it.Right))
	if it.Masked != "" && !p.Shell.ShowsValues() { // where it matches would tell what is hidden
		it.Aside, inAside = draw.Middle(it.Masked, second), nil
	}
	line := highlight(it.Text, inText, look.Text, look.Match, first) + look.Text.Render(draw.Space(gap)) +
		highlight(it.Aside, inAside, look.Muted, look.Match, second)
	if rest < 4 {
		return line + look.Text.Render(draw.Space(w-first-second-gap))
	}
	return line + look.Muted.Render(draw.Space(gap)) + highlight(it.Right, inRight, look.Muted, look.Match, rest)
}

// within are those of the hits that are in a part of a text, from its beginning.
func within(hits []int, from, size int) (in []int) {
	for _, at := range hits {
		if at >= from && at < from+size {
			in = append(in, at-from)
		}
	}
	return in
}

// highlight draws text in w cells with the letters at the byte offsets hits in another style.
func highlight(text string, hits []int, plain, hit theme.Style, w int) string {
	shown := safe.Text(text)
	if len(hits) == 0 || shown != text || draw.Width(text) > w {
		return plain.Render(draw.Pad(shown, w))
	}
	var b strings.Builder
	start, on := 0, false
	flush := func(end int) {
		style := plain
		if on {
			style = hit
		}
		b.WriteString(style.Render(text[start:end]))
		start = end
	}
	for i := range text {
		if is := slices.Contains(hits, i); is != on {
			flush(i)
			on = is
		}
	}
	flush(len(text))
	return b.String() + plain.Render(draw.Space(w-draw.Width(text)))
}
