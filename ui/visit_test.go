package ui

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// john is the account that the demo opens.
const john = "john.smith@ping-home.org"

// visit is a person at the console, over the real rules on a real file.
type visit struct {
	drive.Visit
	path   string
	drafts string
	copied string
	setup  *Setup          // of a first run
	post   delivery.Sender // carries messages; nil: they stay in the inbox
}

// untilItsGone is how long a warning stays at most.
const untilItsGone = 8 * time.Second

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// open starts a console on fresh demo data at 80x24.
func open(t *testing.T) *visit {
	t.Helper()
	v := &visit{path: filepath.Join(t.TempDir(), "demo.db"), drafts: t.TempDir()}
	v.T, v.Now, v.Tick = t, noon, TickMsg{}
	key := make([]byte, local.KeySize)
	if err := storage.Create(context.Background(), v.path, storage.Options{Now: v.Clock}, local.Demo(key)); err != nil {
		t.Fatal(err)
	}
	v.again(john)
	return v
}

// again starts another console on the same file, as after a restart or beside
// the first one.
func (v *visit) again(account string) {
	v.T.Helper()
	o := v.options()
	o.Start = v.opened(account)
	v.start(o)
}

func (v *visit) opened(account string) shell.Opened {
	v.T.Helper()
	db, err := storage.Open(context.Background(), v.path, storage.Options{Now: v.Clock})
	if err != nil {
		v.T.Fatal(err)
	}
	v.T.Cleanup(func() { db.Close() })
	accounts := local.New(db, local.Options{Key: make([]byte, local.KeySize), Sender: v.post})
	view, summary, err := accounts.Open(context.Background(), account)
	if err != nil {
		v.T.Fatal(err)
	}
	return shell.Opened{Accounts: accounts, View: view, Account: summary, Local: true, Scope: v.path}
}

func (v *visit) options() Options {
	return Options{Shell: shell.Options{
		Place: "demo", Look: theme.New(theme.Options{Name: "dark", Profile: termenv.Ascii}), Now: v.Clock, Still: true,
		Drafts: draft.Open(v.drafts), Copy: func(s string) error { v.copied = s; return nil },
	}}
}

func (v *visit) start(o Options) {
	v.Open(New(o), 80, 24)
}

// m is the console that is open.
func (v *visit) m() *Model { return v.Model.(*Model) }

// code is the newest code in the inbox that went to an address.
func (v *visit) code(to string) string {
	v.T.Helper()
	box, err := v.m().shell.Session.View.Messages(context.Background(), 100)
	if err != nil {
		v.T.Fatal(err)
	}
	for _, m := range box.Messages {
		if m.To == to && m.Code != "" {
			return m.Code
		}
	}
	v.T.Fatalf("no code went to %s", to)
	return ""
}

// channel is what the backend holds under a priority.
func (v *visit) channel(priority int) backend.Channel {
	v.T.Helper()
	all, err := v.m().shell.Session.View.Channels(context.Background(), backend.ChannelFilter{})
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

// wrongCode is six digits that are not the code.
func wrongCode(code string) string {
	if code == "111111" {
		return "222222"
	}
	return "111111"
}

// draftFiles counts the drafts on the disk.
func (v *visit) draftFiles() int {
	files, _ := filepath.Glob(filepath.Join(v.drafts, "*.json"))
	return len(files)
}
