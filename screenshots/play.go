package main

import (
	"context"
	"crypto/rand"
	"errors"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/drive"
)

// noon is when all pictures are taken. The ages in the demo's data depend on it.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// take plays a scene in a window of this size and returns the cells that it shows
// then.
func take(s scene, at size, in shade) (rows [][]cell, err error) {
	err = onDemo(at, in, func(d *drive.Driver) error {
		s.play(d)
		rows, err = readCells(d.Screen(), at.w, at.h, in)
		return err
	})
	return rows, err
}

// onDemo opens a console on fresh demo data for what is played on it.
func onDemo(at size, in shade, played func(*drive.Driver) error) (err error) {
	dir, err := os.MkdirTemp("", "pinghome-screenshots-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	defer fixChance()()
	d := drive.Driver{Now: noon, Tick: ui.TickMsg{}}
	db, account, err := openDemo(filepath.Join(dir, "demo.db"), d.Clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d.Open(ui.New(ui.Options{Start: account, Shell: ui.ShellOptions{
		Place: "demo", Look: in.look(), Drafts: draft.Open(dir), Now: d.Clock, Still: true,
	}}), at.w, at.h)
	return played(&d)
}

// fixChance makes the random numbers of codes and test words the same each time, and
// returns a function that undoes it. Nothing here is a secret.
func fixChance() (undo func()) {
	before := rand.Reader
	rand.Reader = mathrand.NewChaCha8([32]byte{})
	return func() { rand.Reader = before }
}

// demoFile returns the content of a database with the demo's data, which is made once.
var demoFile = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "pinghome-screenshots-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path, o := filepath.Join(dir, "demo.db"), sqlite.Options{Now: func() time.Time { return noon }}
	if err := sqlite.Create(context.Background(), path, o, local.Demo(demoKey())); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// demoKey returns the key of the codes in the demo's data.
func demoKey() []byte { return make([]byte, local.KeySize) }

// openDemo opens the account of a new database with the demo's data.
func openDemo(path string, clock func() time.Time) (*sqlite.DB, ui.Opened, error) {
	ctx, o := context.Background(), sqlite.Options{Now: clock}
	content, err := demoFile()
	if err == nil {
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		return nil, ui.Opened{}, err
	}
	db, err := sqlite.Open(ctx, path, o)
	if err != nil {
		return nil, ui.Opened{}, err
	}
	accounts := local.New(db, local.Options{Key: demoKey()})
	view, summary, err := accounts.Open(ctx, local.DemoCustomer)
	if err != nil {
		return nil, ui.Opened{}, errors.Join(err, db.Close())
	}
	return db, ui.Opened{Accounts: accounts, View: view, Account: summary, Local: true}, nil
}
