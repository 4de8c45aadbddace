package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// database is a source of accounts that this process keeps by itself: a file or a PostgreSQL database,
// with all that is opened over it. close undoes what the other methods have opened.
type database struct {
	engine      engine
	key         string // the file of the key of its one-time codes
	header      string // the label in the console's header
	isReadOnly  bool
	context     string   // its name in the configuration, "" where flags name the database
	account     string   // that the context names, "" for the default one
	colour      string   // of the context's name in the header
	whyReadOnly string   // why the console changes nothing, though the file could be; "" where it does
	actor       string   // who changes things, for the journal; "" for the console
	tempDir     string   // the demo's folder, removed at the end; "" for none
	lock        *os.File // the lock on tempDir; nil where folders cannot be locked
	senders     senders
	connections int32           // to a PostgreSQL database at most; 0 for those of a server
	newContext  newContext      // for the answer that the accounts are on a server
	backups     *sqlite.Backups // nil makes none
	report      func(error)     // called with what goes wrong while messages are sent; may be nil
	observers   observers
	tell        func(string) // called with what an operator should know of a key that was made

	mu     sync.Mutex // guards what follows: the start screen opens from a command's goroutine
	db     store
	opened *local.Accounts // over db
	inUse  []byte          // the key of opened; nil when it is read only
	worker *worker         // nil until messages are sent
	closed bool
	made   string // what tell was called with, for the end of the console
	twins  string // what noteSpellings has found, for the end of the console
	waits  int    // messages that this process could have sent, and that wait after its end

	isCounting bool // waits is counted also where there was no worker
}

// newDatabase returns the database that the flags and variables name. It is
// not opened yet, and need not exist.
func newDatabase(p paths, isReadOnly bool) *database {
	d := &database{engine: p.engine, key: p.key, header: p.engine.label(), isReadOnly: isReadOnly, connections: fewConnections}
	d.tell = func(sentence string) { d.made = sentence }
	return d
}

// name is what the database is called in sentences.
func (d *database) name() string { return d.engine.name() }

func (d *database) isFile() bool {
	_, is := d.engine.(fileEngine)
	return is
}

func (d *database) label() string { return d.header }

func (d *database) scope() string { return d.name() }

func (d *database) hasAccount() bool { return d.account != "" }

// close stops the worker, closes the database and removes the demo's folder, in
// this order. It waits for what is being sent for the grace period at most, so that a
// provider that hangs does not keep a person at an empty terminal. A message
// whose attempt was not recorded by then is sent once more by the next process.
func (d *database) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	switch {
	case d.worker != nil:
		d.worker.stopWithin(grace)
	case d.opened != nil:
		d.opened.EndCalls(grace)
	}
	if d.worker != nil || d.isCounting && d.db != nil {
		d.waits = d.countWaiting()
	}
	d.senders.close()
	var err error
	if d.db != nil {
		err = d.db.Close()
	}
	if d.tempDir != "" {
		err = errors.Join(err, os.RemoveAll(d.tempDir))
	}
	if d.lock != nil {
		d.lock.Close()
	}
	return err
}

// countWaiting counts the messages that wait to be sent by this process or the next one
// with the same configuration. A file that cannot be read has none that are known.
func (d *database) countWaiting() (n int) {
	if d.senders.router == nil {
		return 0
	}
	_ = d.db.Read(context.Background(), func(tx *storage.Tx) error {
		counts, err := tx.Queued()
		n = 0
		for kind, waiting := range counts {
			if d.senders.router.HasSender(kind) {
				n += waiting
			}
		}
		return err
	})
	return n
}

// left says what is left to do: messages that wait, a key to copy, and
// values that are there twice.
func (d *database) left() []string { return []string{d.leftMessages(), d.made, d.twins} }

// leftMessages says how many messages wait, unless another process of this machine sends them.
func (d *database) leftMessages() string {
	switch by := d.engine.whoSends(); {
	case d.waits == 0 || by == "":
		return ""
	case d.waits == 1:
		return "1 message waits: it is sent " + by
	default:
		return fmt.Sprintf("%d messages wait: they are sent %s", d.waits, by)
	}
}

// exists reports whether there is a database to open.
func (d *database) exists(ctx context.Context) (bool, error) { return d.engine.exists(ctx, d) }
