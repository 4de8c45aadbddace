package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/theme"
)

// clock stands at the hour of all pictures, on which the ages in the demo's
// data depend.
func clock() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// play leads a console on fresh demo data through a scene, and returns what
// its window shows in the end.
func play(s scene, look theme.Look) (view string, err error) {
	dir, err := os.MkdirTemp("", "pinghome-screenshots-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	db, account, err := openDemo(filepath.Join(dir, "demo.db"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	p := player{ui.New(ui.Options{Start: account, Shell: ui.ShellOptions{
		Place: "demo", Look: look, Drafts: draft.Open(dir), Now: clock, Still: true,
		Copy: func(string) error { return nil },
	}})}
	p.perform(s)
	return p.console.View(), nil
}

func openDemo(path string) (*storage.DB, ui.Opened, error) {
	ctx, key, o := context.Background(), make([]byte, local.KeySize), storage.Options{Now: clock}
	if err := storage.Create(ctx, path, o, local.Demo(key)); err != nil {
		return nil, ui.Opened{}, err
	}
	db, err := storage.Open(ctx, path, o)
	if err != nil {
		return nil, ui.Opened{}, err
	}
	accounts := local.New(db, local.Options{Key: key})
	view, summary, err := accounts.Open(ctx, local.DemoCustomer)
	if err != nil {
		return nil, ui.Opened{}, errors.Join(err, db.Close())
	}
	return db, ui.Opened{Accounts: accounts, View: view, Account: summary, Local: true}, nil
}

// player works the console without Bubble Tea's runtime: every command is run
// to its end before the next key, so that nothing depends on how fast it is.
type player struct{ console tea.Model }

func (p *player) perform(s scene) {
	p.send(tea.WindowSizeMsg{Width: s.w, Height: s.h})
	p.run(p.console.Init())
	for _, name := range s.keys {
		p.send(keyOf(name))
	}
}

func (p *player) send(msg tea.Msg) {
	var cmd tea.Cmd
	p.console, cmd = p.console.Update(msg)
	p.run(cmd)
}

func (p *player) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	switch cmds := reflect.ValueOf(msg); {
	case msg == nil:
	case cmds.Kind() == reflect.Slice && cmds.Type().Elem() == reflect.TypeFor[tea.Cmd]():
		// A batch, or a sequence, whose type Bubble Tea keeps to itself.
		for i := range cmds.Len() {
			p.run(cmds.Index(i).Interface().(tea.Cmd))
		}
	default:
		p.send(msg)
	}
}

// keyOf returns the key of a name; other words are typed as they are.
func keyOf(name string) tea.KeyMsg {
	switch name {
	case "enter":
		return tea.KeyMsg{Type: tea.KeyEnter}
	case " ":
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(name)}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}
