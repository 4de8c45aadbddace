package cli

import (
	"path/filepath"

	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// backupSection is the section [backup] of the configuration: the backups that are
// made before the first change of a day.
type backupSection struct {
	Daily  *bool  `toml:"daily" usual:"true"`                 // true by default
	Keep   *int   `toml:"keep" usual:"7"`                     // how many are kept, defaultBackups by default
	Folder string `toml:"folder" usual:"beside the database"` // beside the database by default
}

// defaultBackups is how many backups are kept: those of a week.
const defaultBackups = 7

// maxBackups bounds keep, against typing errors: ten years.
const maxBackups = 3650

// backupOptions are those of the configuration, for a command that refuses what is wrong in
// it.
func (c *configuration) backupOptions(where paths, report func(error)) (*sqlite.Backups, error) {
	o, err := c.Backup.options(filepath.Dir(c.path), where, report)
	return o, c.located(err)
}

// options returns where the backups of a database go; nil where none are made, as of a PostgreSQL
// database, which has tools of its own for that. from is the
// folder of the configuration, from which a relative one is taken. report is called with
// what went wrong. An error begins with the name of the setting that it is about.
func (b backupSection) options(from string, where paths, report func(error)) (*sqlite.Backups, error) {
	o := &sqlite.Backups{Folder: sqlite.WithoutLink(where.file()) + ".backups", Keep: defaultBackups, Report: func(_ string, err error) {
		if err != nil && report != nil {
			report(err)
		}
	}}
	if b.Keep != nil {
		if o.Keep = *b.Keep; o.Keep < 1 || o.Keep > maxBackups {
			return nil, exit.Usage("backup.keep is %d; write how many backups are kept, from 1 to %d, or daily = false for none.", o.Keep, maxBackups)
		}
	}
	if b.Folder != "" {
		var err error
		if o.Folder, err = settingPath("backup.folder", from, b.Folder); err != nil {
			return nil, err
		}
	}
	if b.Daily != nil && !*b.Daily || where.isPostgres() {
		return nil, nil
	}
	return o, nil
}
