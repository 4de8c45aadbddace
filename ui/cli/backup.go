package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

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
			secret, err := d.codeKey()
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
		key, err := d.keyOfBackup(ctx, from)
		if err != nil {
			return err
		}
		kept, err := storage.Restore(ctx, from, storage.WithoutLink(d.path), storage.Options{})
		if err != nil {
			return err
		}
		oldKey, err := d.replaceKey(key)
		if err != nil {
			return err
		}
		say := fmt.Sprintf("%s is as in %s.\n", d.path, from)
		for _, old := range []string{kept, oldKey} {
			if old != "" {
				say += fmt.Sprintf("What was there is kept as %s.\n", old)
			}
		}
		_, err = fmt.Fprint(c.OutOrStdout(), say)
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

// keyOfBackup returns the key that has to be put beside the database with a backup;
// nil when the one that is there is the backup's. It refuses a backup whose key is
// nowhere.
func (d *database) keyOfBackup(ctx context.Context, from string) ([]byte, error) {
	known, err := local.ReadKeyCheck(ctx, from)
	if err != nil {
		return nil, err
	}
	here, err := d.presentKey()
	if err != nil {
		return nil, err
	}
	if here != nil && known.Fits(here) {
		return nil, nil
	}
	beside, err := local.ReadKey(from + ".key")
	switch {
	case err == nil && known.Fits(beside) && os.Getenv(keyVariable) == "":
		return beside, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	return nil, failed("The key of %s is not here: neither %s nor %s.key is it. Put the key that was kept with the backup in one of these places.", from, d.keyName(), from)
}

// replaceKey writes a key beside the database, unless it is nil, and returns the name
// under which the one that was there is kept; "" for none.
func (d *database) replaceKey(key []byte) (kept string, err error) {
	if key == nil {
		return "", nil
	}
	if exists(d.key) {
		kept = d.key + ".before-" + time.Now().UTC().Format("20060102T150405.000Z")
		if err := os.Rename(d.key, kept); err != nil {
			return "", failed("The key %s could not be moved: %w. Copy the key of the backup to its place.", d.key, err)
		}
	}
	return kept, local.WriteKey(d.key, key)
}
