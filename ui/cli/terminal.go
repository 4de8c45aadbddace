package cli

import (
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/background"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/theme"
)

// requireTerminal returns an error where the console cannot be shown.
func requireTerminal(s Streams) error {
	switch {
	case !term.IsTerminal(s.In.Fd()):
		return exit.Usage("The console needs a terminal, and standard input is none; \"pinghome --help\" says what works without one.")
	case !term.IsTerminal(s.Out.Fd()):
		return exit.Usage("The console needs a terminal, and standard output is none; \"pinghome --help\" says what works without one.")
	case os.Getenv("TERM") == "dumb":
		return exit.Usage("The console cannot be shown on this terminal (TERM is dumb); \"pinghome --help\" says what works here.")
	}
	return nil
}

// looks are the look of the console, and what it depends on.
type looks struct {
	first  theme.Look
	late   func(background.Shade) theme.Look // nil where the background does not matter
	answer background.Answer                 // of the terminal, with what was typed before it came
}

// grounds are the grounds of a theme.
var grounds = map[background.Shade]theme.Ground{background.Dark: theme.DarkGround, background.Light: theme.LightGround}

// chooseLooks returns the look of the console. It asks the terminal for its background
// where the theme depends on it.
func chooseLooks(o *options, s Streams, isASCII bool) (l looks) {
	profile := colours()
	name := themeOf(o.theme, profile)
	if profile == termenv.Ascii {
		profile = termenv.ANSI // the theme is mono then, which uses bold and reverse only
	}
	look := func(shade background.Shade) theme.Look {
		return theme.New(theme.Options{Name: name, Ground: grounds[shade], ASCII: isASCII, Profile: profile})
	}
	if name == "auto" || name == "high-contrast" {
		if l.answer = askBackground(s); l.answer.IsPending {
			l.late = look
		}
	}
	l.first = look(l.answer.Shade)
	return l
}

// themeOf returns the theme of --theme. For "auto" it returns "mono" where the
// environment (https://no-color.org, https://bixense.com/clicolors) or the
// terminal asks for no colours.
func themeOf(flag string, profile termenv.Profile) string {
	if flag != "auto" {
		return flag
	}
	if os.Getenv("NO_COLOR") != "" || os.Getenv("CLICOLOR") == "0" || profile == termenv.Ascii {
		return "mono"
	}
	return "auto"
}

// colours returns how many colours the terminal has, by TERM and COLORTERM. COLORTERM
// is often lost on the way, over SSH for example, and most names of terminals say
// nothing of colours; all but the oldest have the sixteen of ECMA-48.
func colours() termenv.Profile {
	profile := termenv.NewOutput(io.Discard, termenv.WithTTY(true)).ColorProfile()
	if profile == termenv.Ascii && hasColours(os.Getenv("TERM")) {
		return termenv.ANSI
	}
	return profile
}

// hasColours reports whether a terminal of this name has any: not none, not "dumb", and
// none of DEC's from the VT52 to the VT220.
func hasColours(name string) bool {
	model, isDEC := strings.CutPrefix(name, "vt")
	if !isDEC {
		return name != "" && name != "dumb"
	}
	model, _, _ = strings.Cut(model, "-")
	number, err := strconv.Atoi(model)
	return err != nil || number > 220
}

// askBackground takes the background from COLORFGBG, or asks the terminal. That of
// Linux's own console, which does not answer, is black.
func askBackground(s Streams) background.Answer {
	if os.Getenv("TERM") == "linux" {
		return background.Answer{Shade: background.Dark}
	}
	if shade := background.FromEnvironment(os.Getenv("COLORFGBG")); shade != background.Unknown {
		return background.Answer{Shade: shade}
	}
	return background.Ask(s.In, s.Out)
}
