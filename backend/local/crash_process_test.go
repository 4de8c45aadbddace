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
	"github.com/account-settings/pinghome/storage/sqlite"
)

// crashRun is the task of one process, as JSON in its environment.
type crashRun struct {
	Number     int
	Role       string // "accept", then "deliver"
	KillAt     string // "before" or "after" the call of the sender, by itself; "any": at any time, from outside
	Worker     bool   // runs a worker, as the console and the server do
	File       string
	To         string        // URL of the receiver
	ClockAhead time.Duration // time by which the clock of the process is ahead
}

const (
	crashRuns     = 100
	lanes         = 4           // runs at once, each on a file of its own
	changesPerRun = 6           // each of another customer, since codes are limited
	timeApart     = time.Minute // between the clocks of two runs; longer than leaseDuration
)

func (run crashRun) customer(n int) string { return fmt.Sprintf("customer-%d-%d", run.Number, n) }
func (run crashRun) path(n int) string     { return fmt.Sprintf("/%d/%d", run.Number, n) }

// main is the whole process.
func (run crashRun) main() error {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, run.File, sqlite.Options{Now: func() time.Time { return time.Now().Add(run.ClockAhead) }})
	if err != nil {
		return err
	}
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true}})
	if err != nil {
		return err
	}
	if run.Role == "accept" {
		return run.accept(ctx, New(db, Options{Key: testKey, Sender: killingSender{router, run.KillAt}}))
	}
	return errors.Join(run.deliver(ctx, New(db, Options{Key: testKey, Sender: router})), db.Close())
}

// killingSender is a sender that kills its process.
type killingSender struct {
	*delivery.Router
	killAt string
}

func (k killingSender) Send(ctx context.Context, message delivery.Message) (delivery.Receipt, error) {
	if k.killAt == "before" {
		killSelf()
	}
	receipt, err := k.Router.Send(ctx, message)
	if k.killAt == "after" {
		killSelf()
	}
	return receipt, err
}

func killSelf() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// accept makes changes with messages, and prints the path of each that returned.
func (run crashRun) accept(ctx context.Context, accounts *Accounts) error {
	if run.Worker {
		go accounts.RunWorker(ctx, nil)
	}
	fmt.Println("ready")
	for n := range changesPerRun {
		view, _, err := accounts.Open(ctx, run.customer(n))
		if err != nil {
			return err
		}
		if _, err := view.CreateChannel(ctx, backend.TypeWebhook, run.To+run.path(n), ""); err != nil {
			return err
		}
		fmt.Println(run.path(n))
	}
	select {} // until it is killed
}

// finalMessage is the last state of a message, as the second process prints it.
type finalMessage struct {
	ID, Path string
	State    backend.MessageState
	Attempts int
}

// deliver delivers what is due, and prints every message.
func (run crashRun) deliver(ctx context.Context, accounts *Accounts) error {
	if err := accounts.DeliverDue(ctx); err != nil {
		return err
	}
	for n := range changesPerRun {
		view, _, err := accounts.Open(ctx, run.customer(n))
		if err != nil {
			return err
		}
		inbox, err := view.Messages(ctx, batchSize)
		if err != nil {
			return err
		}
		for _, m := range inbox.Messages {
			to, err := url.Parse(m.To)
			if err != nil {
				return err
			}
			if err := json.NewEncoder(os.Stdout).Encode(finalMessage{m.ID, to.Path, m.State, m.Attempts}); err != nil {
				return err
			}
		}
	}
	return nil
}
