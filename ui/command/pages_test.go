package command

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
)

// noted is a view of so many notes, attempts and entries, "1" the oldest, which gives 1000 at once as a server does.
func noted(n int) backendtest.Stub {
	ids := func(than string, limit int) (list []string) {
		from := n
		if than != "" {
			_, _ = fmt.Sscan(than, &from)
			from--
		}
		for i := from; i > 0 && len(list) < min(limit, mostRows); i-- {
			list = append(list, fmt.Sprint(i))
		}
		return list
	}
	notes := func(_ context.Context, than string, limit int) (list []backend.FeedbackNote, _ error) {
		for _, id := range ids(than, limit) {
			list = append(list, backend.FeedbackNote{ID: id})
		}
		return list, nil
	}
	attempts := func(_ context.Context, _ int, than string, limit int) (list []backend.Attempt, _ error) {
		for _, id := range ids(than, limit) {
			list = append(list, backend.Attempt{ID: id})
		}
		return list, nil
	}
	return backendtest.Stub{OlderFeedbackFunc: notes, OlderAttemptsFunc: attempts,
		FeedbackHistoryFunc: func(ctx context.Context, limit int) ([]backend.FeedbackNote, error) { return notes(ctx, "", limit) },
		ChannelAttemptsFunc: func(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
			return attempts(ctx, priority, "", limit)
		},
		JournalFunc: func(_ context.Context, q backend.JournalQuery) (page backend.JournalPage, _ error) {
			for _, id := range ids(q.After, q.Limit) {
				page.Entries = append(page.Entries, backend.JournalEntry{ID: id})
				page.Next = id
			}
			if page.Next == "1" {
				page.Next = ""
			}
			return page, nil
		}}
}

// TestListsAreReadInPages, as far as is asked for.
func TestListsAreReadInPages(t *testing.T) {
	for _, list := range []string{"feedback list", "channel attempts 1", "activity list"} {
		for _, c := range []struct{ there, limit, want int }{{0, 5, 0}, {7, 5, 5}, {1000, 1000, 1000}, {2500, 1500, 1500}, {2500, 9999, 2500}, {2000, 2000, 2000}} {
			args := append(strings.Fields(list), "--limit", fmt.Sprint(c.limit), "--json", "id", "--template", "{{range .}}{{.id}} {{end}}")
			said, told, err := run(t, noted(c.there), args...)
			if ids := strings.Fields(said); err != nil || told != "" || len(ids) != c.want || c.want > 0 && ids[c.want-1] != fmt.Sprint(c.there-c.want+1) {
				t.Errorf("%s: of %d, at most %d: %d, %v %s", list, c.there, c.limit, len(ids), err, told)
			}
		}
	}
}

// TestAServerOfTheNewestRowsAlone is said to be one where there may be more.
func TestAServerOfTheNewestRowsAlone(t *testing.T) {
	const why = "This server shows the newest rows of a list alone."
	view := noted(1200)
	refusal := backend.Errorf(backend.CodeUnsupported, why)
	view.OlderFeedbackFunc = func(context.Context, string, int) ([]backend.FeedbackNote, error) { return nil, refusal }
	view.OlderAttemptsFunc = func(context.Context, int, string, int) ([]backend.Attempt, error) { return nil, refusal }
	view.LacksFunc = func(f backend.Feature) string {
		if f == backend.FeatureUndo {
			return why
		}
		return ""
	}
	for list, what := range map[string]string{"feedback list": "notes", "channel attempts 1": "attempts", "activity list": "entries"} {
		said, told, err := run(t, view, append(strings.Fields(list), "--limit", "1100")...)
		if rows := strings.Count(said, "\n"); err != nil || rows != 1000 || told != "pinghome: Older "+what+" than these 1000 are not listed. "+why+"\n" {
			t.Errorf("%s: %v, %d rows, %q", list, err, rows, told)
		}
	}
}
