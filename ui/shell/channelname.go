package shell

import (
	"fmt"
	"strconv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// A channel is named by its number, its type and its label. Where there is no room for all,
// the type gives way: the number tells the channels apart, and the label is the customer's
// own word for this one. Sentences have the number alone, "channel 2": the row with that
// number is in sight.

// ChannelName names a channel in a list, in w cells at most: "#2 sms pager", in less room
// "#2 pager" and then with less of the label. Without a label it is "#2 sms".
func ChannelName(ch backend.Channel, w int) string {
	number, kind, label := "#"+strconv.Itoa(ch.Priority)+" ", TypeName(ch.Type), safe.Text(ch.Label)
	switch full := number + kind + " " + label; {
	case label == "":
		return draw.Cut(number+kind, w)
	case draw.Width(full) <= w:
		return full
	}
	return draw.Cut(number+label, w)
}

// ShortChannelName names a channel where every cell counts: "#2 pager", "#2 sms" without a
// label.
func ShortChannelName(ch backend.Channel) string {
	const most = 12
	if ch.Label == "" {
		return ChannelName(ch, most)
	}
	return fmt.Sprintf("#%d %s", ch.Priority, draw.Cut(safe.Text(ch.Label), most))
}

// ChannelTitle titles what is about a channel: "Verify channel 2 · sms · pager" for the verb
// "Verify channel".
func (s *Shell) ChannelTitle(verb string, ch backend.Channel) string {
	dot := " " + s.Look.Dot + " "
	title := fmt.Sprintf("%s %d%s%s", verb, ch.Priority, dot, TypeName(ch.Type))
	if ch.Label != "" {
		title += dot + safe.Text(ch.Label)
	}
	return title
}

// LabelColumn returns the cell of each channel in a column of labels, with gap behind it. Of
// long labels it has most cells; it is "" where no channel of the list has a label.
func LabelColumn(list []backend.Channel, most int, gap string) func(backend.Channel) string {
	w := LabelWidth(list, most)
	return func(ch backend.Channel) string {
		if w == 0 {
			return ""
		}
		return draw.Pad(safe.Text(ch.Label), w) + gap
	}
}

// LabelWidth is how many cells a column has that shows the labels of channels, at most most;
// 0 where none of them has one.
func LabelWidth(list []backend.Channel, most int) int {
	w := 0
	for _, ch := range list {
		w = max(w, draw.Width(safe.Text(ch.Label)))
	}
	return min(w, most)
}
