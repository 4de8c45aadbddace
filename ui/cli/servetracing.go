package cli

import (
	"context"
	"os"

	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui/cli/tracing"
)

// startTracing begins to follow requests where the environment says so. stop sends what is left.
func (s *serveFlags) startTracing(ctx context.Context) (stop func(), err error) {
	t, err := tracing.Start(ctx, os.Getenv, release(), s.log)
	if err != nil || t == nil {
		return func() {}, err
	}
	s.observers.tracing = t
	return t.Stop, nil
}

// tracer follows requests; nil for none.
func (o observers) tracer() httpapi.Tracer {
	if o.tracing == nil {
		return nil
	}
	return o.tracing
}

// tracedStore is a store whose transactions are followed.
type tracedStore struct {
	store
	traced tracing.Transactions
}

func (s tracedStore) Read(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.traced.Read(ctx, fn)
}

func (s tracedStore) ReadOne(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.traced.ReadOne(ctx, fn)
}

func (s tracedStore) Change(ctx context.Context, account string, fn func(*storage.Tx) error) error {
	return s.traced.Change(ctx, account, fn)
}

// followTransactions has the transactions of the store that was opened followed.
func (d *database) followTransactions() {
	if d.observers.tracing == nil {
		return
	}
	system := "postgresql"
	if d.isFile() {
		system = "sqlite"
	}
	d.db = tracedStore{d.db, tracing.Transactions{Store: d.db, Tracing: d.observers.tracing, System: system}}
}

// followAttempts is a router whose attempts are followed.
func (d *database) followAttempts(r *delivery.Router) delivery.Sender {
	if d.observers.tracing == nil {
		return r
	}
	return tracing.Senders{Router: r, Tracing: d.observers.tracing}
}
