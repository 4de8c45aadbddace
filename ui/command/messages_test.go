package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// paged is a view of so many messages, "1" the oldest, which gives 1000 at once as a server does.
func paged(n int) backendtest.Stub {
	var all []backend.Message
	for i := n; i > 0; i-- {
		all = append(all, backend.Message{ID: fmt.Sprint(i), Type: backend.TypeEmail, To: "ada@byron.example", State: backend.StateSent})
	}
	older := func(_ context.Context, than string, limit int) (backend.MessageList, error) {
		page := all[1+slices.IndexFunc(all, func(m backend.Message) bool { return m.ID == than }):]
		return backend.MessageList{Messages: page[:min(limit, mostRows, len(page))], Total: n}, nil
	}
	return backendtest.Stub{OlderMessagesFunc: older,
		MessagesFunc:        func(ctx context.Context, limit int) (backend.MessageList, error) { return older(ctx, "", limit) },
		MessageAttemptsFunc: func(context.Context, string) ([]backend.Attempt, error) { return nil, nil },
		MarkMessageFunc:     func(context.Context, string, bool) error { return nil },
		ResendMessageFunc: func(_ context.Context, id string) (backend.Message, error) {
			return backend.Message{ID: id, Type: backend.TypeEmail, To: "ada@byron.example"}, nil
		}}
}

// TestOldMessages behind those that a server gives at once are listed, shown, marked and awaited as others are.
func TestOldMessages(t *testing.T) {
	for _, n := range []int{0, 1, 1000, 1001, 2500} {
		said, told, err := run(t, paged(n), "messages", "list", "--json", "id", "--template", `{{range .}}{{.id}} {{end}}`)
		if ids := strings.Fields(said); err != nil || told != "" || len(ids) != n || n > 0 && ids[n-1] != "1" {
			t.Errorf("of %d messages, %d are listed: %v %s", n, len(ids), err, told)
		}
	}
	view := paged(2500)
	asked := 0
	newest := view.MessagesFunc
	view.MessagesFunc = func(ctx context.Context, limit int) (backend.MessageList, error) {
		asked = limit
		return newest(ctx, limit)
	}
	if said, _, err := run(t, view, "messages", "list", "--limit", "3"); err != nil || strings.Count(said, "\n") != 3 || asked != 3 {
		t.Errorf("%v, asked for %d: %s", err, asked, said)
	}
	for _, args := range [][]string{{"show", "1"}, {"read", "1", "2500", "1200"}, {"resend", "1", "--wait"}, {"resend", "1500", "--wait"}} {
		if _, _, err := run(t, paged(2500), append([]string{"messages"}, args...)...); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
	if _, _, err := run(t, paged(2500), "messages", "read", "1", "0"); exit.CodeOf(err) != exit.CodeNotFound || !strings.Contains(err.Error(), `no message "0"`) {
		t.Error(err)
	}
}

// TestAServerWithoutOlderMessages has its newest ones listed, and it is said that there may be more.
func TestAServerWithoutOlderMessages(t *testing.T) {
	view := paged(1200)
	view.OlderMessagesFunc = func(context.Context, string, int) (backend.MessageList, error) {
		return backend.MessageList{}, backend.Errorf(backend.CodeUnsupported, "This server shows the newest rows of a list alone.")
	}
	said, told, err := run(t, view, "messages", "list")
	if rows := strings.Count(said, "\n"); err != nil || rows != 1000 || told != "pinghome: Older messages than these 1000 are not listed. This server shows the newest rows of a list alone.\n" {
		t.Errorf("%v, %d rows, %q", err, rows, told)
	}
	if _, _, err := run(t, view, "messages", "show", "1"); exit.CodeOf(err) != exit.CodeRefused {
		t.Error(err)
	}
	if _, _, err := run(t, view, "messages", "resend", "1", "--wait"); exit.CodeOf(err) != exit.CodeUnknown {
		t.Error(err)
	}
}

// TestMarkingSomeMessages: where one cannot be marked, it is said which are.
func TestMarkingSomeMessages(t *testing.T) {
	view := paged(3)
	view.MarkMessageFunc = func(_ context.Context, id string, _ bool) error {
		if id == "2" {
			return backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
		}
		return nil
	}
	said, _, err := run(t, view, "messages", "read", "1", "2", "3")
	if exit.CodeOf(err) != exit.CodeUnreachable || said != "Marked 1 message as read. Not yet: 2, 3.\n" {
		t.Errorf("%v, %q", err, said)
	}
}
