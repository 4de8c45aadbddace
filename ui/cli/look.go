package cli

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/background"
	"github.com/account-settings/pinghome/ui/theme"
)

// requireTerminal refuses the console where it cannot be shown, before
// anything is opened or made.
func requireTerminal(s Streams) error {
	switch {
	case !term.IsTerminal(s.In.Fd()):
		return usage("The console needs a terminal, and standard input is none; \"pinghome --help\" says what works without.")
	case !term.IsTerminal(s.Out.Fd()):
		return usage("The console needs a terminal, and standard output is none; \"pinghome --help\" says what works without.")
	case os.Getenv("TERM") == "dumb":
		return usage("The console cannot be shown on this terminal (TERM is dumb); \"pinghome --help\" says what works here.")
	}
	return nil
}

// chooseLook decides how the console looks, and asks the terminal for its
// background where that matters. What else the terminal said is returned.
func chooseLook(o *options, s Streams) (theme.Look, background.Answer) {
	profile := colours()
	name := themeOf(o.theme, profile)
	var answer background.Answer
	if name == "auto" || name == "high-contrast" {
		answer = askBackground(s)
	}
	isLight := answer.Shade == background.Light
	if name == "auto" {
		name = "dark"
		if isLight {
			name = "light"
		}
	}
	if profile == termenv.Ascii {
		profile = termenv.ANSI // what is left of it then is bold and reverse
	}
	return theme.New(theme.Options{Name: name, Light: isLight, ASCII: o.isASCII, Profile: profile}), answer
}

// themeOf lets a theme that was asked for stand. Otherwise colours are left
// out where the person (https://no-color.org, https://bixense.com/clicolors)
// or the terminal has none.
func themeOf(asked string, profile termenv.Profile) string {
	if asked != "auto" {
		return asked
	}
	if os.Getenv("NO_COLOR") != "" || os.Getenv("CLICOLOR") == "0" || profile == termenv.Ascii {
		return "mono"
	}
	return "auto"
}

// colours reads TERM and COLORTERM alone: the terminal is known to be one.
func colours() termenv.Profile {
	return termenv.NewOutput(io.Discard, termenv.WithTTY(true)).ColorProfile()
}

func askBackground(s Streams) background.Answer {
	if shade := background.FromVariable(os.Getenv("COLORFGBG")); shade != background.Unknown {
		return background.Answer{Shade: shade}
	}
	return background.Ask(s.In, s.Out)
}
