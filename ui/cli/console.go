package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/clipboard"
	"github.com/account-settings/pinghome/ui/draft"
)

// console opens the source that the flags name and shows it. It checks the
// flags and the terminal first, before anything is opened or made.
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
	signals := catchSignals()
	defer signals.close()
	from, err := chooseSource(o, where, log)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, from.close()) }()
	return show(o, s, where, from, signals, log)
}

// show opens the account and runs the console on it.
func show(o *options, s Streams, where paths, from source, signals *signals, log *slog.Logger) error {
	options := ui.Options{Mouse: o.hasMouse(where), Shell: ui.ShellOptions{Place: from.label(), ReadOnly: o.isReadOnly, Log: log}}
	if !o.isDemo { // the next demo has the same accounts, and begins anew
		options.Shell.Drafts = draft.Open(where.drafts())
	}
	err := signals.run(func(ctx context.Context) error { return from.start(ctx, o.account, &options) })
	if err != nil {
		return err
	}
	looks := chooseLooks(o, s)
	options.Shell.Look, options.Shell.LateLook = looks.first, looks.late
	options.Shell.Copy = clipboard.New(s.Out).Copy
	run := program{streams: s, signals: signals, crashes: where.crashes(), typed: looks.answer.Typed, sideWork: options.Shell.Drafts.Sweep}
	return run.run(ui.New(options))
}

// firstError returns the error that ended the command, or else the one of
// closing what it had opened.
func firstError(err, closing error) error {
	if err != nil || closing == nil {
		return err
	}
	return &exit.Error{Code: exit.CodeFailed, Err: closing}
}

// debugLog opens the log that --debug asks for, and returns what closes it. The
// log is nil without --debug. The console logs what happened and never a value.
func debugLog(file string, where paths) (log *slog.Logger, closeLog func(), err error) {
	none := func() {}
	if file == "" {
		return nil, none, nil
	}
	if file == inStateFolder {
		file = where.debugLog()
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, none, exit.Failed("The log cannot be written: %w; name a file with --debug=FILE.", err)
		}
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, none, exit.Usage("The log %s cannot be written: %w; name another file with --debug=FILE.", file, errors.Unwrap(err))
	}
	log = slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug}))
	log.Info("started", "version", version())
	return log, func() { f.Close() }, nil
}
