package linear

import (
	"context"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// withoutWayBack says of commands, by the words behind "pinghome", what of them cannot be taken back: that of the
// console, where it marks them so.
var withoutWayBack = map[string]string{
	"feedback send":         "The feedback stays sent",
	"channel test":          "The test message stays sent",
	"channel send-code":     "The code stays sent",
	"channel confirm":       "A message that was seen stays so",
	"channel rotate-secret": "A replaced signing secret does not come back",
	"username send-code":    "The code stays sent",
	"username confirm":      "A confirmed username cannot be taken back",
	"messages resend":       "The message stays sent",
	"messages delete":       "Deleted messages do not come back",
}

// isNoChange are the commands that leave what was done last as it is.
var isNoChange = map[string]bool{"messages read": true, "activity export": true}

// nameOf is the name of a command: its noun and what is done with that.
func nameOf(words []string) string {
	const two = 2
	return strings.Join(words[:min(two, len(words))], " ")
}

// noteDone notes what was done last, since an undo is about a change before that where it has no way back.
func (m *Mode) noteDone(words []string, err error) {
	command := nameOf(words)
	isSent := err != nil && shell.IsUnknown(err) && withoutWayBack[command] != ""
	if (err == nil || isSent) && !isNoChange[command] {
		m.final = withoutWayBack[command]
	}
}

// undo takes the last change back. Where something was done since that has no way back, it asks first, since another
// change may be meant; and where another console has changed something since the prompt, it asks about that one.
func (m *Mode) undo(ctx context.Context) error {
	newest := m.heard.newest
	m.refresh(ctx)
	named, question, ids := "", "", []string{} // questions, with and without what is taken back
	switch {
	case m.shell.WhyNoUndo() != "":
	case m.heard.newest != newest:
		named, question = "Take back: ", "Take back the last change, which may be that one?"
	case m.final != "":
		named, question = m.final+". Take back the change before it: ", m.final+". Take back the change before it?"
	}
	if named != "" {
		if e, isFound := m.newestUndoable(ctx); isFound {
			question, ids = named+m.entryWords(e)+"?", []string{e.ID}
		}
		if isMeant, err := m.confirms(ctx, question); !isMeant || err != nil {
			return err
		}
	}
	words := []string{"activity", "undo"}
	return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, words, ids...) })
}

// newestUndoable is the newest entry that can be taken back, among those that are told.
func (m *Mode) newestUndoable(ctx context.Context) (backend.JournalEntry, bool) {
	read, err := m.shell.Session.View.Journal(ctx, backend.JournalQuery{Limit: mostTold})
	i := slices.IndexFunc(read.Entries, backend.JournalEntry.CanUndo)
	if err != nil || i < 0 {
		return backend.JournalEntry{}, false
	}
	return read.Entries[i], true
}

func (m *Mode) redo(ctx context.Context) error {
	return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, []string{"activity", "redo"}) })
}
