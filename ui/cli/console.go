package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/clipboard"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/safe"
)

// console opens the source that the flags name and shows it. It checks the
// flags and the terminal first, before anything is opened or made.
func console(o *options, s Streams) error {
	if err := o.check(); err != nil {
		return err
	}
	where, err := findPaths(o.db)
	if err != nil {
		return err
	}
	c, err := o.configuration(where)
	if err != nil {
		return err
	}
	if err := requireTerminal(s); err != nil && !o.usesLines(c.Console, s) {
		return err
	}
	log, closeLog, err := debugLog(o.debug, where)
	if err != nil {
		return err
	}
	defer closeLog()
	signals := catchSignals()
	defer signals.close()
	from, err := chooseSource(&o.sourceFlags, &c, where, log)
	if err != nil {
		return err
	}
	parting, others, err := show(o, &c, s, where, from, signals, log)
	said := []string{parting}
	for _, each := range append([]source{from}, others...) {
		err = firstError(err, each.close())
		said = append(said, each.left()...)
	}
	if err != nil {
		return err
	}
	part(s.Err, said...)
	return nil
}

// part prints what should be known after the end, in one line; nothing where there is nothing.
func part(w io.Writer, said ...string) {
	if text := clauses(said); text != "" {
		_, _ = fmt.Fprintln(w, safe.Text("pinghome: "+text)) // nothing is left to report a failure to
	}
}

// clauses are what is said as one text, "" for nothing.
func clauses(said []string) string {
	return strings.Join(slices.DeleteFunc(said, func(clause string) bool { return clause == "" }), "; ")
}

// show opens the account, runs the console on it, and returns what should be known after
// its end, and the other sources that can have been opened meanwhile.
func show(o *options, c *configuration, s Streams, where paths, from source, signals *signals, log *slog.Logger) (parting string, others []source, err error) {
	options := ui.Options{Shell: ui.ShellOptions{Place: from.label(), ReadOnly: o.isReadOnly, Log: log}}
	c.use(&options)
	if !o.isDemo { // the next demo has the same accounts, and begins anew
		options.Shell.Drafts, options.Opened = draft.Open(where.drafts()), draft.Open(where.opened())
	}
	keys, wrong := readKeys(where.keys)
	options.Contexts, options.Context, others = o.contexts(c, where, from, options.Opened, log)
	options.Shell.Keys, options.Warnings = &keys, append(c.sentences(), shortened(wrong)...)
	if err := signals.run(func(ctx context.Context) error { return startLast(ctx, o.account, from, &options) }); err != nil {
		return "", others, err
	}
	if !o.isDemo {
		options.KeepSettings = func(chosen []ui.Setting) (string, error) { return keepSettings(c.path, chosen) }
	}
	if o.usesLines(c.Console, s) {
		return "", others, showLines(o, c, s, where, signals, options)
	}
	options.Screen = cmp.Or(c.Console.Start.scope(), options.Screen)
	looks, typed := chooseTheme(o.themeName(c.Console), c.Console.Colors.own(), o.drawsASCII(c.Console), s)
	options.Shell.Theme = &looks
	options.Shell.Copy = clipboard.New(s.Out).Copy
	run := program{streams: s, signals: signals, crashes: where.crashes(), typed: typed, sideWork: func() {
		options.Shell.Drafts.Sweep()
		options.Opened.Sweep()
	}}
	model := ui.New(options)
	run.unkept = model.Unkept
	err = run.run(model)
	_, _ = io.WriteString(s.Err, model.Unkept()) // the last place for it
	if err != nil {
		return "", others, err
	}
	return model.Parting(), others, nil
}

// startLast starts with the account and the screen that were open last, where no account
// is given. An account that is gone is as if none had been; any other error is returned, since
// a person would take another account for the last one.
func startLast(ctx context.Context, account string, from source, o *ui.Options) error {
	last := ui.LoadLast(o.Opened, from.scope())
	o.Screen, o.Tables, o.Commands, o.Recent = last.Screen, last.Tables, last.Commands, last.Recent
	if account != "" || last.Account == "" || from.hasAccount() {
		return from.start(ctx, account, o)
	}
	first := *o
	switch err := from.start(ctx, last.Account, &first); {
	case isNotFound(err):
		return from.start(ctx, "", o)
	case err != nil:
		return err
	}
	*o = first
	if o.Away != nil {
		o.Away.Open = orOldest(o.Away.Open, from)
	}
	return nil
}

// isNotFound reports whether an error says that the account or its database is not there.
func isNotFound(err error) bool {
	var e *exit.Error
	return errors.As(exit.From(err), &e) && e.Code == exit.CodeNotFound
}

// orOldest wraps what opens the last account of a server that did not answer. Where that
// is gone, it opens the one that is opened without a name.
func orOldest(open func(context.Context) (ui.Opened, error), from source) func(context.Context) (ui.Opened, error) {
	return func(ctx context.Context) (ui.Opened, error) {
		opened, err := open(ctx)
		if backend.ErrorCode(err) != backend.CodeNotFound {
			return opened, err
		}
		var again ui.Options
		err = from.start(ctx, "", &again)
		switch {
		case again.Away == nil:
			return again.Start, err
		case again.Away.Err == nil:
			return again.Away.Open(ctx)
		}
		return again.Start, again.Away.Err
	}
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
	log = slog.New(slog.NewJSONHandler(safe.JSONWriter(f), &slog.HandlerOptions{Level: slog.LevelDebug}))
	log.Info("started", "version", version())
	return log, func() { f.Close() }, nil
}
