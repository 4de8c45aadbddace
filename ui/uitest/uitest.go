// Package uitest opens the console on the demo's data for tests, which press keys and
// look at the screen, in a window of 80x24 cells unless they resize it. The program
// itself does not import it.
//
// Everything below the screen is real: the rules, a database in a temporary folder,
// drafts on the disk. Only the clock is not: it begins at Noon and moves when a test
// says so (Pass, Poll). Nothing sleeps, and every command that a key causes has ended
// before the next key; see package drive. Times are shown in UTC.
package uitest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/clipboard"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/theme"
)

func init() { time.Local = time.UTC }

// The account of the demo that a visit opens.
const (
	John   = "john.smith@ping-home.org"             // its username
	JohnID = "6fb4e64f-ad18-46e3-920c-92639adb137c" // its id, which stays when the username changes
)

// ReadingTime is how long another version in a form has to be seen before a key is about it.
const ReadingTime = time.Second

// WarningTime is longer than a warning stays on the screen.
const WarningTime = 8 * time.Second

// Noon is when a visit begins.
var Noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Some returns all, and in a short run the first n alone. CI's short run looks for races, and a
// walk in another size or with another value, which takes a minute there, finds no other ones.
func Some[T any](n int, all []T) []T {
	if testing.Short() {
		return all[:min(n, len(all))]
	}
	return all
}

// Visit is a console that is open, and what is around it.
type Visit struct {
	drive.Visit
	Copied string          // what the console gave to the clipboard last
	Way    clipboard.Way   // how it is copied; from Open on into tmux's buffer
	Sender delivery.Sender // of messages, from the next Restart on; nil: they stay in the inbox
	path   string          // of the database
	drafts string          // the folder of the drafts
}

// Open opens a console on John's account in a new database with the demo's data, and
// presses the keys.
func Open(t testing.TB, keys ...string) *Visit {
	t.Helper()
	v := &Visit{path: filepath.Join(t.TempDir(), "demo.db"), drafts: t.TempDir()}
	v.T, v.Now, v.Tick = t, Noon, ui.TickMsg{}
	v.Way = clipboard.Way{Name: "into tmux's buffer", IsSure: true}
	if err := sqlite.Create(context.Background(), v.path, sqlite.Options{Now: v.Clock}, local.Demo(codeKey())); err != nil {
		t.Fatal(err)
	}
	v.Restart()
	v.Press(keys...)
	return v
}

// codeKey returns the key of the codes in the database.
func codeKey() []byte { return make([]byte, local.KeySize) }

// Restart opens another console on the same database in place of the one that is open,
// which is not told to end. The options are those for John's account, with the changes
// applied in their order.
func (v *Visit) Restart(changes ...func(*ui.Options)) {
	v.T.Helper()
	v.Visit.Open(ui.New(v.Options(changes...)), 80, 24)
}

// Options returns the options with which Restart opens a console.
func (v *Visit) Options(changes ...func(*ui.Options)) ui.Options {
	v.T.Helper()
	o := ui.Options{Start: v.Account(JohnID), Shell: ui.ShellOptions{
		Place: "demo", Look: theme.New(theme.Options{Name: "dark", Profile: termenv.Ascii}), Now: v.Clock, Still: true,
		Drafts: draft.Open(v.drafts), Copy: func(s string) (clipboard.Way, error) { v.Copied = s; return v.Way, nil },
	}}
	for _, change := range changes {
		change(&o)
	}
	return o
}

// Look returns a change for Restart that draws with this theme.
func Look(o theme.Options) func(*ui.Options) {
	return func(options *ui.Options) { options.Shell.Look = theme.New(o) }
}

// ASCII returns a change for Restart that draws with ASCII characters only.
func ASCII() func(*ui.Options) {
	return Look(theme.Options{Name: "mono", ASCII: true, Profile: termenv.Ascii})
}

// Colours returns a change for Restart that draws in true colours; see SeeOff.
func Colours() func(*ui.Options) { return Look(colours) }

var colours = theme.Options{Name: "auto", Ground: theme.DarkGround, Profile: termenv.TrueColor}

