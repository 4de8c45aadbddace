package theme

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Tokens are the names of the colours that a theme has, which a person can have others for.
var Tokens = []string{"text", "background", "selected", "muted", "faint", "border", "dim", "focus", "frame", "brand",
	"ok", "warn", "error", "info", "email", "sms", "webhook", "push"}

// colourNames are the sixteen colours of ECMA-48 and aixterm, by their numbers.
var colourNames = []string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
	"bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white"}

// CheckColour returns what is wrong with a colour of a person's own, as the end of a sentence.
// Right are "#RRGGBB", a number of the 256 colours of xterm, the name of one of the sixteen,
// and "default", which is the terminal's own.
func CheckColour(text string) error {
	if _, isColour := ownColour(text); !isColour {
		return fmt.Errorf("is %q; write a colour as \"#7AB7FF\", as a number from \"0\" to \"255\", or as a name such as red or bright-blue", text)
	}
	return nil
}

// ownColour is a colour that a person has written down. A terminal with fewer colours shows the
// nearest one that it has.
func ownColour(text string) (lipgloss.CompleteColor, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "default" {
		return lipgloss.CompleteColor{}, true
	}
	if i := slices.Index(colourNames, text); i >= 0 {
		text = strconv.Itoa(i)
	}
	if hex, isHex := strings.CutPrefix(text, "#"); isHex {
		_, err := strconv.ParseUint(hex, 16, 32)
		return colour(text, text, text), err == nil && len(hex) == len("rrggbb")
	}
	n, err := strconv.ParseUint(text, 10, 8)
	return colour(strconv.FormatUint(n, 10), strconv.FormatUint(n, 10), strconv.FormatUint(n, 10)), err == nil
}

// withOwn is a scheme in which some colours, by their tokens, are a person's own.
func (s scheme) withOwn(colours map[string]string) scheme {
	inks := map[string]*ink{"muted": &s.muted, "faint": &s.faint, "border": &s.border, "dim": &s.dim, "focus": &s.focus,
		"frame": &s.frame, "brand": &s.brand, "ok": &s.ok, "warn": &s.warn, "error": &s.err, "info": &s.info,
		"email": &s.hues[HueEmail], "sms": &s.hues[HueSMS], "webhook": &s.hues[HueWebhook], "push": &s.hues[HuePush]}
	for token, text := range colours {
		own, isColour := ownColour(text)
		switch {
		case !isColour:
		case token == "text":
			s.text = own
		case token == "background":
			s.paper = own
		case token == "selected":
			s.selected = own
		case inks[token] != nil:
			*inks[token] = ink{colour: own} // without the background that it may have had
		}
	}
	return s
}
