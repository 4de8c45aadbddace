package cli

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/shell"
)

// thisMachine is the name of the database that the console began with, among the contexts.
const thisMachine = "this machine"

// contexts are what can be opened from the console, and the name of the one that it begins
// with: those of the configuration, and the database or the server that the flags name.
// There is none beside a demo, which has no configuration, and none where there is no other.
// One that is wrong in the configuration says so when it is opened.
// others are those that the console did not begin with, to be closed at the end.
func (o *sourceFlags) contexts(c *configuration, where paths, from source, last *draft.Store, log *slog.Logger) (list []ui.Context, first string, others []source) {
	if o.isDemo {
		return nil, "", nil
	}
	add := func(name string, s source, isReadOnly bool) {
		place := s.label()
		if isReadOnly {
			place += ", read-only"
		}
		if s != from {
			others = append(others, s)
		}
		list = append(list, ui.Context{Name: name, Place: place, Open: func(ctx context.Context) (ui.Opened, error) {
			opened, err := openLast(ctx, s, last)
			opened.Place = s.label()
			return opened, inConsole(err)
		}})
	}
	switch from := from.(type) {
	case *remote:
		first = from.context
	case *database:
		first = from.context
	}
	if first == "" {
		first = thisMachine
		if from.label() != shell.LocalPlace {
			first = from.label()
		}
		add(first, from, false)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Context)) {
		s, err := c.context(name)
		other := from
		if err == nil && name != first {
			other, err = o.named(c, name, s, where, log)
		}
		if err != nil {
			c.noteFault(err)
			list = append(list, ui.Context{Name: name, Open: func(context.Context) (ui.Opened, error) { return ui.Opened{}, inConsole(err) }})
			continue
		}
		add(name, other, s.IsReadOnly)
	}
	if len(list) < 2 {
		return nil, "", others
	}
	return list, first, others
}

// inConsole is an error of the command, such as that of a token file that is missing, as one that
// the console tells in the same words.
func inConsole(err error) error {
	var known *exit.Error
	if errors.As(err, &known) && backend.ErrorCode(err) == backend.CodeInternal {
		return &backend.Error{Code: backend.CodeInvalid, Message: known.Error(), Err: err}
	}
	return err
}

// openLast opens the account that was open last in a source, or else the default one.
func openLast(ctx context.Context, from source, last *draft.Store) (ui.Opened, error) {
	account := ui.LoadLast(last, from.scope()).Account
	if account == "" || from.hasAccount() {
		return from.openAccount(ctx, "")
	}
	opened, err := from.openAccount(ctx, account)
	if isNotFound(err) {
		return from.openAccount(ctx, "")
	}
	return opened, err
}
