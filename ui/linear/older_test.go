package linear

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// longInbox is a backend with many messages and notes, of which as many are read as were asked for.
type longInbox struct {
	backend.Backend
	messages []backend.Message
	notes    []backend.FeedbackNote
}

func newLongInbox(n int) *longInbox {
	l := &longInbox{}
	for i := range n {
		id := fmt.Sprintf("0f8fad5b-d9cd-469f-a165-%012d", i)
		l.messages = append(l.messages, backend.Message{ID: id, Type: backend.TypeEmail, To: "ada@b.example", Kind: backend.KindTest, State: backend.StateSent, Read: true, Body: fmt.Sprintf("body %d", i+1)})
		l.notes = append(l.notes, backend.FeedbackNote{ID: id, Text: fmt.Sprintf("note %d", i+1)})
	}
	return l
}

func (l *longInbox) Messages(ctx context.Context, limit int) (backend.MessageList, error) {
	return l.OlderMessages(ctx, "", limit)
}

func (l *longInbox) OlderMessages(_ context.Context, than string, limit int) (backend.MessageList, error) {
	at := slices.IndexFunc(l.messages, func(m backend.Message) bool { return m.ID == than }) + 1
	return backend.MessageList{Messages: l.messages[at:min(at+limit, len(l.messages))], Total: len(l.messages)}, nil
}

func (l *longInbox) OlderFeedback(_ context.Context, than string, limit int) ([]backend.FeedbackNote, error) {
	at := slices.IndexFunc(l.notes, func(n backend.FeedbackNote) bool { return n.ID == than }) + 1
	return l.notes[at:min(at+limit, len(l.notes))], nil
}

// TestMoreGoesOnBehindWhatIsRead at once, to the end of the list, and find looks there, too.
func TestMoreGoesOnBehindWhatIsRead(t *testing.T) {
	l := newLongInbox(205)
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { l.Backend = b; return l }))
	v.heard()
	v.types("messages")
	for range 8 {
		v.types("more")
	}
	v.hears(`"more" goes on with those behind them.`, "more")
	v.hears("\n205. Test", "more")
	v.hears("There is no more here.", "more")
	v.hears("body 203", "203")
	v.hears("Narrowed to what has \"body 204\": 0 of the first 200.\n\"more\" goes on", "back", "find body 204")
	v.hears("204. Test", "more")
	v.hears("There is no more here.", "more")
	v.types("feedback")
	for range 9 {
		v.types("more")
	}
	v.hears("\n205. ", "more")
	v.hears("There is no more here.", "more")
	v.hears("note 101", "101")
	v.wantEnd()
}

// TestMoreOfTheJournal goes on to its first entry.
func TestMoreOfTheJournal(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	for i := range 110 {
		if _, err := other.SetChannelEnabled(t.Context(), 1, i%2 == 1); err != nil {
			t.Fatal(err)
		}
	}
	v.types("more")
	said := v.types("activity")
	for strings.Contains(said, "goes on") {
		said = v.types("more")
	}
	v.hears("There is no more here.", "more")
	if !strings.Contains(said, "Added") {
		t.Errorf("it ends with %s", said)
	}
	v.hears("channel", "105")
	v.hears("Narrowed to name: ", "back", "kinds", "name")
	v.wantEnd()
}

// TestAnEmptyListSaysSo.
func TestAnEmptyListSaysSo(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("0 of 15.\nfind alone lists all again.\n", "activity", "find nothing has this")
	v.hears("15 entries.\n1. ", "find")
	v.wantEnd()
}

// TestTheFileHasWhatTheListHas: of messages also those that were deleted.
func TestTheFileHasWhatTheListHas(t *testing.T) {
	v := begin(t)
	v.heard()
	path := filepath.Join(t.TempDir(), "entries.csv")
	v.types("messages", "delete 1", "y", "profile", "username countess@l.example")
	v.hears("Narrowed to message: ", "activity", "kinds", "message")
	v.hears("Wrote 1 entry to "+path, "export "+path)
	v.Elsewhere.Now = v.Elsewhere.Now.Add(time.Minute)
	v.hears("New username that waited for its code: co hidden @l.example.", "at 30s")
	v.wantEnd()
}
