package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// backupCommand copies a database while it is used.
func backupCommand() *cobra.Command {
	s := databaseCommand{isReading: true}
	var isWithKey bool
	c := s.command("backup FILE", "copy the database while it is used", func(ctx context.Context, c *cobra.Command, args []string) error {
		if _, err := s.findFile("copied"); err != nil {
			return err
		}
		return s.withStore(ctx, func(d *database) error {
			to := args[0]
			key := to + ".key"
			var secret []byte
			if isWithKey {
				if exists(key) {
					return exit.Failed("%s exists already; choose another name.", key)
				}
				removeUnfinishedKeys(filepath.Dir(key), time.Now())
				var err error
				if secret, err = d.ownKey(ctx); err != nil {
					return err
				}
			}
			if err := d.db.(*sqlite.DB).Backup(ctx, to); err != nil {
				return err
			}
			if !isWithKey {
				return sayDone(c.OutOrStdout(), "%s\nThe key is not in it: keep %s as well, in another place.\n", to, d.keyName())
			}
			if err := local.WriteKey(key, secret); err != nil {
				return err
			}
			return sayDone(c.OutOrStdout(), "%s\n%s\n", to, key)
		})
	})
	c.Flags().BoolVar(&isWithKey, "with-key", false, "copy its key as well, beside it")
	c.Example = "pinghome backup saved.db --with-key"
	c.Args = fileArgument("pinghome backup FILE")
	return c
}

// restoreCommand puts a backup in the place of a database, and its key, where the
// backup was made with it.
func restoreCommand() *cobra.Command {
	var s databaseCommand
	c := s.command("restore FILE", "put a backup in the place of the database, which is kept", func(ctx context.Context, c *cobra.Command, args []string) error {
		path, err := s.findFile("put back")
		if err != nil {
			return err
		}
		d, err := s.find()
		if err == nil {
			err = d.refuseReadOnly()
		}
		if err != nil {
			return err
		}
		from := args[0]
		if _, err := d.exists(ctx); err != nil {
			return err
		}
		var key []byte
		kept, err := sqlite.Restore(ctx, from, sqlite.WithoutLink(path), sqlite.Options{}, func(restored *sqlite.DB) (err error) {
			if key, err = d.keyOf(ctx, restored, from); key == nil || err != nil {
				return err
			}
			return d.writeNextKey(key) // before the database: cut short, the next start puts it in its place
		})
		if err != nil {
			return err
		}
		var oldKey string
		if key != nil {
			if oldKey, err = d.useNextKey(); err != nil {
				return err
			}
		}
		lines := []string{fmt.Sprintf("%s is as in %s.", path, from)}
		for _, old := range []string{kept, oldKey} {
			if old != "" {
				lines = append(lines, fmt.Sprintf("What was there is kept as %s.", old))
			}
		}
		return sayDone(c.OutOrStdout(), "%s\n", strings.Join(lines, "\n"))
	})
	c.Example = "pinghome restore saved.db"
	c.Args = fileArgument("pinghome restore FILE")
	return c
}

// findFile is the path of the file that the flags and variables name. A PostgreSQL database is refused: its
// own tools do what is to be done with it.
func (c *databaseCommand) findFile(what string) (string, error) {
	where, _, err := c.where()
	if err == nil && where.isPostgres() {
		err = exit.Usage("A PostgreSQL database is %s by its own tools: pg_dump and pg_restore for this database, pg_basebackup or pgBackRest for the whole server, "+
			"also while it is used; data checksums (pg_checksums) find damage. The key %s is not in it: keep that as well, in another place.", what, where.key)
	}
	return where.file(), err
}

// fileArgument takes one argument, a file.
func fileArgument(example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return exit.Usage("Name one file: %s.", example)
		}
		return nil
	}
}

// keyName says where the key of the database is.
func (d *database) keyName() string {
	if os.Getenv(keyVariable) != "" {
		return "$" + keyVariable
	}
	return d.key
}

// keyOf finds the key of a restored database, among the one that is there, the one
// beside the backup and those that were replaced. It is nil when the one that is there
// fits, also where the database does not say which key it has. It refuses a backup
// whose key is nowhere.
func (d *database) keyOf(ctx context.Context, restored *sqlite.DB, from string) ([]byte, error) {
	own, err := local.StoredFingerprint(ctx, restored)
	if err != nil {
		return nil, err
	}
	here, err := d.presentKey()
	if err != nil {
		return nil, err
	}
	if here != nil && (own == "" || own == local.KeyFingerprint(here)) {
		return nil, nil
	}
	if os.Getenv(keyVariable) != "" {
		return nil, exit.Failed("$%s is not the key of %s, which has the fingerprint %s. Set it to that key, or unset it where the key is in a file; nothing was changed.", keyVariable, from, own)
	}
	if key := d.keptKey(own, from); key != nil || own == "" {
		return key, nil
	}
	return nil, exit.Failed("The key of %s has the fingerprint %s, and is neither %s nor %[1]s.key. Put it in one of these places first; nothing was changed.", from, own, d.keyName())
}

// keptKey finds the key with a fingerprint (any key, for "") beside a backup and among
// the keys that were replaced; nil when it is not there.
func (d *database) keptKey(fingerprint, backup string) []byte {
	replaced, _ := filepath.Glob(d.key + keptMark + "*") // an error is about the pattern: then there are none
	for _, file := range append([]string{backup + ".key"}, replaced...) {
		if key, err := local.ReadKey(file); err == nil && (fingerprint == "" || fingerprint == local.KeyFingerprint(key)) {
			return key
		}
	}
	return nil
}
