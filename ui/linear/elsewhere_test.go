package linear

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestWhatIsChangedElsewhereIsTold before the next prompt, once and a line each; one's own changes are not.
func TestWhatIsChangedElsewhereIsTold(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	if _, err := other.SetChannelEnabled(t.Context(), 1, false); err != nil {
		t.Fatal(err)
	}
	v.hears("Changed elsewhere. Switched off: channel 1 is off, by console, just now.", "values")
	if said := v.types("values"); strings.Contains(said, "elsewhere") {
		t.Errorf("it is told twice: %s", said)
	}
	if said := v.types("channels", "on 1"); strings.Contains(said, "elsewhere") || !strings.Contains(said, "Channel 1 is on.") {
		t.Errorf("after an own change it says %s", said)
	}
	v.wantEnd()
}

// TestAChangeIsAboutTheChannelThatWasHeardOf: one that has another value since is not changed.
func TestAChangeIsAboutTheChannelThatWasHeardOf(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels")
	other := v.Elsewhere.Backend()
	v.types("delete 3") // the question is open
	if _, err := other.UpdateChannel(t.Context(), 3, "https://a.example/another", nil); err != nil {
		t.Fatal(err)
	}
	v.hears("Channel 3 has another value now. Nothing was changed.", "y")
	if _, err := other.UpdateChannel(t.Context(), 3, "https://b.example/another", nil); err != nil {
		t.Fatal(err)
	}
	v.hears("Channel 3 has another value now. Nothing was changed.", "off 1 3")
	v.wantEnd()
}

// TestATextOfAnotherConsoleIsNotWrittenOver without a question that says what it is.
func TestATextOfAnotherConsoleIsNotWrittenOver(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	label := func(to string) {
		now, err := other.Channels(t.Context(), backend.ChannelFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.UpdateChannel(t.Context(), 1, now[0].Value, &to); err != nil {
			t.Fatal(err)
		}
	}
	v.types("channels", "edit 1", "2") // the question for the label is open
	label("Theirs")
	v.hears("The label was changed elsewhere, and is Theirs now. Write Mine over it? y or n", "Mine")
	v.hears("Nothing was changed.", "n")
	v.hears("Theirs", "1")
	v.types("edit", "2")
	label("Other")
	v.hears("Channel 1 is called Mine.", "Mine", "y")
	v.types("profile", "edit", "1")
	name := "Alan"
	if _, err := other.UpdateName(t.Context(), backend.NameChange{Name: &name}); err != nil {
		t.Fatal(err)
	}
	v.hears("The name was changed elsewhere, and is Alan now. Write Ada over it?", "Ada")
	v.hears("The name is Ada Smith.", "y")
	v.wantEnd()
}

// delivering is a backend in which the newest message is in a state that a test sets.
type delivering struct {
	backend.Backend
	state    backend.MessageState
	attempts int
	revision int64
}

func (d *delivering) Revision(context.Context) (int64, error) { d.revision++; return d.revision, nil }

func (d *delivering) Messages(ctx context.Context, limit int) (backend.MessageList, error) {
	list, err := d.Backend.Messages(ctx, limit)
	list.Messages[0].State, list.Messages[0].Detail, list.Messages[0].Attempts = d.state, "550 no such person here", d.attempts
	return list, err
}

// TestWhatBecomesOfAMessageIsTold once, when it waits no more.
func TestWhatBecomesOfAMessageIsTold(t *testing.T) {
	d := &delivering{state: backend.StateQueued}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { d.Backend = b; return d }))
	v.heard()
	d.attempts = 1
	if said := v.types("values"); !strings.Contains(said, "Delivery. ") || !strings.Contains(said, "waiting, to ") {
		t.Errorf("of a message that is tried again it says %s", said)
	}
	if said := v.types("values"); strings.Contains(said, "Delivery.") {
		t.Errorf("it is told twice: %s", said)
	}
	d.state = backend.StateFailed
	if said := v.types("values"); !strings.Contains(said, "Delivery. ") || !strings.Contains(said, "failed, to ") || !strings.Contains(said, "550 no such person here.") {
		t.Errorf("it says %s", said)
	}
	if said := v.types("values"); strings.Contains(said, "Delivery") {
		t.Errorf("it says again %s", said)
	}
	v.wantEnd()
}

// failing is a backend in which the newest message has failed.
type failing struct{ backend.Backend }

func (f failing) Messages(ctx context.Context, limit int) (backend.MessageList, error) {
	list, err := f.Backend.Messages(ctx, limit)
	list.Messages[0].State = backend.StateFailed
	return list, err
}

// TestWhatACommandHasSaidIsNotTold once more as the outcome of a message.
func TestWhatACommandHasSaidIsNotTold(t *testing.T) {
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { return failing{b} }))
	v.heard()
	if said := v.types("channels", "test 1"); !strings.Contains(said, "The test message is ") || strings.Contains(said, "Delivery") {
		t.Errorf("it says %s", said)
	}
	v.wantEnd()
}

