// Package background finds out whether the terminal is dark or light.
//
// It asks once, before the program starts, and waits a moment only: a wrong
// guess costs some contrast, a stall costs patience. The question is fenced:
// behind it goes one that every terminal answers (primary device attributes,
// CSI c), so that a terminal without an answer to the first is not waited for,
// and no reply is left over to be read as keys.
package background

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Limit is how long a terminal may think. Half a round trip to the far side of
// the world and back is below it; Late deals with what comes after.
const Limit = 200 * time.Millisecond

// Shade is what is known about a background.
type Shade int

// The three things that can be known.
const (
	Unknown Shade = iota
	Dark
	Light
)

// FromVariable reads COLORFGBG, which rxvt, Konsole and others set:
// "foreground;background", or with a word between, in the sixteen colours.
func FromVariable(colorfgbg string) Shade {
	i := strings.LastIndexByte(colorfgbg, ';')
	if i < 0 {
		return Unknown
	}
	switch n, err := strconv.Atoi(colorfgbg[i+1:]); {
	case err != nil || n < 0 || n > 15:
		return Unknown
	case n == 7 || n > 8: // white, and the bright colours; 8 is dark grey
		return Light
	default:
		return Dark
	}
}

// question asks for the background (OSC 11), then for the fence (DA1).
const question = "\x1b]11;?\x1b\\\x1b[c"

var (
	colourReply = regexp.MustCompile("\x1b\\]11;([^\x07\x1b]*)(?:\x07|\x1b\\\\)")
	fenceReply  = regexp.MustCompile("\x1b\\[\\?[0-9;]*c")
	rgb         = regexp.MustCompile(`^rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})`)
)

// Answer is what came back.
type Answer struct {
	Shade Shade
	// Typed is what the person pressed meanwhile, as raw bytes.
	Typed []byte
	// IsDue tells that the terminal may still answer; pass Late.Filter then.
	IsDue bool
}

// read takes the replies out of what came back. It is complete with the fence.
func read(input []byte) (a Answer) {
	if m := colourReply.FindSubmatch(input); m != nil {
		a.Shade = shadeOf(string(m[1]))
	}
	a.IsDue = !fenceReply.Match(input)
	a.Typed = fenceReply.ReplaceAll(colourReply.ReplaceAll(input, nil), nil)
	return a
}

// shadeOf goes by the luma of ITU-R BT.601, which is near enough to tell a
// background meant for light text from one meant for dark.
func shadeOf(colour string) Shade {
	m := rgb.FindStringSubmatch(colour)
	if m == nil {
		return Unknown
	}
	if 0.299*channel(m[1])+0.587*channel(m[2])+0.114*channel(m[3]) > 0.5 {
		return Light
	}
	return Dark
}

// channel scales one to four hex digits to 0…1, as XParseColor does.
func channel(hex string) float64 {
	n, _ := strconv.ParseUint(hex, 16, 32)
	return float64(n) / float64(uint64(1)<<(4*len(hex))-1)
}
