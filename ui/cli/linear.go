package cli

import (
	"context"
	"os"

	"github.com/charmbracelet/x/term"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/crash"
	"github.com/account-settings/pinghome/ui/linear"
)

// usesLines reports whether the console is used line by line: as the flag or the configuration says, or else where a
// person types at a terminal that can show nothing else. The flag needs no terminal: some shells, such as that of Emacs,
// may use pipes.
func (o *options) usesLines(c consoleSection, s Streams) bool {
	if o.isGiven("linear") {
		return o.isLinear
	}
	return c.Linear || os.Getenv("TERM") == "dumb" && term.IsTerminal(s.In.Fd())
}

// showLines runs linear mode on what the options open.
func showLines(o *options, c *configuration, s Streams, where paths, signals *signals, options ui.Options) error {
	resumed, stop := notifyResumed()
	defer stop()
	fault, err := crash.Catch(func() error {
		return signals.run(func(ctx context.Context) error {
			return linear.Run(ctx, linear.Options{Console: options, Program: *accountCommands(s), IsASCII: o.drawsASCII(c.Console), Resumed: resumed,
				Discard: func() { discardTyped(s.In) },
				// A shell in Emacs is a pipe, and shows what is typed by itself.
				IsUnechoed: !term.IsTerminal(s.In.Fd()) && os.Getenv("INSIDE_EMACS") == "",
				Forget:     func(scope, account string) error { return forgetOf(where, scope, account) }})
		})
	})
	if fault != nil {
		return program{crashes: where.crashes()}.report(fault)
	}
	return err
}
