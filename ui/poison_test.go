package ui_test

import (
	"context"
	"slices"
	"testing"
	"time"
	"unicode"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// poison is text that would move the cursor, set the title or change the writing
// direction, if it were written to a terminal.
const poison = "\x1b]0;owned\x07\x1b[2J\u009b31m\u202eevil\r\b\x7f\u2066\U000e0041"

func TestControlCharactersNeverReachTheTerminal(t *testing.T) {
	for _, size := range uitest.Some(1, [][2]int{{80, 24}, {120, 40}, {40, 15}}) {
		for _, keys := range slices.Concat(everywhere, refusals) {
			v := openPoisoned(t)
			v.Resize(size[0], size[1])
			v.Press(keys...)
			v.Fits()
			wantSafe(t, keys, v.Screen())
			for _, copies := range []string{"y", "Y"} {
				v.Press(copies)
				wantSafe(t, keys, v.Copied)
			}
		}
	}
}

// openPoisoned opens a console in which every text that comes from outside is poison.
func openPoisoned(t *testing.T) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		o.Start.View = poisonedBackend(v, o.Start.View)
		o.Start.Accounts = poisonedAccounts{o.Start.Accounts}
		o.Start.Check = func(context.Context) error { return backend.Errorf(backend.CodeUnavailable, "%s", poison) }
	})
	return v
}

// TestTheListOfAccountsShowsNoControlCharacters, nor does what is pasted to find in it, or
// why it could not be read.
func TestTheListOfAccountsShowsNoControlCharacters(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}, {200, 60}} {
		v := openPoisoned(t)
		v.Resize(size[0], size[1])
		v.Press("6")
		v.See(`owned`)
		for _, keys := range [][]string{{"m"}, {"/"}, {"enter"}, {"f"}, {"enter"}, {"o"}} {
			v.Press(keys...)
			if keys[0] == "/" {
				v.Paste(poison)
			}
			v.Fits()
			wantSafe(t, keys, v.Screen())
			wantSafe(t, keys, v.Title)
		}
	}
}

// poisonedAccounts are accounts with poison in all of their texts. A page that is narrowed
// cannot be read, nor can an account be opened.
type poisonedAccounts struct{ backend.Accounts }

func (p poisonedAccounts) Page(ctx context.Context, q backend.AccountQuery) (backend.AccountPage, error) {
	if q.OnlyProblems {
		return backend.AccountPage{}, backend.Errorf(backend.CodeUnavailable, "%s", poison)
	}
	q.Match = ""
	page, err := p.Accounts.Page(ctx, q)
	for i := range page.Accounts {
		a := &page.Accounts[i]
		a.Name, a.Surname, a.Email, a.Team, a.Organization = poison, poison, poison, poison, poison
		a.Reach = &backend.Reach{State: poison, Types: []backend.ChannelType{poison}, Pending: []backend.ChannelType{poison}, Failing: []backend.FailingType{{Type: poison}}}
	}
	return page, err
}

func (poisonedAccounts) Open(context.Context, string) (backend.Backend, backend.AccountSummary, error) {
	return nil, backend.AccountSummary{}, backend.Errorf(backend.CodeUnavailable, "%s", poison)
}

// refusals lead to changes that the server refuses.
var refusals = [][]string{{"1", "e", "x", "ctrl+s"}, {"3", "c", "x", "ctrl+s"}, {"2", "a", "x", "@", "x", ".", "d", "e", "ctrl+s"}}

func wantSafe(t *testing.T, keys []string, shown string) {
	t.Helper()
	for _, r := range shown {
		if r != '\n' && unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 && r <= 0xe007f {
			t.Fatalf("%v shows %U:\n%q", keys, r, shown)
		}
	}
}

