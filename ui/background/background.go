// Package background finds out whether the terminal is dark or light.
//
// It asks once, before the program starts, and waits for at most Limit: a wrong
// guess costs some contrast only. The query for the background is followed by one
// that every terminal answers (primary device attributes, CSI c). Its reply marks
// the end: a terminal that cannot tell its background is not waited for, and no
// reply is left over to be read as keys.
//
// What was typed before the answer is returned with it. An answer that comes after the
// Limit, over a slow line, becomes a LateMsg, and so does one to a Query of later: a terminal
// that changes its colours may report that (mode 2031), and is asked again.
package background

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Limit is how long an answer is waited for. Most connections are faster.
const Limit = 200 * time.Millisecond

// Shade is what is known about a background. The zero value is Unknown.
type Shade int

// The shades.
const (
	Unknown Shade = iota
	Dark
	Light
)

// LateMsg is the message of an answer that came while the program ran.
type LateMsg Shade

// AskMsg asks for the background of the terminal again. The answer comes as a LateMsg, if at all.
type AskMsg struct{}

// ShadeOf returns the background that a reply tells: the text of an OSC, such as
// "11;rgb:0000/0000/0000". It is Unknown for every other text.
func ShadeOf(reply string) Shade {
	colour, isBackground := strings.CutPrefix(reply, "11;")
	if !isBackground {
		return Unknown
	}
	return shadeOf(colour)
}

// FromEnvironment reads COLORFGBG, which rxvt, Konsole and others set:
// "foreground;background", or with another field between, in the sixteen colours.
func FromEnvironment(colorfgbg string) Shade {
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

// Query queries the background (OSC 11).
const Query = "\x1b]11;?\x1b\\"

// question is Query and then one for the device attributes (DA1), whose reply marks the end.
const question = Query + "\x1b[c"

var (
	colourReply = regexp.MustCompile("\x1b\\]11;([^\x07\x1b]*)(?:\x07|\x1b\\\\)")
	endReply    = regexp.MustCompile("\x1b\\[\\?[0-9;]*c")
	rgb         = regexp.MustCompile(`^rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})`)
)

// Answer is what a terminal sent while it was asked. The zero value is that of a
// terminal that cannot be asked.
type Answer struct {
	Shade Shade
	// Typed is what the person typed in that time, as raw bytes.
	Typed []byte
	// IsPending reports that the terminal has not answered yet. It may do so later.
	IsPending bool
}

// parseAnswer separates the replies from what was typed.
func parseAnswer(input []byte) (a Answer) {
	if m := colourReply.FindSubmatch(input); m != nil {
		a.Shade = shadeOf(string(m[1]))
	}
	a.IsPending = !endReply.Match(input)
	a.Typed = endReply.ReplaceAll(colourReply.ReplaceAll(input, nil), nil)
	return a
}

// shadeOf judges a colour by its luma (ITU-R BT.601), which is good enough to
// tell a background for light text from one for dark text.
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

// channel scales one to four hexadecimal digits to 0…1, as XParseColor does.
func channel(hex string) float64 {
	n, _ := strconv.ParseUint(hex, 16, 32)
	return float64(n) / float64(uint64(1)<<(4*len(hex))-1)
}
