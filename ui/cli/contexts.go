package cli

import (
	"context"
	"maps"
	"slices"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
)

// thisMachine is the name of the database that the console began with, among the contexts.
const thisMachine = "this machine"

// contexts are what can be opened from the console, and the name of the one that it begins
// with: the servers of the configuration, and the database or the server that the flags name.
// There is none beside a demo, which has no configuration, and none where there is no other.
func (o *options) contexts(where paths, from source, last *draft.Store) (list []ui.Context, first string, err error) {
	if o.isDemo {
		return nil, "", nil
	}
	c, path, err := o.configuration(where)
	if err != nil {
		return nil, "", err
	}
	add := func(name string, s source) {
		list = append(list, ui.Context{Name: name, Place: s.label(), Open: func(ctx context.Context) (ui.Opened, error) {
			opened, err := openLast(ctx, s, last)
			opened.Place = s.label()
			return opened, err
		}})
	}
	if first, err = o.contextName(c, path); err != nil {
		return nil, "", err
	}
	if first == "" {
		first = thisMachine
		if o.server.isSet() {
			first = from.label()
		}
		add(first, from)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Context)) {
		s, err := c.context(name, path)
		if err != nil {
			return nil, "", err
		}
		var other source = &remote{server: s, paths: where}
		if name == first {
			other = from
		}
		add(name, other)
	}
	if len(list) < 2 {
		return nil, "", nil
	}
	return list, first, nil
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
