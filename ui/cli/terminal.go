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
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// requireTerminal returns an error where the console cannot be shown.
func requireTerminal(s Streams) error {
	switch {
	case !term.IsTerminal(s.In.Fd()):
		return exit.Usage("The console needs a terminal, and standard input is none. \"pinghome --linear\" reads lines from it, and \"pinghome --help\" says what else works without one.")
	case !term.IsTerminal(s.Out.Fd()):
		return exit.Usage("The console needs a terminal, and standard output is none. \"pinghome --linear\" prints lines to it, and \"pinghome --help\" says what else works without one.")
	case os.Getenv("TERM") == "dumb":
		return exit.Usage("The console cannot be shown on this terminal (TERM is dumb); \"pinghome --help\" says what works here.")
	}
	return nil
}

// chooseTheme returns what the look of the console depends on, and what was typed while the
// terminal was asked for its background, which is done where that counts.
func chooseTheme(name string, colours map[string]string, isASCII bool, s Streams) (o theme.Options, typed []byte) {
	o = theme.Options{Name: name, Colours: colours, ASCII: isASCII, Profile: numberOfColours(), IsPlain: asksForNoColours()}
	if o.Profile == termenv.Ascii {
		o.IsPlain, o.Profile = true, termenv.ANSI // mono uses bold and reverse only
	}
	if name == "high-contrast" || name == "auto" && !o.IsPlain {
		answer := askBackground(s)
		o.Ground, typed = shell.Ground(answer.Shade), answer.Typed
	}
	return o, typed
}

// asksForNoColours reports whether the environment does (https://no-color.org,
// https://bixense.com/clicolors).
func asksForNoColours() bool { return os.Getenv("NO_COLOR") != "" || os.Getenv("CLICOLOR") == "0" }

// numberOfColours returns how many colours the terminal has, by TERM and COLORTERM. COLORTERM
// is often lost on the way, over SSH for example, and most names of terminals say
// nothing of colours; all but the oldest have the sixteen of ECMA-48.
func numberOfColours() termenv.Profile {
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