// TestFirstRun asks by numbers where the accounts shall be.
func TestFirstRun(t *testing.T) {
	elsewhere := uitest.Open(t)
	var made backend.NewAccount
	setup := &ui.Setup{Path: "/tmp/x.db", Demo: func(context.Context) (ui.Opened, error) { return ui.Opened{}, errors.New("There is no room.") },
		Empty: func(_ context.Context, a backend.NewAccount) (ui.Opened, error) {
			if made = a; a.Email == "ada@taken.example" {
				return ui.Opened{}, &backend.Error{Code: backend.CodeEmailTaken, Message: "Another account has it.", Fields: map[string][]string{"email": {"Another account has it."}}}
			}
			return elsewhere.Account(uitest.JohnID), nil
		},
		Server: func(context.Context, ui.NewServer) (ui.Opened, string, error) {
			return ui.Opened{}, "", &backend.Error{Code: backend.CodeInvalid, Fields: map[string][]string{"token": {"This token is not valid."}}}
		}}
	v := beginOn(t, elsewhere, func(o *ui.Options) { o.Start, o.Setup = ui.Opened{}, setup })
	if said := v.heard(); !strings.Contains(said, "1. Your own account, empty.\n2. Demo accounts") {
		t.Errorf("it begins with %s", said)
	}
	v.hears("Type a number from 1 to 3", "4")
	v.hears("1. Your own account", "")
	v.hears("1. Your own account", "?")
	v.hears("There is no room.", "demo")
	v.hears("This token is not valid.\nToken", "3", "https://a.example", "ph_x")
	v.hears("Back.", "")
	v.hears("Back.", "own", "Ada", "")
	v.hears("Your first name; empty for Ada, back goes back:", "1")
	v.hears("surname", "")
	v.hears("Another account has it.\nYour email", "Byron", "ada@taken.example")
	v.hears("Account John Smith", "ada@byron.example")
	if made.Name != "Ada" || made.Surname != "Byron" {
		t.Errorf("it made %+v", made)
	}
	v.wantEnd()
}

// TestAServerThatIsAway is tried again when the person says so.
func TestAServerThatIsAway(t *testing.T) {
	elsewhere := uitest.Open(t)
	away := backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
	tries := 0
	v := beginOn(t, elsewhere, func(o *ui.Options) {
		o.Away = &ui.Away{Server: "https://a.example", Err: away, Open: func(context.Context) (ui.Opened, error) {
			if tries++; tries < 2 {
				return ui.Opened{}, away
			}
			return elsewhere.Account(uitest.JohnID), nil
		}}
	})
	if said := v.heard(); !strings.Contains(said, "No answer from https://a.example. The server cannot be reached.") {
		t.Errorf("it begins with %s", said)
	}
	v.hears("There is no other context.", "account")
	v.hears("This is the start; quit ends.", "back")
	v.hears("At every question back or b goes back", "help")
	v.hears("No answer from", "repeat")
	if tries > 0 {
		t.Error("the server was tried")
	}
	v.hears("No answer from", "again")
	v.hears("Account John Smith", "again")
	v.wantEnd()
}

// TestALongList is said 20 records at a time.
func TestALongList(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	for i := range 45 {
		if _, err := other.SetChannelEnabled(t.Context(), 1, i%2 == 1); err != nil {
			t.Fatal(err)
		}
	}
	v.hears("More than 20 changes were made elsewhere; activity lists them.", "values")
	said := v.types("activity")
	if !strings.Contains(said, "\n20. ") || strings.Contains(said, "\n21. ") || !strings.Contains(said, `more; "more" goes on.`) {
		t.Errorf("it says %s", said)
	}
	v.hears("\n40. ", "more")
	v.hears("Switched", "45")
	v.hears("There is no more here.", "back", "more", "more", "more", "more")
	v.wantEnd()
}

// TestAChannelThatIsGoneMeanwhile is told, whatever is to be done with it.
func TestAChannelThatIsGoneMeanwhile(t *testing.T) {
	v := begin(t)
	v.heard()
	other := v.Elsewhere.Backend()
	remove := func(n int) {
		if _, err := other.DeleteChannels(t.Context(), []int{n}); err != nil {
			t.Fatal(err)
		}
	}
	v.types("channels", "move to 2")
	remove(2)
	v.hears("What to do?", "1", "")
	v.types("3", "edit")
	remove(3)
	v.hears("There is no channel 3.", "1", "https://b.example/new")
	v.hears("This channel is not there any more.", "")
	v.types("delete 1 4")
	remove(4)
	if said := v.types("y"); strings.Contains(said, "Deleted 2") {
		t.Errorf("it says %s", said)
	}
	v.wantEnd()
}
