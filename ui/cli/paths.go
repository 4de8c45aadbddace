package cli

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
)

// paths are where the accounts are, and the absolute paths of what is kept on this machine.
type paths struct {
	engine engine
	key    string // the key of the one-time codes: beside the file, or in the data folder
	state  string // the folder of drafts, reports of crashes and logs
	config string // the configuration file
	token  string // the file for a token, beside the configuration
	keys   string // the file that gives actions other keys, beside the configuration
}

func (p paths) drafts() string   { return filepath.Join(p.state, "drafts") }
func (p paths) opened() string   { return filepath.Join(p.state, "opened") }
func (p paths) crashes() string  { return filepath.Join(p.state, "crashes") }
func (p paths) debugLog() string { return filepath.Join(p.state, "debug.log") }

// findPaths follows the XDG Base Directory Specification, 0.8. db is --db, "" for
// the default database.
func findPaths(db string) (p paths, err error) {
	if p.state, err = baseDir("XDG_STATE_HOME", ".local/state"); err != nil {
		return p, err
	}
	dir, err := baseDir("XDG_CONFIG_HOME", ".config")
	if err != nil {
		return p, err
	}
	p.config, p.token, p.keys = filepath.Join(dir, "config.toml"), filepath.Join(dir, "token"), filepath.Join(dir, "keys.toml")
	what, isNamed := "--db", db != ""
	if !isNamed {
		what, db = "$PINGHOME_DB", os.Getenv("PINGHOME_DB")
	}
	return p.on(what, db, isNamed)
}

// on returns the same paths with another database and its key, "" for the default one. what says who names it,
// and isNamed that the folder of a file has to exist.
func (p paths) on(what, db string, isNamed bool) (_ paths, err error) {
	file := fileEngine{isNamed: isNamed}
	if isAddress(db) {
		return p.onPostgres(what, db)
	}
	if db, err = expandHome(what, db); err != nil {
		return p, err
	}
	if db == "" {
		data, err := baseDir("XDG_DATA_HOME", ".local/share")
		if err != nil {
			return p, err
		}
		db = filepath.Join(data, "pinghome.db")
	}
	if file.path, err = filepath.Abs(db); err != nil {
		return p, exit.Failed("%s has no absolute path, because the present folder is gone; change to another one.", db)
	}
	p.engine, p.key = file, sqlite.WithoutLink(file.path)+".key"
	return p, nil
}

func (p paths) isPostgres() bool {
	_, is := p.engine.(postgresEngine)
	return is
}

// file is the path of the database's file, "" for a PostgreSQL database.
func (p paths) file() string {
	f, _ := p.engine.(fileEngine)
	return f.path
}

// backups is the folder of the backups that the configuration names, or else the one beside the file; "" for a
// PostgreSQL database.
func (p paths) backups() string {
	if p.isPostgres() {
		return ""
	}
	if c, err := readConfig(p.config, false); err == nil {
		if b, err := c.backupOptions(p, nil); err == nil && b != nil {
			return b.Folder
		}
	}
	return sqlite.WithoutLink(p.file()) + ".backups"
}

// baseDir returns pinghome's folder in one of the base directories: in the
// variable's, or else in inHome below the home folder. The specification asks to
// ignore a relative path in the variable.
func baseDir(variable, inHome string) (string, error) {
	if dir := os.Getenv(variable); filepath.IsAbs(dir) {
		return filepath.Join(dir, "pinghome"), nil
	}
	home, err := os.UserHomeDir()
	if err == nil && !filepath.IsAbs(home) {
		err = errors.New("it is not an absolute path")
	}
	if err != nil {
		return "", exit.Failed("There is no home folder to keep things in; set HOME, or %s, to an absolute path.", variable)
	}
	return filepath.Join(home, inHome, "pinghome"), nil
}

// pathLine is where something is kept, as JSON.
type pathLine struct {
	What string `json:"what"`
	Path string `json:"path"`
}

func pathsCommand() *cobra.Command {
	var db string
	c := &cobra.Command{Use: "paths", Short: "print where everything is kept", Example: "pinghome paths"}
	c.Flags().StringVar(&db, "db", "", dbWords)
	list := command.NewPrinter[pathLine](c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := list.Check(args); err != nil {
			return err
		}
		if c.Flags().Changed("db") && strings.TrimSpace(db) == "" {
			return usage.EmptyFlag("db")
		}
		p, err := findPaths(db)
		if err != nil {
			return err
		}
		followed, _, unknown := (&databaseCommand{db: db}).where()
		if unknown == nil {
			p = followed
		} else if db != "" || os.Getenv("PINGHOME_DB") != "" {
			unknown = nil // the configuration is wrong, and has no say
		}
		return cmp.Or(list.Print(c.OutOrStdout(), p.lines(unknown == nil), func(l pathLine) []string { return []string{l.What, l.Path} }, 0, "WHAT", "PATH"), unknown)
	}
	return c
}

// lines are the names and the paths to print. isKnown is off where the configuration is wrong, which may name the
// database: where that is, with its key and its backups, cannot be said then.
func (p paths) lines(isKnown bool) (list []pathLine) {
	if isKnown {
		list = append(list, pathLine{"database", p.engine.name()}, pathLine{"key", p.key})
	}
	list = append(list, []pathLine{{"config", p.config}, {"keys", p.keys}, {"token", p.token}, {"state", p.state}}...)
	if backups := p.backups(); isKnown && backups != "" {
		list = append(list, pathLine{"backups", backups})
	}
	return append(list, []pathLine{{"drafts", p.drafts()}, {"opened", p.opened()}, {"crashes", p.crashes()}, {"debug-log", p.debugLog()}}...)
}
