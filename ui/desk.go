package ui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/theme"
)

// unmasked is how long values stay readable after they were asked for.
const unmasked = 10 * time.Second

// desk is what screens and dialogs share: the account, the look, the clock,
// the one way to start work and to say something.
type desk struct {
	theme.Look
	opened   Opened
	place    string // for the header: "local", "demo", a server
	readOnly bool
	keys     keymap.Map
	clock    func() time.Time
	now      time.Time // of the message being handled
	class    class
	work     work
	notices  notices
	overlays []overlay
	drafts   drafts
	copyText func(string) error
	reload   func() tea.Cmd
	options  Options

	profile   *backend.Profile  // nil until it is read
	channels  []backend.Channel // all of them; nil until they are read
	inbox     *backend.Inbox    // the newest messages; nil until they are read
	revision  int64             // of what was read last
	gone      bool              // the view has ended: the account was deleted, or the token is not good
	ending    string            // why, in the backend's words
	mayBeGone bool              // it was to be deleted, and that answer was lost
	line      line
	undo      func() tea.Cmd // takes the last reversible change back; nil when there is none
	clear     time.Time      // values are readable until then
}

func newDesk(o Options) *desk {
	d := &desk{Look: o.Look, place: o.Place, readOnly: o.ReadOnly, keys: keymap.New(), clock: o.Now, now: o.Now(), copyText: o.Copy, options: o}
	d.work.running = map[string]job{}
	d.reload = func() tea.Cmd { return nil }
	d.drafts = newDrafts(o.Drafts)
	return d
}

// take puts the desk on an account.
func (d *desk) take(o Opened) {
	d.opened = o
	d.profile, d.channels, d.inbox, d.revision, d.gone, d.mayBeGone, d.line = nil, nil, nil, 0, false, false, line{reads: d.now}
	d.wipe()
	d.overlays, d.undo = nil, nil
	d.work.cancelAll()
	d.drafts.scope = o.Scope + "|" + o.Account.ID
}

// load reads something beside what goes on; see work.load.
func (d *desk) load(name string, do func(context.Context) tea.Msg) tea.Cmd {
	return d.work.load(d.now, name, do)
}

// change changes something; see work.change.
func (d *desk) change(name string, do func(context.Context) tea.Msg) tea.Cmd {
	return d.work.change(d.now, name, do)
}

func (d *desk) tell(w weight, format string, args ...any) {
	d.notices.tell(d.now, w, fmt.Sprintf(format, args...))
}

// log notes an error without anybody's words in it.
func (d *desk) log(what string, err error) {
	if d.options.Log != nil {
		d.options.Log.Error(what, "code", string(backend.ErrorCode(err)))
	}
}

// unread says that something has not been read, and which key tries again.
func (d *desk) unread(what string) string {
	return what + " not been read yet. " + d.keys.Key(keymap.Refresh) + " tries again."
}

// end shows that nothing more can be done with this view.
func (d *desk) end(err error) {
	d.gone, d.ending = true, sentence(err)
	if d.mayBeGone {
		d.ending += " The account was to be deleted, and the answer to that was lost: it may be gone."
	}
}

type checkedMsg struct{ err error }
type revisionMsg struct {
	revision int64
	err      error
}
type openedMsg struct{ opened Opened }

// checkCmd runs the slow checks of the store beside the first frame.
func (d *desk) checkCmd() tea.Cmd {
	check := d.opened.Check
	if check == nil {
		return nil
	}
	return func() tea.Msg { return checkedMsg{check(context.Background())} }
}

// beat lets time pass: notices end, drafts are written, and the account is
// asked whether somebody else changed it.
func (d *desk) beat() tea.Cmd {
	d.notices.pass(d.now)
	cmds := []tea.Cmd{d.drafts.saveCmd()}
	cmds = append(cmds, d.watchCmd())
	return tea.Batch(cmds...)
}

const (
	watching = "revision"
	// soon is how long the look for changes may take: whoever cannot answer
	// in that time counts as away.
	soon = 2 * time.Second
)

func (d *desk) revisionCmd() tea.Cmd {
	view := d.opened.View
	return d.load(watching, func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, soon)
		defer cancel()
		r, err := view.Revision(ctx)
		return revisionMsg{r, err}
	})
}

// learn takes the facts that concern everybody.
func (d *desk) learn(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case checkedMsg:
		if fact.err != nil {
			d.fail("The database was checked", fact.err)
		}
	case copiedMsg:
		if fact.err != nil {
			d.tell(failure, "Could not copy %s: %v", fact.what, fact.err)
			break
		}
		d.tell(good, "Gave %s to the terminal to copy", fact.what)
	case draftFoundMsg:
		d.drafts.found(fact)
	case givenUpMsg:
		d.drafts.givenUp()
	case draftsSavedMsg:
		d.drafts.saved(fact)
		if fact.err != nil {
			d.tell(warning, "What you typed could not be kept as a draft: %v", fact.err)
		}
	case revisionMsg:
		switch {
		case backend.ErrorCode(fact.err) == backend.CodeUnauthorized:
			d.end(fact.err)
		case isOffline(fact.err):
			d.broke()
		case fact.err == nil && d.revision != 0 && fact.revision != d.revision:
			d.revision = fact.revision
			return d.reload()
		case fact.err == nil:
			d.revision = fact.revision
		}
	}
	return nil
}

// undoCmd takes the last reversible change back, once.
func (d *desk) undoCmd() tea.Cmd {
	undo := d.undo
	d.undo = nil
	return undo()
}

// reveals reports whether values are shown in full now.
func (d *desk) reveals() bool { return d.now.Before(d.clear) }

// toggleValues shows values for a while, or hides them.
func (d *desk) toggleValues() {
	if d.reveals() {
		d.clear = time.Time{}
		return
	}
	d.clear = d.now.Add(unmasked)
}

type copiedMsg struct {
	what string
	err  error
}

// canCopy reports whether there is a way to the terminal's clipboard.
func (d *desk) canCopy() bool { return d.copyText != nil }

// copyCmd puts a value on the terminal's clipboard.
func (d *desk) copyCmd(what, value string) tea.Cmd {
	if !d.canCopy() {
		d.tell(warning, "This terminal gives no way to copy.")
		return nil
	}
	copyText := d.copyText
	return func() tea.Msg { return copiedMsg{what, copyText(value)} }
}