// poisonedBackend returns a backend with the demo's channels, in which every text that
// comes from outside is poison. It answers all readings and a new signing secret, and
// refuses other changes with poison.
func poisonedBackend(v *uitest.Visit, demo backend.Backend) backend.Backend {
	v.T.Helper()
	profile, err := demo.Profile(v.T.Context())
	if err != nil {
		v.T.Fatal(err)
	}
	profile.Customer.Name, profile.Customer.Surname, profile.Customer.Email = poison, poison, poison
	profile.Team.Name, profile.Organization.Name = poison, poison
	profile.Pending = &backend.PendingUsername{Email: poison}
	channels, err := demo.Channels(v.T.Context(), backend.ChannelFilter{})
	if err != nil {
		v.T.Fatal(err)
	}
	test := backend.Test{Provider: poison, ProviderStatus: poison, Detail: poison}
	poisonChannels(channels, &test, v.Now)
	inbox := backend.MessageList{Messages: []backend.Message{{ID: "0", Type: poison, State: backend.StateSent, To: poison}}}
	for _, state := range []backend.MessageState{backend.StateFailed, backend.StateQueued, backend.StateSent, backend.StateHeld, poison} {
		inbox.Messages = append(inbox.Messages, backend.Message{ID: string(state), State: state, Kind: poison, To: poison, Subject: poison, Body: poison,
			Detail: poison, Provider: poison, Code: poison, Word: poison, Attempts: 1})
	}
	attempts := []backend.Attempt{{Kind: poison, Outcome: poison, Provider: poison, Status: poison}}
	refused := backend.Errorf(backend.CodeDeliveryFailed, "%s", poison)
	invalid := &backend.Error{Code: backend.CodeInvalid, Message: poison, Fields: map[string][]string{"name": {poison}, "value": {poison}, "text": {poison}}}
	stub := backendtest.Stub{
		ProfileFunc:         func(context.Context) (backend.Profile, error) { return profile, nil },
		ChannelsFunc:        func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) { return channels, nil },
		MessagesFunc:        func(context.Context, int) (backend.MessageList, error) { return inbox, nil },
		ChannelAttemptsFunc: func(context.Context, int, int) ([]backend.Attempt, error) { return attempts, nil },
		MessageAttemptsFunc: func(context.Context, string) ([]backend.Attempt, error) { return attempts, nil },
		FeedbackHistoryFunc: func(context.Context, int) ([]backend.FeedbackNote, error) {
			return []backend.FeedbackNote{{ID: "1", Text: poison}}, nil
		},
		UpdateNameFunc: func(context.Context, backend.NameChange) (backend.Profile, error) { return profile, invalid },
		CreateChannelFunc: func(context.Context, backend.ChannelType, string, string) (backend.Channel, error) {
			return backend.Channel{}, invalid
		},
		SendFeedbackFunc: func(context.Context, string) (backend.FeedbackNote, error) { return backend.FeedbackNote{}, invalid },
		RevisionFunc:     func(context.Context) (int64, error) { return 1, nil },
		MarkMessageFunc:  func(context.Context, string, bool) error { return refused },
		TestChannelFunc:  func(context.Context, int) (backend.Test, error) { return test, refused },
		RotateSecretFunc: func(context.Context, int, bool) (backend.SigningSecret, error) {
			return backend.SigningSecret{Secret: poison}, nil
		},
	}
	poisonJournal(&stub, poisonedEntries(channels))
	return stub
}

// poisonChannels replaces every text of the channels.
func poisonChannels(channels []backend.Channel, test *backend.Test, now time.Time) {
	for i := range channels {
		channels[i].Value, channels[i].Label, channels[i].LastTest = poison, poison, test
		channels[i].Failure = &backend.Failure{Kind: poison, Provider: poison, Status: poison}
		channels[i].Proof = backend.Proof{AcceptedAt: now, AcceptedBy: poison, WordSentAt: now.Add(time.Hour)}
	}
	channels[len(channels)-1].Type = poison
}

// poisonJournal makes the journal of a stub one of poison, and lets no change be undone.
func poisonJournal(stub *backendtest.Stub, entries []backend.JournalEntry) {
	stub.JournalFunc = func(context.Context, backend.JournalQuery) (backend.JournalPage, error) {
		return backend.JournalPage{Entries: entries}, nil
	}
	stub.UndoFunc = func(context.Context, string) (backend.JournalEntry, error) {
		return backend.JournalEntry{}, &backend.Error{Code: backend.CodeChangedSince, Message: poison, Conflicts: []backend.Conflict{
			{Channel: 1, Type: poison, PresentType: poison, Part: poison, Expected: poison, Present: poison},
			{Channel: 1, Type: poison, Part: "value", Expected: poison, Present: poison},
			{Part: "name", Expected: poison, Present: poison}}}
	}
	stub.SettingsAtFunc = func(context.Context, time.Time) (backend.PastSettings, error) {
		return backend.PastSettings{Settings: entries[0].After}, nil
	}
}

// poisonedEntries are entries of a journal about everything that can be changed.
func poisonedEntries(channels []backend.Channel) []backend.JournalEntry {
	text := poison
	settings := backend.Settings{Name: &text, Surname: &text, Username: &text, PendingUsername: &text}
	for _, ch := range channels {
		settings.Channels = append(settings.Channels, backend.SettingsOf(ch))
	}
	other := backend.Settings{Channels: []backend.ChannelSettings{settings.Channels[0]}}
	other.Channels[0].Value, other.Channels[0].ActiveValue, other.Channels[0].Label = "x", "x", "x"
	return []backend.JournalEntry{
		{ID: "1", Actor: poison, Address: poison, Action: poison, Detail: poison, Before: other, After: settings},
		{ID: "2", Actor: "api:" + poison, Address: poison, Action: "channel." + poison, Detail: poison, Before: other},
		{ID: "3", Actor: "operator:" + poison, Action: "channel.disabled", Detail: poison, Before: settings, After: other, Undoes: "2"},
	}
}
