package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// BenchmarkKey measures a key from Update to View, on the Channels screen at 120x40 in
// true colour. 40 channels fill the screen. More must not take longer, since only what
// is on the screen is drawn.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{5, 40, 1000} {
		b.Run(fmt.Sprintf("channels=%d", n), func(b *testing.B) {
			m := withChannels(n)
			down, up := drive.Key("j"), drive.Key("k")
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				key := down
				if i%2 == 1 {
					key = up
				}
				m.Update(key)
				_ = m.View()
			}
		})
	}
}

// withChannels returns a console on the Channels screen with n channels.
func withChannels(n int) *Model {
	now := time.Now()
	clock := func() time.Time { // which never stands still
		now = now.Add(time.Millisecond)
		return now
	}
	m := New(Options{
		Shell: shell.Options{Place: "local", Look: theme.New(theme.Options{Name: "auto", Ground: theme.DarkGround, Profile: termenv.TrueColor}), Now: clock},
		Start: shell.Opened{Account: backend.AccountSummary{Name: "John", Surname: "Smith", Email: "john.smith@ping-home.org"}},
	})
	channels := make([]backend.Channel, n)
	for i := range channels {
		channels[i] = backend.Channel{Type: backend.ChannelTypes[i%4], Value: fmt.Sprintf("name%d@example.org", i), Priority: i + 1, Enabled: i%3 > 0, Verified: i%2 > 0,
			LastTest: &backend.Test{At: now.Add(-time.Hour), OK: i%5 > 0, ProviderStatus: "held", Duration: time.Millisecond}}
	}
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	m.deliver(shell.ProfileReadMsg{Profile: backend.Profile{Customer: backend.Customer{Name: "John", Surname: "Smith", Email: "john.smith@ping-home.org"}}})
	m.deliver(shell.ChannelsReadMsg{All: channels, Passing: channels})
	m.goTo(shell.GoToMsg{Screen: keymap.Channels})
	return m
}

// BenchmarkFirstFrame opens a database and draws the first frame that has the profile,
// with 3 accounts and with 100,000 in turn. "ratio" is the time with many accounts by
// that with few, "heap-ratio" the same of the memory in use.
func BenchmarkFirstFrame(b *testing.B) {
	most := 100_000
	if testing.Short() {
		most = 5000
	}
	few, many := accountsFile(b, 3), accountsFile(b, most)
	var fewTook, manyTook time.Duration
	var fewHeld, manyHeld uint64
	for b.Loop() {
		took, held := firstFrame(b, few)
		fewTook, fewHeld = fewTook+took, fewHeld+held
		took, held = firstFrame(b, many)
		manyTook, manyHeld = manyTook+took, manyHeld+held
	}
	b.ReportMetric(fewTook.Seconds()*1000/float64(b.N), "few-ms")
	b.ReportMetric(manyTook.Seconds()*1000/float64(b.N), "many-ms")
	b.ReportMetric(manyTook.Seconds()/fewTook.Seconds(), "ratio")
	b.ReportMetric(float64(manyHeld)/float64(fewHeld), "heap-ratio")
}

// accountsFile creates a database with n accounts and returns its path.
func accountsFile(b *testing.B, n int) string {
	b.Helper()
	ctx, path := context.Background(), filepath.Join(b.TempDir(), fmt.Sprintf("%d.db", n))
	if err := sqlite.Create(ctx, path, sqlite.Options{}, nil); err != nil {
		b.Fatal(err)
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	accounts := local.New(db, local.Options{})
	var wait sync.WaitGroup
	const callers = 64 // changes that wait together are committed together
	for c := range callers {
		wait.Go(func() {
			for i := c; i < n; i += callers {
				a := backend.NewAccount{Name: "Name", Surname: fmt.Sprint("Surname ", i), Email: fmt.Sprintf("name%d@example.org", i)}
				if _, err := accounts.Create(ctx, a); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	return path
}

// firstFrame opens a database and a console on it. It returns how long it takes until the
// first frame is drawn, and how many bytes of memory are in use then.
func firstFrame(b *testing.B, path string) (took time.Duration, held uint64) {
	b.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	accounts := local.New(db, local.Options{})
	view, account, err := accounts.Open(ctx, "name2@example.org")
	if err != nil {
		b.Fatal(err)
	}
	m := New(Options{Shell: shell.Options{Place: "local", Look: theme.New(theme.Options{Name: "auto", Ground: theme.DarkGround, Profile: termenv.TrueColor})}, Start: shell.Opened{Accounts: accounts, View: view, Account: account}})
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	read := m.screens[0].Load()()
	m.Update(read)
	if m.shell.Session.Profile == nil || m.View() == "" {
		b.Fatal("the first frame has no profile")
	}
	took = time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(m)
	return took, max(after.HeapAlloc, before.HeapAlloc+1) - before.HeapAlloc
}
