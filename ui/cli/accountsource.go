package cli

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/command"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/shell"
)

// accountCommands are what the commands on one account need of this program.
func accountCommands(s Streams) *command.Program {
	return &command.Program{In: s.In, Out: s.Out, Err: s.Err, Now: time.Now, Data: httpapi.Data, PseudonymKey: pseudonymKey,
		Run: func(work func(context.Context) error) error {
			signals := catchSignals()
			defer signals.close()
			signals.together, signals.isCommand = together, true
			return signals.run(work)
		},
		Source: func(c *cobra.Command, isAboutAll bool) func(context.Context, command.Purpose) (command.Opened, error) {
			o := &sourceFlags{tell: tellOn(s.Err), reportBackup: reportBackupOn(s.Err)}
			o.bindSource(c)
			if !isAboutAll {
				o.bindAccount(c, "(else the context's, the token's, or the only one)")
			}
			return o.open
		}}
}

// open opens the account that the flags and the configuration name. Unlike the console it takes no account
// for granted that was open last: a script means the same account every day.
func (o *sourceFlags) open(ctx context.Context, why command.Purpose) (none command.Opened, err error) {
	if err := o.checkSource(); err != nil {
		return none, err
	}
	where, err := findPaths(o.db)
	if err != nil {
		return none, err
	}
	c, err := o.configuration(where)
	if err == nil {
		err = c.refuse()
	}
	if err != nil {
		return none, err
	}
	from, err := chooseSource(o, &c, where, nil)
	if err == nil {
		err = c.refuse() // what is wrong with the senders, or the default context
	}
	if err != nil {
		return none, err
	}
	var opened command.Opened
	switch from := from.(type) {
	case *database:
		from.actor, from.tell = "shell", o.tell
		opened, err = from.openOne(ctx, o.account, why)
	case *remote:
		opened, err = from.openOne(ctx, o.account)
	}
	if err != nil {
		return none, errors.Join(err, from.close())
	}
	opened.Forget = func() error { return forgetOf(where, from.scope(), opened.Account.ID) }
	opened.Close = func(isSending bool) (left string, err error) {
		if d, isDatabase := from.(*database); isDatabase {
			d.isCounting = isSending
		}
		err = firstError(nil, from.close())
		return clauses(from.left()), err
	}
	return opened, nil
}

// openOne opens an account of the database, "" for the one of its context, or else the only one.
func (d *database) openOne(ctx context.Context, account string, why command.Purpose) (opened command.Opened, err error) {
	switch isThere, err := d.exists(ctx); {
	case err != nil:
		return opened, err
	case why.MayMake && d.whyReadOnly != "":
		return opened, &backend.Error{Code: backend.CodeReadOnly, Message: d.whyReadOnly}
	case !isThere && why.MayMake:
		if err := d.createEmpty(ctx); err != nil {
			return opened, err
		}
	case !isThere:
		return opened, cmp.Or(d.refuseWithKey(), exit.NotFound("%s; \"pinghome account create\" makes one, or name another with --db.", d.engine.missing()))
	}
	accounts, err := d.accounts(ctx)
	if err == nil && why.IsChange {
		err = d.db.Check(ctx)
	}
	if err != nil {
		return opened, err
	}
	opened = command.Opened{Accounts: accounts, WhyReadOnly: d.whyReadOnly, Send: d.startSending}
	if why.IsAll {
		return opened, nil
	}
	if account = cmp.Or(account, d.account); account == "" {
		isSeveral, err := d.hasSeveral(ctx, accounts)
		switch {
		case err != nil:
			return opened, err
		case isSeveral && why.MayBeAll:
			opened.Call = callInProcess(accounts, noAccount)
			return opened, nil
		case isSeveral:
			return opened, exit.Usage("--account is missing: there are several accounts in %s; \"pinghome account list\" has them.", d.name())
		}
	}
	opened.View, opened.Account, err = accounts.Open(ctx, account)
	opened.Call = callInProcess(accounts, opened.Account.ID)
	return opened, err
}

// hasSeveral reports whether there is more than one account. Error: there is none.
func (d *database) hasSeveral(ctx context.Context, accounts *local.Accounts) (bool, error) {
	some, err := accounts.List(ctx, "", 2)
	if err == nil && len(some) == 0 {
		err = exit.NotFound("There is no account in %s yet; make one with \"pinghome account create\".", d.name())
	}
	return len(some) > 1, err
}

// openOne opens an account of the server, "" for the one of the context or else the token's.
func (r *remote) openOne(ctx context.Context, account string) (command.Opened, error) {
	opened, err := r.openAccount(ctx, account)
	if err != nil {
		return command.Opened{}, err
	}
	client, err := r.client(ctx, account)
	return command.Opened{Accounts: opened.Accounts, View: opened.View, Account: opened.Account, WhyReadOnly: opened.WhyReadOnly,
		Call: func(ctx context.Context, r command.Request) (command.Answer, error) {
			request := httpapi.PlainRequest{Method: r.Method, Path: r.Path, Header: r.Header, Body: r.Body}
			if client.Customer != "" { // another account than the token's, maybe
				request.Customer = opened.Account.ID
			}
			answer, err := httpapi.SendPlain(ctx, client, request)
			return command.Answer{Status: answer.Status, Header: answer.Header, Body: answer.Body}, err
		}}, err
}

// forgetOf removes what consoles have kept of an account that is gone: its drafts, and that it was open last.
func forgetOf(where paths, scope, id string) error {
	err := errors.Join(draft.Open(where.drafts()).DeleteGroup(shell.DraftScope(scope, id)), ui.ForgetLast(draft.Open(where.opened()), scope, []string{id}))
	if err != nil {
		return exit.Failed("What consoles have kept of the account could not be removed: %w.", err)
	}
	return nil
}
