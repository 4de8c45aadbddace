package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
)

// The key for codes comes from keyVariable or from the file beside the database.
// Where it comes from the variable, nextKeyVariable has the one that "key rotate"
// puts in its place.
const (
	keyVariable     = "PINGHOME_KEY"
	nextKeyVariable = "PINGHOME_NEW_KEY"
)

// keyCommand shows and replaces the key for codes.
func keyCommand() *cobra.Command {
	return usage.Group("key", "replace the key of the codes, or print its fingerprint", keyFingerprint(), keyRotate(), keyNew())
}

func keyFingerprint() *cobra.Command {
	var s databaseCommand
	c := s.command("fingerprint", "print 16 digits that tell keys apart", func(ctx context.Context, c *cobra.Command, _ []string) error {
		return s.withDatabase(ctx, false, func(d *database, _ *local.Accounts) error {
			key, err := d.presentKey()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), local.KeyFingerprint(key))
			return outputError(err)
		})
	})
	c.Example = "pinghome key fingerprint"
	return c
}

func keyRotate() *cobra.Command {
	var s databaseCommand
	c := s.command("rotate", "replace the key by a new one; with $PINGHOME_KEY, by that of $PINGHOME_NEW_KEY", func(ctx context.Context, c *cobra.Command, _ []string) error {
		return s.withDatabase(ctx, false, func(d *database, _ *local.Accounts) error {
			if err := d.db.Check(ctx); err != nil {
				return err
			}
			next, old, err := d.rotateKey(ctx)
			if err != nil {
				return err
			}
			text := fmt.Sprintf("The key of %s is %s now. Start every pinghome that has it open again.\n", d.name(), local.KeyFingerprint(next))
			if os.Getenv(keyVariable) != "" {
				text += fmt.Sprintf("Set %s to the new key first.\n", keyVariable)
			}
			text += d.copyKey()
			if old != "" {
				text += fmt.Sprintf("The old key is kept as %s, for backups made until now.\n", old)
			}
			return sayDone(c.OutOrStdout(), "%s", text)
		})
	})
	c.Example = "pinghome key rotate"
	return c
}

// copyKey says that other servers need a new key, too; "" where there are none.
func (d *database) copyKey() string {
	if d.isFile() || os.Getenv(keyVariable) != "" {
		return ""
	}
	return fmt.Sprintf("Every other server on the database needs it, too: copy %s there first.\n", d.key)
}

// keyNew begins with a new key where the old one is lost for good.
func keyNew() *cobra.Command {
	var s databaseCommand
	c := s.command("new", "start with a new key where the old one is lost", func(ctx context.Context, c *cobra.Command, _ []string) error {
		return s.withStore(ctx, func(d *database) error {
			aside := ""
			switch key, err := d.presentKey(); {
			case err != nil:
				return err
			case key != nil && local.CheckKey(ctx, d.db, key) == nil:
				return exit.Usage("The key of %s is there and right; \"pinghome key rotate\" replaces it.", d.name())
			case key != nil && os.Getenv(keyVariable) == "":
				kept, err := moveAside(d.key)
				if err != nil {
					return err
				}
				aside = fmt.Sprintf("The key that was there is kept as %s.\n", kept)
			}
			key, err := d.firstKey()
			if err != nil {
				return err
			}
			if err := local.StartWithNewKey(ctx, d.db, key); err != nil {
				return err
			}
			return sayDone(c.OutOrStdout(), "The key of %s is %s now. Codes that were sent are void, messages that wait cannot be sent, and every webhook has a new signing secret. "+
				"Start every pinghome that has it open again.\n%s%s", d.name(), local.KeyFingerprint(key), d.copyKey(), aside)
		})
	})
	c.Example = "pinghome key new"
	return c
}

// ownKey returns the key of the opened database. It is nil for a database that is
// only read: no codes are sent or entered there, and no key file may be left behind.
// It refuses another key than the database's own, and makes one only for a database
// that has none yet.
func (d *database) ownKey(ctx context.Context) ([]byte, error) {
	if d.isReadOnly {
		return nil, nil
	}
	removeUnfinishedKeys(filepath.Dir(d.key), time.Now())
	key, err := d.presentKey()
	if err != nil {
		return nil, err
	}
	if key != nil {
		if err = d.checkKey(ctx, key); err == nil {
			return key, nil
		}
	}
	if next, ok := d.finishRotation(ctx); ok {
		return next, nil
	}
	if err != nil {
		return nil, err
	}
	if own, err := local.StoredFingerprint(ctx, d.db); own != "" || err != nil {
		if err != nil {
			return nil, err
		}
		return nil, exit.Failed("The key %s of %s is not there: its fingerprint is %s. %s If it is lost for good, pinghome key new starts with another one.",
			d.key, d.name(), own, d.engine.whereKey())
	}
	return d.makeKey(ctx)
}

// makeKey makes the first key of the opened database. Where another process was first, its own is the key, and
// this one goes.
func (d *database) makeKey(ctx context.Context) ([]byte, error) {
	hadKey := exists(d.key)
	key, err := d.firstKey()
	if err != nil {
		return nil, err
	}
	if err := d.checkKey(ctx, key); err != nil {
		if own, wrong := local.StoredFingerprint(ctx, d.db); !hadKey && wrong == nil && own != "" && own != local.KeyFingerprint(key) {
			_ = os.Remove(d.key)
		}
		return nil, err
	}
	d.tellKey(hadKey)
	return key, nil
}

