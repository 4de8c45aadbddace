package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
)

// backupCommand copies a database while it is used.
func backupCommand() *cobra.Command {
	var s databaseCommand
	var isWithKey bool
	c := s.command("backup", func(ctx context.Context, c *cobra.Command, args []string) error {
		return s.withDatabase(ctx, false, func(d *database, _ *local.Accounts) error {
			to := args[0]
			key := to + ".key"
			if isWithKey && exists(key) {
				return failed("%s exists already; choose another name.", key)
			}
			if err := d.db.Backup(ctx, to); err != nil {
				return err
			}
			if !isWithKey {
				_, err := fmt.Fprintf(c.OutOrStdout(), "%s\nThe key is not in it: keep %s as well, in another place.\n", to, d.keyName())
				return outputError(err)
			}
			secret, err := d.presentKey()
			if err != nil {
				return err
			}
			if err := local.WriteKey(key, secret); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s\n%s\n", to, key)
			return outputError(err)
		})
	})
	c.Flags().BoolVar(&isWithKey, "with-key", false, "")
	c.Args = fileArgument("pinghome backup FILE")
	return c
}

// restoreCommand puts a backup in the place of a database, and its key, where the
// backup was made with it.
func restoreCommand() *cobra.Command {
	var s databaseCommand
	c := s.command("restore", func(ctx context.Context, c *cobra.Command, args []string) error {
		d, err := s.find()
		if err != nil {
			return err
		}
		from := args[0]
		if _, err := d.exists(); err != nil {
			return err
		}
		var key []byte
		kept, err := storage.Restore(ctx, from, storage.WithoutLink(d.path), storage.Options{}, func(restored *storage.DB) (err error) {
			key, err = d.keyOf(ctx, restored, from)
			return err
		})
		if err != nil {
			return err
		}
		oldKey, err := d.replaceKey(key)
		if err != nil {
			return err
		}
		say := []string{fmt.Sprintf("%s is as in %s.", d.path, from)}
		for _, old := range []string{kept, oldKey} {
			if old != "" {
				say = append(say, fmt.Sprintf("What was there is kept as %s.", old))
			}
		}
		_, err = fmt.Fprintln(c.OutOrStdout(), strings.Join(say, "\n"))
		return outputError(err)
	})
	c.Args = fileArgument("pinghome restore FILE")
	return c
}

// fileArgument takes one argument, a file.
func fileArgument(example string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return usage("Name one file: %s.", example)
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

// keyOf finds the key of a restored database. It is nil when the one that is there
// fits, also where the database does not say which key it has. It refuses a backup
// whose key is nowhere.
func (d *database) keyOf(ctx context.Context, restored *storage.DB, from string) ([]byte, error) {
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
	beside, err := local.ReadKey(from + ".key")
	switch {
	case errors.Is(err, fs.ErrNotExist) && own == "":
		return nil, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err == nil && (own == "" || own == local.KeyFingerprint(beside)) && os.Getenv(keyVariable) == "":
		return beside, nil
	}
	return nil, failed("The key of %s has the fingerprint %s, and is neither %s nor %[1]s.key. Put it in one of these places first; nothing was changed.", from, own, d.keyName())
}

// replaceKey writes a key beside the database, unless it is nil, and returns the name
// under which the one that was there is kept; "" for none.
func (d *database) replaceKey(key []byte) (kept string, err error) {
	if key == nil {
		return "", nil
	}
	if kept, err = moveAside(d.key); err != nil {
		return "", err
	}
	return kept, local.WriteKey(d.key, key)
}
