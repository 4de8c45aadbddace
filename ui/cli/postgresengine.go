package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// labelWidth is how wide host and database may be in the header, in cells: beside them is whose account it is.
const labelWidth = 32

// fewConnections are those of a console or a command, of which there may be many: one reads, one writes, and two
// send messages.
const fewConnections = 4

// postgresEngine is a PostgreSQL database.
type postgresEngine struct{ address postgres.Address }

func (p postgresEngine) name() string { return p.address.String() }

// label names the first host, and of several how many more there are. A socket has none, but a port.
func (p postgresEngine) label() string {
	hosts := p.address.Hosts()
	where := hosts[0].String()
	if hosts[0].IsSocket() {
		where = ""
		if hosts[0].Port != postgres.UsualPort {
			where = ":" + strconv.Itoa(int(hosts[0].Port))
		}
	}
	if len(hosts) > 1 {
		where += fmt.Sprintf("+%d", len(hosts)-1)
	}
	if where != "" {
		where += "/"
	}
	return "PostgreSQL " + draw.Middle(safe.Text(where+p.address.Database()), labelWidth)
}

// exists opens the database to find out. It reports false where there are no tables yet.
func (p postgresEngine) exists(ctx context.Context, d *database) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	err := d.openStore(ctx)
	if backend.ErrorCode(err) == backend.CodeNotFound {
		return false, nil
	}
	return err == nil, asNotFound(err)
}

// asNotFound gives the error of a database that the server does not have its exit code. Others it returns as they are.
func asNotFound(err error) error {
	if errors.Is(err, postgres.ErrNoDatabase) {
		return exit.NotFound("%w", err)
	}
	return err
}

func (p postgresEngine) create(ctx context.Context, fill func(*storage.Tx) error) error {
	return postgres.Create(ctx, p.address.Whole(), postgres.Options{}, fill)
}

func (p postgresEngine) mayBeMade(err error) bool {
	return backend.ErrorCode(err) == backend.CodeUnknownOutcome
}

func (p postgresEngine) open(ctx context.Context, d *database) (store, error) {
	db, err := postgres.Open(ctx, p.address.Whole(), postgres.Options{ReadOnly: d.isReadOnly, Connections: d.connections, Observer: d.observers.engine})
	if err != nil {
		return nil, err
	}
	return postgresStore{db}, nil
}

// refuseWithKey refuses nothing: the key may have been put on every server before.
func (p postgresEngine) refuseWithKey(string) error { return nil }

func (p postgresEngine) whereKey() string {
	return "All servers on a database have one key: copy the file from a server that has it, or set $" + keyVariable + ". " +
		"It is named after the hosts and the database: where only the address is another one, copy it to that name."
}

func (p postgresEngine) missing() string { return "There is no account in " + p.name() + " yet" }

// whoSends does not know whether there is a server.
func (p postgresEngine) whoSends() string {
	return "by \"pinghome serve\" on the database if there is one, an open console, or a command with --wait"
}

// postgresStore is an open PostgreSQL database. The server looks for damage itself, and refuses what it
// cannot do.
type postgresStore struct{ *postgres.Store }

func (postgresStore) Check(context.Context) error { return nil }

func (postgresStore) StartCheck(done func(error)) { done(nil) }

// rightsWait is how long the database may take to say what the role may do.
const rightsWait = time.Second

// Ready refuses a role that may only read. Where the database does not answer, that is told elsewhere.
func (s postgresStore) Ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), rightsWait)
	defer cancel()
	if mayChange, err := s.MayChange(ctx); err != nil || mayChange {
		return nil
	}
	return backend.Errorf(backend.CodeUnavailable, "The role of this program may read %s and not change it, so nothing can be changed. Make it the owner of the tables.", s.Name())
}
