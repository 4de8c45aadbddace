package local

import (
	"context"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage/sqlite"
)

func TestDemoShowsEveryState(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	b := john(t, openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), nil)

	p, err := b.Profile(ctx)
	if err != nil || p.Customer.FullName() != "John Smith" || p.Team.Name != "Platform" {
		t.Fatalf("profile: %+v, %v", p, err)
	}
	list, err := b.Channels(ctx, backend.ChannelFilter{})
	if err != nil || len(list) != 5 {
		t.Fatalf("channels: %v, %v", list, err)
	}
	seen := map[backend.ChannelStatus]bool{}
	for _, c := range list {
		seen[c.Status()] = true
	}
	if len(seen) != 3 || !list[2].Code.Live(clock.Now()) || list[4].Code.Live(clock.Now()) || !list[4].Reachable() {
		t.Fatalf("states: %v, %+v", seen, list)
	}
	inbox, err := b.Messages(ctx, 10)
	if err != nil || inbox.Unread == 0 || inbox.Messages[0].Code != demoCode {
		t.Fatalf("inbox: %+v, %v", inbox, err)
	}
	if c, err := b.VerifyChannel(ctx, 3, demoCode); err != nil || c.Status() != backend.StatusActive {
		t.Fatalf("verify: %+v, %v", c, err)
	}
	name := "Johan"
	if p, err := b.UpdateName(ctx, backend.NameChange{Name: &name}); err != nil || p.Customer.Name != name {
		t.Fatalf("name: %+v, %v", p, err)
	}
	if c, err := b.CreateChannel(ctx, backend.TypeSMS, "+371 2000-0000", ""); err != nil || c.Priority != 6 || !c.Code.Live(clock.Now()) {
		t.Fatalf("create: %+v, %v", c, err)
	}
	page, err := b.Journal(ctx, backend.JournalQuery{Limit: 3})
	if err != nil || page.Entries[0].Action != "channel.created" || page.Entries[1].Action != "name.changed" {
		t.Fatalf("journal: %+v, %v", page.Entries, err)
	}
}

// A client on another machine shows these texts, too, so they must not say "this
// machine".
func TestInboxTextsNameNoMachine(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	b := john(t, openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), nil)
	list, err := b.Channels(ctx, backend.ChannelFilter{})
	if err != nil {
		t.Fatal(err)
	}
	test, err := b.TestChannel(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range []backend.Test{*list[0].LastTest, test} {
		if result.ProviderStatus != "held in the inbox" || result.Detail != "The test is held." {
			t.Errorf("%+v", result)
		}
	}
	inbox, err := b.Messages(ctx, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range inbox.Messages {
		if strings.Contains(m.Body+m.Detail, "this machine") {
			t.Errorf("%+v", m)
		}
	}
}
