// Package linear is the console line by line: for a person with a screen reader, or at a terminal that can do nothing
// but print lines. It asks and says what the console shows, and prints plain lines alone: it moves no cursor, draws
// nothing again, and has no colours. Lines are typed as in any shell, with the terminal's own echo and editing.
//
// Each action that changes something asks for what it needs, and then runs the command that a script runs (package
// command), so that rules, sentences and questions are there once. A change of a channel is made only while that has
// the value that the person heard.
//
// Files, in reading order: linear.go begins and ends; lines.go reads and prints lines, broken.go breaks long ones, and waiting.go says that something
// is waited for. start.go asks for the first account, or waits for its server. talk.go asks what to do, answer.go finds the entry
// that is meant among those of menu.go, and records.go and numbers.go the record; everywhere.go has the entries of all screens,
// switcher.go those that open another account, and find.go those that narrow a list. A screen has a file of its own:
// profile.go and deletion.go, channels.go with channelchange.go, channelorder.go, channelcode.go and secret.go, feedback.go, activity.go, messages.go,
// accounts.go. changes.go tells what was changed elsewhere, run.go runs commands, undo.go takes changes back, question.go,
// ask.go and fields.go ask for what is needed, tell.go tells errors, words.go says records, and spell.go spells.
package linear

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/command"
	"github.com/account-settings/pinghome/ui/shell"
)

// Options make linear mode.
type Options struct {
	Console ui.Options      // of the console that it stands in for
	Program command.Program // its streams, and the shape of values; Source, Run, Ask and Readable are set here
	IsASCII bool            // the terminal shows no other characters
	// Patience is how long nothing is said before it is said that something is waited for; 0: one second.
	Patience time.Duration
	// Width is that of the terminal in cells, at which lines are broken; nil: of the output, where that is a terminal.
	Width func() int
	// Resumed tells that the program goes on after it was stopped: an open question is said again then. nil: never.
	Resumed <-chan os.Signal
	// IsUnechoed says that nothing shows what is typed behind a question, as where lines come from a file: the line is ended then.
	IsUnechoed bool
	// Discard discards what was typed at a terminal and not read yet; nil: nothing is. It is called before a question that
	// must be heard before it is answered: what was pasted may have "y" alone on a line.
	Discard func()
	// Forget removes what consoles on this machine have kept of an account that is gone; scope is that of ui.Opened.
	Forget func(scope, account string) error
}

// errEnd ends linear mode: the person said so, or the input ended.
var errEnd = errors.New("the end")

// Mode is linear mode on one account after the other.
type Mode struct {
	*lines
	shell    *shell.Shell
	options  Options
	context  string // the name of the one that is open
	places   []*place
	place    *place // nil at the start, where the screens are listed
	row      string // the record that is talked about; "" for none
	heard    heard  // what the person knows
	listed   listed // the records that were listed last
	older    olderMessages
	last     string            // what was said before the prompt that was answered last
	narrow   narrow            // by what lists are narrowed
	hinted   map[string]bool   // of which kinds of prompts the whole was said already
	final    string            // what of that which was done last has no way back, in a sentence without its full stop
	problem  shell.GoToMsg     // the one that was gone to last
	secret   string            // the signing secret that was said last; "" after the next change
	begun    map[string]string // what was typed of a form that was left, by the names of its fields
	unkept   map[string]string // drafts where none are kept on the disk, by their keys
	changes  int               // how many were made, as far as is known
	isRepeat bool              // the same change is made once more, after a lost answer
	isEnded  bool              // the end was said
	checked  chan error        // what the slow checks of the account find; nil while none run
}

// Run talks until the person ends it. Errors: that of the context, and those of opening the account and of the output.
func Run(ctx context.Context, o Options) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	m := newMode(o)
	defer m.stopWaiting()
	defer m.awaitChecks()
	defer end() // first
	for _, warning := range o.Console.Warnings {
		m.say(warning)
	}
	opened, err := m.first(ctx)
	if err == nil {
		m.show(ctx, opened)
		err = m.talk(ctx)
	}
	if errors.Is(err, errEnd) {
		return nil
	}
	return err
}

func newMode(o Options) *Mode {
	o.Console.Shell.Theme, o.Console.Shell.Look = nil, plainLook(o.IsASCII)
	m := &Mode{lines: newLines(o), shell: shell.New(o.Console.Shell), options: o, context: o.Console.Context, hinted: map[string]bool{}, begun: map[string]string{}, unkept: map[string]string{}}
	m.places = []*place{newProfile(m), newChannels(m), newFeedback(m), newActivity(m), newMessages(m), newAccounts(m)}
	return m
}

// show opens an account and says where the person is.
func (m *Mode) show(ctx context.Context, opened ui.Opened) {
	m.awaitChecks()
	m.shell.Show(opened)
	m.place, m.row, m.heard, m.listed, m.narrow, m.final, m.secret, m.older = nil, "", heard{}, listed{}, narrow{}, "", "", olderMessages{}
	if opened.Check != nil {
		m.checked = make(chan error, 1)
		go func() { m.checked <- opened.Check(ctx) }()
	}
	ui.KeepLast(m.options.Console.Opened, opened.Scope, opened.Account.ID)
}

// awaitChecks waits for the slow checks of an account, which is closed after that.
func (m *Mode) awaitChecks() {
	if m.checked != nil {
		m.tellCheck(<-m.checked)
	}
}
