package cli

import (
	"net/url"
	"path/filepath"
	"regexp"

	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// addressLike matches what is an address and no path, also one that is mistyped: a path would be
// repeated in sentences, with the password in it.
var addressLike = regexp.MustCompile(`(?i)^\s*([a-z][a-z0-9+.-]*://|postgres(ql)?:)`)

func isAddress(db string) bool { return addressLike.MatchString(db) }

// onPostgres is on for a PostgreSQL database. what names the flag or the variable.
func (p paths) onPostgres(what, db string) (paths, error) {
	switch {
	case what != "$PINGHOME_DB" && postgres.HasPassword(db):
		return p, exit.Usage("%s has a password in it, which others may read there. Leave it out, and put it into the password file (PGPASSFILE, or ~/.pgpass), PGPASSWORD or PINGHOME_DB.", what)
	case !postgres.IsAddress(db):
		return p, exit.Usage("%s names neither a file nor a PostgreSQL database. Write the path of a file, or postgres://user@host/database.", what)
	}
	address, err := postgres.ParseAddress(db)
	if err != nil {
		return p, exit.Usage("%s: %w", what, err)
	}
	data, err := baseDir("XDG_DATA_HOME", ".local/share")
	if err != nil {
		return p, err
	}
	p.engine, p.key = postgresEngine{address}, filepath.Join(data, keyFileOf(address))
	return p, nil
}

// keyFileOf is the file of the key of a PostgreSQL database. It is made of the database's name, so that every
// server looks for the same one.
func keyFileOf(a postgres.Address) string {
	name := url.PathEscape(a.Database())
	if schema := a.Schema(); schema != "" {
		name += "." + url.PathEscape(schema)
	}
	return name + ".postgres.key"
}
