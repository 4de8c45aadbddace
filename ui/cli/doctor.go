package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/command"
)

// finding is one row of "pinghome doctor".
type finding struct {
	about, says string
	isWrong     bool
	isUnknown   bool // neither right nor wrong
}

func fine(about, format string, args ...any) finding {
	return finding{about: about, says: fmt.Sprintf(format, args...)}
}

func wrong(about, format string, args ...any) finding {
	return finding{about: about, says: fmt.Sprintf(format, args...), isWrong: true}
}

// findingLine is a finding as JSON.
type findingLine struct {
	State string `json:"state"` // "ok", "WRONG", or "?" where it cannot be said
	About string `json:"about"`
	Says  string `json:"says"`
}

// doctorCommand looks at everything that a server needs, and changes nothing.
func doctorCommand() *cobra.Command {
	var s serveFlags
	var list *command.Printer[findingLine]
	s.isServer = true // it tells how many connections that takes
	c := s.command("doctor", "look at database, key, disk, clock and senders", func(ctx context.Context, c *cobra.Command, args []string) error {
		if err := list.Check(args); err != nil {
			return err
		}
		var lines []findingLine
		failures := 0
		for _, f := range s.examine(ctx, c.Flags().Changed("config")) {
			mark := "ok"
			switch {
			case f.isWrong:
				mark = "WRONG"
				failures++
			case f.isUnknown:
				mark = "?"
			}
			lines = append(lines, findingLine{mark, f.about, f.says})
		}
		err := list.Print(c.OutOrStdout(), lines, func(f findingLine) []string { return []string{f.State, f.About, f.Says} }, 0, "STATE", "ABOUT", "WHAT")
		if err != nil || failures == 0 {
			return err
		}
		if failures == 1 {
			return exit.Failed("1 of these is wrong.")
		}
		return exit.Failed("%d of these are wrong.", failures)
	})
	c.Flags().StringVar(&s.configFlag, "config", "", configWords)
	c.Example = "pinghome doctor\npinghome doctor --json state,about | jq -r '.[] | select(.state == \"WRONG\") | .about'"
	list = command.NewPrinter[findingLine](c)
	return c
}

func (s *serveFlags) examine(ctx context.Context, isConfigGiven bool) (all []finding) {
	senders, err := s.readSenders(isConfigGiven)
	if err != nil {
		all = append(all, wrong("configuration", "%v", err))
		s.config = configuration{} // the database is looked at all the same
	} else {
		defer senders.close()
		all = append(all, s.examineContexts())
	}
	d, err := s.find()
	if err != nil {
		all[len(all)-1] = wrong("configuration", "%v", err)
		s.config.Backup = backupSection{}
		if d, err = s.find(); err != nil {
			return all
		}
	}
	d.isReadOnly = true
	switch engine := d.engine.(type) {
	case fileEngine:
		all = append(all, d.examineFile(ctx, engine.path)...)
		all = append(all, examineDisk(engine.path), d.examineBackups(ctx, engine.path))
	case postgresEngine:
		all = append(all, d.examinePostgres(ctx)...)
	}
	if senders.router == nil {
		return all
	}
	all = append(all, s.examineProxies())
	for _, p := range senders.router.Probe(ctx) {
		if p.Err != nil {
			all = append(all, wrong("sender of "+string(p.Type), "%v", p.Err))
			continue
		}
		all = append(all, finding{about: "sender of " + string(p.Type), says: p.Status, isUnknown: p.Unknown})
	}
	return all
}

// examineContexts looks at the servers that the console can open, in a configuration that is
// right for a server.
func (s *serveFlags) examineContexts() finding {
	if err := s.config.checkContexts(); err != nil {
		return wrong("configuration", "%v", err)
	}
	return fine("configuration", "%s", describeConfig(s.configPath))
}

func describeConfig(path string) string {
	if !exists(path) {
		return "there is no " + path + ", so that nothing is sent and all messages are held"
	}
	return path
}

func (d *database) examineKey(ctx context.Context) finding {
	own, err := local.StoredFingerprint(ctx, d.db)
	if err != nil {
		return wrong("key", "%v", err)
	}
	key, err := d.presentKey()
	switch {
	case err != nil:
		return wrong("key", "%v", err)
	case key == nil && own == "":
		return fine("key", "there is none yet; one is made when the database is used")
	case key == nil:
		return wrong("key", "%s is not there; the key of the database has the fingerprint %s", d.keyName(), own)
	case own != "" && own != local.KeyFingerprint(key):
		return wrong("key", "%s has the fingerprint %s; the key of the database has %s", d.keyName(), local.KeyFingerprint(key), own)
	}
	return fine("key", "%s, fingerprint %s", d.keyName(), local.KeyFingerprint(key))
}

// clockTolerance is how far clocks of machines that use one database may differ.
const clockTolerance = time.Minute

func (d *database) examineClock(ctx context.Context) finding {
	var last time.Time
	err := d.db.Read(ctx, func(tx *storage.Tx) (err error) {
		last, _, err = tx.LastChange()
		return err
	})
	now := d.db.Now()
	switch {
	case err != nil:
		return wrong("clock", "%v", err)
	case last.After(now.Add(clockTolerance)):
		return wrong("clock", "it is %s here, but the last change was made at %s: one of the two clocks was wrong",
			now.UTC().Format(time.DateTime), last.UTC().Format(time.DateTime))
	}
	return fine("clock", "%s UTC", now.UTC().Format(time.DateTime))
}
