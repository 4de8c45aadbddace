package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// accountsPlace is where accounts are copied from or to: a file or a PostgreSQL database.
type accountsPlace interface {
	name() string
	// check refuses what cannot be one, before anything is opened.
	check() error
	// open opens the accounts for reading, does the work and closes them. It refuses those that
	// another process has open, unless isLive.
	open(ctx context.Context, isLive bool, work func(sourceStore) error) error
	// isOpened reports whether another process has opened the accounts since, where that can be told.
	isOpened(ctx context.Context) bool
	// create makes the tables where there are none, with what fill writes, or nothing at all.
	create(ctx context.Context, fill func(*storage.Tx) error) error
	// next says what to do when all accounts of another place are here and that is no longer used, a
	// line for each step from the second on.
	next(from accountsPlace) string
}

// sourceStore is a store that can be read as it is at one moment, however long that takes.
type sourceStore interface {
	Snapshot(ctx context.Context, fn func(*storage.Tx) error) error
}

// placeNamed returns what a flag names: a PostgreSQL database by its address, or else a file.
func placeNamed(flag, text string) (accountsPlace, error) {
	if !isAddress(text) {
		return fileNamed(flag, text)
	}
	p, err := (paths{}).onPostgres(flag, text)
	if err != nil {
		return nil, err
	}
	return serverPlace{p.engine.(postgresEngine).address, p.key}, nil
}

// filePlace is the absolute path of a file.
type filePlace string

func fileNamed(flag, path string) (accountsPlace, error) {
	path, err := expandHome(flag, path)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil, exit.Failed("%s has no absolute path, because the present folder is gone; change to another one.", path)
	}
	return filePlace(path), nil
}

func (p filePlace) name() string { return string(p) }

// key is the file of its key for one-time codes.
func (p filePlace) key() string { return sqlite.WithoutLink(string(p)) + ".key" }

// check refuses what opening would wait for, and folders that are not there: they are mistyped.
func (p filePlace) check() error {
	info, err := os.Stat(string(p))
	switch {
	case err == nil && !info.Mode().IsRegular():
		return exit.Usage("%s is not a file that can hold a database; choose another path.", p)
	case err == nil || !errors.Is(err, fs.ErrNotExist):
		return nil
	}
	if folder := filepath.Dir(string(p)); !exists(folder) {
		return exit.Usage("There is no folder %s; make it, or name another file.", folder)
	}
	return nil
}

func (p filePlace) open(ctx context.Context, isLive bool, work func(sourceStore) error) (err error) {
	if err := sqlite.CheckUnused(ctx, string(p)); err != nil && !isLive {
		return inUse(err, p.name())
	}
	db, err := sqlite.Open(ctx, string(p), sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, db.Close()) }()
	if err := db.Check(ctx); err != nil {
		return err
	}
	return work(fileSource{db})
}

// isOpened also removes the log that SQLite leaves beside a file that was only read.
func (p filePlace) isOpened(ctx context.Context) bool {
	return backend.ErrorCode(sqlite.CheckUnused(context.WithoutCancel(ctx), string(p))) == backend.CodeBusy
}

// fileSource reads a file: any transaction is a snapshot, without a limit of time.
type fileSource struct{ db *sqlite.DB }

func (s fileSource) Snapshot(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.db.Read(ctx, fn)
}

// inUse says what can be done about accounts that are in use. Others than of CodeBusy it returns as
// they are.
func inUse(err error, name string) error {
	if backend.ErrorCode(err) != backend.CodeBusy {
		return err
	}
	return &backend.Error{Code: backend.CodeBusy, Err: err,
		Message: fmt.Sprintf("%s is in use, and the copy would lack what is changed while it is made. Stop every pinghome that has it open, or try the copy with --live.", name)}
}

func (p filePlace) create(ctx context.Context, fill func(*storage.Tx) error) error {
	return sqlite.Create(ctx, string(p), sqlite.Options{}, fill)
}

func (p filePlace) next(from accountsPlace) string {
	key := "the key of the servers"
	if database, isDatabase := from.(serverPlace); isDatabase && os.Getenv(keyVariable) == "" {
		key += " (the file " + database.key + " there)"
		if exists(database.key) {
			key = "the key " + database.key
		}
	}
	return fmt.Sprintf("2. Put %s at %s, or set $%s.\n"+
		"3. Start pinghome with --db %s.\n", key, p.key(), keyVariable, p)
}

// serverPlace is a PostgreSQL database, with the file of its key for one-time codes.
type serverPlace struct {
	address postgres.Address
	key     string
}

func (p serverPlace) name() string { return p.address.String() }

func (p serverPlace) check() error { return nil }

// migrationWait is how long the end of the one transaction may take: a standby has to have it, too.
const migrationWait = 10 * time.Minute

func (p serverPlace) open(ctx context.Context, isLive bool, work func(sourceStore) error) (err error) {
	db, err := postgres.Open(ctx, p.address.Whole(), postgres.Options{ReadOnly: true})
	if backend.ErrorCode(err) == backend.CodeNotFound {
		return exit.NotFound("There are no accounts in %s; name another database with --from.", p.name())
	}
	if err != nil {
		return asNotFound(err)
	}
	defer func() { err = firstError(err, db.Close()) }()
	if err := db.CheckUnused(ctx); err != nil && !isLive {
		return inUse(err, p.name())
	}
	return work(db)
}

// isOpened cannot be told: also the connections that were closed just now may still be there.
func (p serverPlace) isOpened(context.Context) bool { return false }

func (p serverPlace) create(ctx context.Context, fill func(*storage.Tx) error) error {
	return asNotFound(postgres.Create(ctx, p.address.Whole(), postgres.Options{Wait: migrationWait}, fill))
}

func (p serverPlace) next(from accountsPlace) string {
	key := "the same key"
	if file, isFile := from.(filePlace); isFile && os.Getenv(keyVariable) == "" && exists(file.key()) {
		key = "the key " + file.key()
	}
	return fmt.Sprintf("2. Give every server %s, as the file %s or in $%s.\n"+
		"3. Start pinghome with --db %s.\n4. Back up with the tools of PostgreSQL, such as pg_dump.\n", key, p.key, keyVariable, p.name())
}
