package cli

import (
	"context"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui/cli/tracing"
)

// engine is what keeps the accounts of a database: a file, or a PostgreSQL database. It is not opened yet,
// and need not exist.
type engine interface {
	// name is what it is called in sentences, and for what is kept between two starts: the path
	// of the file, or the address without its password.
	name() string
	// label is shown in the console's header.
	label() string
	// exists reports whether accounts can be kept there already. d is the database of this engine,
	// which it may open to find out.
	exists(ctx context.Context, d *database) (bool, error)
	// create makes the tables, with what fill writes; fill may be nil.
	create(ctx context.Context, fill func(*storage.Tx) error) error
	// mayBeMade reports whether a create that failed with this error may have been done.
	mayBeMade(err error) bool
	// open opens what create has made.
	open(ctx context.Context, d *database) (store, error)
	// refuseWithKey refuses to make the database where there is the key of one; nil where that is usual.
	refuseWithKey(key string) error
	// whereKey says where a key is that is missing or another one, as a sentence.
	whereKey() string
	// missing says that there is no database there, as the beginning of a sentence.
	missing() string
	// whoSends says when messages are sent that wait at the end of this process, as the end of a
	// sentence; "" where another process sends them for sure.
	whoSends() string
}

// store is an open database.
type store interface {
	storage.Store
	// Check looks for damage, and StartCheck does so beside other work. Ready says why nothing can be changed
	// now, nil where it can.
	Check(ctx context.Context) error
	StartCheck(done func(error))
	Ready() error
	Version() int
	// Size is what it takes on its disk, in bytes.
	Size(ctx context.Context) (int64, error)
	Connections() storage.Connections
	Close() error
}

// observers are told what happens in a process that is watched; nil for none.
type observers struct {
	engine   storage.Observer
	accounts local.Observer
	requests httpapi.Observer
	tracing  *tracing.Tracing
}