// tellKey tells that a key was made which other servers need.
func (d *database) tellKey(hadKey bool) {
	if !hadKey && !d.isFile() && os.Getenv(keyVariable) == "" {
		d.tell(fmt.Sprintf("the key of the codes was made: %s. Every server on %s needs the same: copy the file, or set $%s", d.key, d.name(), keyVariable))
	}
}

// checkKey is local.CheckKey, and says of a database that several servers have that all need one key.
func (d *database) checkKey(ctx context.Context, key []byte) error {
	err := local.CheckKey(ctx, d.db, key)
	if backend.ErrorCode(err) != backend.CodeUnavailable || d.isFile() {
		return err
	}
	own, wrong := local.StoredFingerprint(ctx, d.db)
	if wrong != nil || own == "" || own == local.KeyFingerprint(key) {
		return err
	}
	return exit.Failed("The key %s has the fingerprint %s, and the key of %s has %s. %s Nothing was changed.", d.keyName(), local.KeyFingerprint(key), d.name(), own, d.engine.whereKey())
}

// presentKey returns the key that is there, nil for none.
func (d *database) presentKey() ([]byte, error) {
	if text := os.Getenv(keyVariable); text != "" {
		key, err := local.ParseKey(text)
		if err != nil {
			return nil, exit.Usage("%s cannot be used: %w", keyVariable, err)
		}
		return key, nil
	}
	key, err := local.ReadKey(d.key)
	var cause *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.As(err, &cause) && !errors.Is(err, fs.ErrPermission):
		return nil, exit.Failed("The key %s cannot be read: %w.", d.key, cause.Err)
	}
	return key, err
}

// firstKey returns the key that is there, and makes one where there is none.
func (d *database) firstKey() ([]byte, error) {
	if key, err := d.presentKey(); key != nil || err != nil {
		return key, err
	}
	if err := os.MkdirAll(filepath.Dir(d.key), 0o700); err != nil {
		return nil, exit.Failed("The folder of %s cannot be made: %w.", d.name(), errors.Unwrap(err))
	}
	return local.LoadKey(d.key)
}

// nextKey is the file of a key that is about to replace the present one.
func (d *database) nextKey() string { return d.key + ".next" }

// rotateKey replaces the key of the database, and returns the new one and the file in
// which the old one is kept; "" where keys come from variables. The new key is on the
// disk before the database is changed: whenever this is cut short, one of the two
// files fits.
func (d *database) rotateKey(ctx context.Context) (next []byte, old string, err error) {
	key, err := d.presentKey()
	if err != nil {
		return nil, "", err
	}
	if os.Getenv(keyVariable) != "" {
		if next, err = local.ParseKey(os.Getenv(nextKeyVariable)); err != nil {
			return nil, "", exit.Usage("The key comes from $%s; set $%s to the new one: %w", keyVariable, nextKeyVariable, err)
		}
		return next, "", local.RotateKey(ctx, d.db, key, next)
	}
	if next, err = local.NewKey(); err != nil {
		return nil, "", err
	}
	if err := d.writeNextKey(next); err != nil {
		return nil, "", err
	}
	if err := local.RotateKey(ctx, d.db, key, next); err != nil {
		return nil, "", err
	}
	old, err = d.useNextKey()
	return next, old, err
}

// writeNextKey writes the key that is about to replace the present one. One that is
// there was left by a command that had not reached the database.
func (d *database) writeNextKey(key []byte) error {
	if err := os.Remove(d.nextKey()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return exit.Failed("%s cannot be removed: %w.", d.nextKey(), errors.Unwrap(err))
	}
	return local.WriteKey(d.nextKey(), key)
}

// finishRotation puts the next key in its place when it is the database's: a rotation
// was cut short after the database was changed.
func (d *database) finishRotation(ctx context.Context) ([]byte, bool) {
	next, err := local.ReadKey(d.nextKey())
	if err != nil {
		return nil, false
	}
	if own, err := local.StoredFingerprint(ctx, d.db); err != nil || own != local.KeyFingerprint(next) {
		return nil, false
	}
	_, err = d.useNextKey()
	return next, err == nil
}

// useNextKey gives the present key another name, which it returns, and puts the next
// one in its place.
func (d *database) useNextKey() (old string, err error) {
	if old, err = moveAside(d.key); err != nil {
		return "", err
	}
	if err := os.Rename(d.nextKey(), d.key); err != nil {
		return "", exit.Failed("The new key %s cannot be moved to %s: %w. Move it there.", d.nextKey(), d.key, errors.Unwrap(err))
	}
	return old, nil
}

// keptMark is in the names of files that were moved away, before the time.
const keptMark = ".before-"

// moveAside gives a file a name with the time, which it returns; "" when there is none.
func moveAside(path string) (kept string, err error) {
	kept = path + keptMark + time.Now().UTC().Format("20060102T150405.000Z")
	switch err := os.Rename(path, kept); {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", exit.Failed("%s cannot be moved away: %w.", path, errors.Unwrap(err))
	}
	return kept, nil
}