// Behind returns a change for Restart that puts a backend between console and account.
// It is made by wrap from the account's own.
func Behind(wrap func(backend.Backend) backend.Backend) func(*ui.Options) {
	return func(o *ui.Options) { o.Start.View = wrap(o.Start.View) }
}

// Account opens an account, by its id or username, over a database connection of its
// own, as another console has it. It is closed when the test ends.
func (v *Visit) Account(account string) ui.Opened {
	v.T.Helper()
	db, err := sqlite.Open(context.Background(), v.path, sqlite.Options{Now: v.Clock})
	if err != nil {
		v.T.Fatal(err)
	}
	v.T.Cleanup(func() { db.Close() })
	accounts := local.New(db, local.Options{Key: codeKey(), Sender: v.Sender})
	view, summary, err := accounts.Open(context.Background(), account)
	if err != nil {
		v.T.Fatal(err)
	}
	return ui.Opened{Accounts: accounts, View: view, Account: summary, Local: true, Scope: v.path}
}

// Backend returns the backend of John's account as another console has it, over a
// database connection of its own.
func (v *Visit) Backend() backend.Backend {
	v.T.Helper()
	return v.Account(JohnID).View
}

// Poll lets one poll interval pass.
func (v *Visit) Poll() { v.Pass(ui.PollInterval) }

// Code returns the newest code in John's inbox that went to this address.
func (v *Visit) Code(to string) string {
	v.T.Helper()
	inbox, err := v.Backend().Messages(context.Background(), 100)
	if err != nil {
		v.T.Fatal(err)
	}
	for _, m := range inbox.Messages {
		if m.To == to && m.Code != "" {
			return m.Code
		}
	}
	v.T.Fatalf("no code went to %s", to)
	return ""
}

// WrongCode returns six digits that are not this code.
func WrongCode(code string) string {
	if code == "111111" {
		return "222222"
	}
	return "111111"
}

// Channel returns the channel of John's account that has this priority.
func (v *Visit) Channel(priority int) backend.Channel {
	v.T.Helper()
	all, err := v.Backend().Channels(context.Background(), backend.ChannelFilter{})
	if err != nil {
		v.T.Fatal(err)
	}
	for _, c := range all {
		if c.Priority == priority {
			return c
		}
	}
	v.T.Fatalf("there is no channel %d", priority)
	return backend.Channel{}
}

// DraftFiles returns how many drafts are on the disk.
func (v *Visit) DraftFiles() int {
	files, _ := filepath.Glob(filepath.Join(v.drafts, "*.json"))
	return len(files)
}

// DraftText returns what is in all drafts on the disk.
func (v *Visit) DraftText() string {
	v.T.Helper()
	files, _ := filepath.Glob(filepath.Join(v.drafts, "*"))
	var text strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			v.T.Fatal(err)
		}
		text.Write(content)
	}
	return text.String()
}

// SeeOff fails the test unless the footer shows each of these hints, such as "e edit",
// as those of actions that cannot be done now. The console must be drawn in Colours.
func (v *Visit) SeeOff(hints ...string) {
	v.T.Helper()
	look := theme.New(colours)
	for _, hint := range hints {
		if !strings.Contains(v.Screen(), look.Faint.Render(hint)) {
			v.T.Fatalf("%q is not faint:\n%s", hint, v.Screen())
		}
	}
}

// Dialogs returns how many dialogs are on the screen: only they have keys in their
// lower border. It needs a window that is not compact.
func (v *Visit) Dialogs() int { return strings.Count(v.Screen(), "╰─ ") }

// Closes fails the test unless exactly one dialog is open, and esc, pressed this many
// times, leaves none.
func (v *Visit) Closes(times int) {
	v.T.Helper()
	if n := v.Dialogs(); n != 1 {
		v.T.Fatalf("%d dialogs are open:\n%s", n, v.Screen())
	}
	for range times {
		v.Press("esc")
	}
	if n := v.Dialogs(); n != 0 {
		v.T.Fatalf("esc left %d dialogs:\n%s", n, v.Screen())
	}
}
