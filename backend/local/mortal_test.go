//go:build unix

package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"syscall"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// trial is what a process is told to do.
type trial struct {
	Number  int
	Part    string // "accept", or afterwards "deliver"
	Dies    string // "before", "after": at the hand-over, by itself; "any": when it is killed
	Worker  bool   // it has a worker, as the console and the server have
	File    string
	To      string        // the receiver
	Forward time.Duration // of its clock
}

const (
	trials      = 100
	lanes       = 4           // trials at once, each on a file of its own
	acceptsEach = 6           // changes in one trial, each of another customer: codes are limited
	apart       = time.Minute // from one trial to the next on the clock: longer than a lease
)

func (tr trial) customer(n int) string { return fmt.Sprintf("customer-%d-%d", tr.Number, n) }
func (tr trial) path(n int) string     { return fmt.Sprintf("/%d/%d", tr.Number, n) }

func (tr trial) run() error {
	ctx := context.Background()
	db, err := storage.Open(ctx, tr.File, storage.Options{Now: func() time.Time { return time.Now().Add(tr.Forward) }})
	if err != nil {
		return err
	}
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true}})
	if err != nil {
		return err
	}
	if tr.Part == "accept" {
		return tr.accept(ctx, New(db, Options{Key: testKey, Sender: mortal{router, tr.Dies}}))
	}
	return errors.Join(tr.deliver(ctx, New(db, Options{Key: testKey, Sender: router})), db.Close())
}

// mortal is a sender with which the process dies.
type mortal struct {
	*delivery.Router
	dies string
}

func (m mortal) Send(ctx context.Context, message delivery.Message) (delivery.Receipt, error) {
	if m.dies == "before" {
		die()
	}
	receipt, err := m.Router.Send(ctx, message)
	if m.dies == "after" {
		die()
	}
	return receipt, err
}

func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// accept makes changes with messages, and says which were acknowledged.
func (tr trial) accept(ctx context.Context, accounts *Accounts) error {
	if tr.Worker {
		go accounts.Deliver(ctx, nil)
	}
	fmt.Println("ready")
	for n := range acceptsEach {
		view, _, err := accounts.Open(ctx, tr.customer(n))
		if err != nil {
			return err
		}
		if _, err := view.CreateChannel(ctx, backend.TypeWebhook, tr.To+tr.path(n)); err != nil {
			return err
		}
		fmt.Println(tr.path(n))
	}
	select {} // until it is killed
}

// left is a message as the second process finds it in the end.
type left struct {
	ID, Path string
	State    backend.MessageState
	Attempts int
}

// deliver hands over what is due, and tells of every message.
func (tr trial) deliver(ctx context.Context, accounts *Accounts) error {
	if err := accounts.HandOver(ctx); err != nil {
		return err
	}
	for n := range acceptsEach {
		view, _, err := accounts.Open(ctx, tr.customer(n))
		if err != nil {
			return err
		}
		box, err := view.Messages(ctx, batch)
		if err != nil {
			return err
		}
		for _, m := range box.Messages {
			to, err := url.Parse(m.To)
			if err != nil {
				return err
			}
			if err := json.NewEncoder(os.Stdout).Encode(left{m.ID, to.Path, m.State, m.Attempts}); err != nil {
				return err
			}
		}
	}
	return nil
}
