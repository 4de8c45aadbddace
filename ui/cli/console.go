package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/aymanbagabas/go-osc52/v2"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
)

// console opens what the flags name and shows it. Nothing is opened or made
// before the flags and the terminal are known to be right.
func console(o *options, s Streams) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	if err := requireTerminal(s); err != nil {
		return err
	}
	where, err := findPaths(o.db)
	if err != nil {
		return err
	}
	log, closeLog, err := debugLog(o.debug, where)
	if err != nil {
		return err
	}
	defer closeLog()
	signals := listen()
	defer signals.close()
	p, err := choosePlace(o, where, log)
	if err != nil {
		return err
	}
	defer func() { err = joined(err, p.close()) }()
	return show(o, s, where, p, signals, log)
}

// show opens the account and runs the console on it.
func show(o *options, s Streams, where paths, p source, signals *signals, log *slog.Logger) error {
	options := ui.Options{Shell: ui.ShellOptions{Place: p.name(), ReadOnly: o.isReadOnly, Drafts: draft.Open(where.drafts()), Log: log}}
	err := signals.during(func(ctx context.Context) error { return p.start(ctx, o.account, &options) })
	if err != nil {
		return err
	}
	look, answer := chooseLook(o, s)
	options.Shell.Look = look
	options.Shell.Copy = func(text string) error { return copyTo(s.Out, text) }
	run := program{streams: s, signals: signals, crashes: where.crashes(), answer: answer, beside: options.Shell.Drafts.Sweep}
	return run.run(ui.New(options))
}

// choosePlace is the demo, the server that is named, or the database. The demo
// sends nothing, whatever the configuration says.
func choosePlace(o *options, where paths, log *slog.Logger) (source, error) {
	if o.isDemo {
		return demoPlace(o.isReadOnly)
	}
	c, path, err := o.configuration(where)
	if err != nil {
		return nil, err
	}
	if s, isRemote, err := o.remote(c, path); isRemote || err != nil {
		return &remotePlace{server: s, paths: where}, err
	}
	p := localPlace(where, o.isReadOnly)
	p.report = reportTo(log)
	p.sending, err = c.Delivery.open(path, o.isReadOnly)
	return p, err
}

// reportTo is for what goes wrong while messages are handed over. The
// console's log has no values in it, which the words of an error might.
func reportTo(log *slog.Logger) func(error) {
	if log == nil {
		return nil
	}
	return func(err error) {
		log.Error("messages could not be handed over", "code", string(backend.ErrorCode(err)))
	}
}

// joined keeps the first of two errors: what ended the console matters more
// than how tidying up went, and a signal has nobody to tell.
func joined(err, tidying error) error {
	if err != nil || tidying == nil {
		return err
	}
	return &ExitError{Code: ExitFailed, Err: tidying}
}

// copyTo hands a text to the terminal's clipboard (OSC 52), in one write so
// that it falls between two frames and not into one. GNU screen needs it
// wrapped; tmux takes it as it is where set-clipboard is on.
func copyTo(terminal *os.File, text string) error {
	sequence := osc52.New(text)
	if os.Getenv("STY") != "" && os.Getenv("TMUX") == "" {
		sequence = sequence.Screen()
	}
	_, err := terminal.WriteString(sequence.String())
	return err
}

// debugLog opens the log that --debug asks for; without it there is none. The
// console logs what happened and never a value.
func debugLog(file string, where paths) (*slog.Logger, func() error, error) {
	none := func() error { return nil }
	if file == "" {
		return nil, none, nil
	}
	if file == inState {
		file = where.debugLog()
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, none, failed("The log cannot be written: %w; name a file with --debug=FILE.", err)
		}
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, none, usage("The log %s cannot be written: %w; name another file with --debug=FILE.", file, errors.Unwrap(err))
	}
	log := slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug}))
	log.Info("started", "version", version())
	return log, f.Close, nil
}
