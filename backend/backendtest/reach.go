package backendtest

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

var reachPromises = []promise{
	{"the reach of an account follows its channels", func(v *visit) {
		v.Sender.StopHolding()
		v.reaches(backend.ReachNone, "")
		v.pending(backend.TypeSMS, "+994551234567")
		v.reaches(backend.ReachNone, "sms waits")
		v.Sender.Fail(&delivery.Error{Kind: delivery.Permanent, Provider: "carrier", Status: "blocked"})
		v.Advance(time.Hour)
		_, err := v.UpdateChannel(v.ctx, 1, "+994551234568", nil)
		v.ok(err)
		v.reaches(backend.ReachFailing, "sms fails 0s")
		v.Sender.Fail(nil)
		_, err = v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		v.reaches(backend.ReachNone, "")
	}},
	{"the reach of an account follows its attempts, switches and proofs", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		v.reaches(backend.ReachHeld, "email held, seen 0s")
		v.Sender.StopHolding()
		v.Advance(time.Hour)
		_, err := v.TestChannel(v.ctx, 1)
		v.ok(err)
		v.reaches(backend.ReachProved, "email, seen 1h0m0s")
		v.Sender.Fail(&delivery.Error{Kind: delivery.Permanent, Provider: "carrier", Status: "blocked"})
		_, err = v.TestChannel(v.ctx, 1)
		v.refused(err, backend.CodeDeliveryFailed)
		v.Advance(time.Hour)
		_, err = v.TestChannel(v.ctx, 1)
		v.refused(err, backend.CodeDeliveryFailed)
		v.reaches(backend.ReachFailing, "email fails 1h0m0s")
		v.fails(1)
		_, err = v.SetChannelEnabled(v.ctx, 1, false)
		v.ok(err)
		v.reaches(backend.ReachNone, "")
		v.fails(1)
		_, err = v.SetChannelEnabled(v.ctx, 1, true)
		v.ok(err)
		v.Sender.Fail(nil)
		_, err = v.TestChannel(v.ctx, 1)
		v.ok(err)
		v.reaches(backend.ReachProved, "email, seen 2h0m0s")
		v.fails(0)
		v.Advance(90 * 24 * time.Hour)
		v.reaches(backend.ReachStale, "email, seen 2162h0m0s")
		page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{OnlyProblems: true, Limit: 5})
		v.ok(err)
		v.check(len(page.Accounts) == 1 && page.Total == 1 && page.All == 1, "%+v", page)
	}},
	{"accounts are read page by page in every order, from both ends and from any account", func(v *visit) {
		ids := v.crowd()
		for _, sort := range backend.AccountSorts {
			up := v.allPages(backend.AccountQuery{Sort: sort, Limit: 2})
			v.check(len(up) == len(ids), "%s: %v", sort, up)
			down := v.allPages(backend.AccountQuery{Sort: sort, Descending: true, Limit: 2})
			slices.Reverse(down)
			v.check(slices.Equal(up, down), "%s: %v, %v", sort, up, down)
			page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Sort: sort, Limit: 3})
			v.ok(err)
			back := v.allPages(backend.AccountQuery{Sort: sort, Descending: true, After: page.Next, Limit: 2})
			v.check(slices.Equal(back, []string{up[1], up[0]}), "%s: back from the end of a page: %v, %v", sort, up, back)
			from := v.allPages(backend.AccountQuery{Sort: sort, From: strings.ToUpper(up[3]), Limit: 2})
			v.check(slices.Equal(up[3:], from), "%s: from the fourth: %v, %v", sort, up, from)
			from = v.allPages(backend.AccountQuery{Sort: sort, From: up[3], Descending: true, Limit: 3})
			slices.Reverse(from)
			v.check(slices.Equal(up[:4], from), "%s: back from the fourth: %v, %v", sort, up, from)
		}
		page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Sort: backend.SortReach, Limit: 9})
		v.ok(err)
		v.check(page.Accounts[0].Reach.State == backend.ReachNone && page.Accounts[len(ids)-1].ID == v.self.ID, "%+v", page)
	}},
	{"accounts are narrowed down, and counted", func(v *visit) {
		v.crowd()
		for _, sort := range backend.AccountSorts {
			page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Match: "smith CROWD", Sort: sort, Limit: 2})
			v.ok(err)
			v.check(len(page.Accounts) == 2 && page.Total == 4 && page.All == 5 && page.Next != "" && !page.IsMore, "%s: %+v", sort, page)
			page, err = v.Accounts.Page(v.ctx, backend.AccountQuery{Match: "smith", OnlyProblems: true, Sort: sort, Limit: 9})
			v.ok(err)
			v.check(len(page.Accounts) == 4 && page.Total == 4 && page.Next == "", "%s: %+v", sort, page)
			page, err = v.Accounts.Page(v.ctx, backend.AccountQuery{Match: "xyz", Sort: sort, Limit: 9})
			v.ok(err)
			v.check(page.Accounts != nil && len(page.Accounts) == 0 && page.Total == 0, "%s: %+v", sort, page)
		}
	}},
	{"a list of accounts refuses what it cannot read", func(v *visit) {
		_, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Sort: "age"})
		v.refused(err, backend.CodeInvalid, "sort")
		_, err = v.Accounts.Page(v.ctx, backend.AccountQuery{After: "nothing"})
		v.refused(err, backend.CodeInvalid, "after")
		_, err = v.Accounts.Page(v.ctx, backend.AccountQuery{From: "6fb4e64f-ad18-46e3-920c-92639adb137d"})
		v.refused(err, backend.CodeNotFound)
		v.crowd()
		page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Limit: 1})
		v.ok(err)
		_, err = v.Accounts.Page(v.ctx, backend.AccountQuery{Sort: backend.SortEmail, After: page.Next})
		v.refused(err, backend.CodeInvalid, "after")
	}},
	{"the cursor of a page tells no name and no email", func(v *visit) {
		v.crowd()
		for _, sort := range backend.AccountSorts {
			page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Sort: sort, Limit: 1})
			v.ok(err)
			text, err := base64.RawURLEncoding.DecodeString(page.Next)
			v.check(err != nil || !strings.Contains(string(text), "example"), "%s: %q", sort, text)
			page, err = v.Accounts.Page(v.ctx, backend.AccountQuery{Sort: sort, Limit: 1, After: page.Next})
			v.ok(err)
			v.check(len(page.Accounts) == 1, "%s: %+v", sort, page)
		}
	}},
	{"an account that is deleted leaves the list and its count", func(v *visit) {
		other, made := v.newcomer("anna@example.org", backend.PlanTeam)
		v.ok(other.DeleteAccount(v.ctx, "other"))
		page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Limit: 9})
		v.ok(err)
		v.check(len(page.Accounts) == 1 && page.All == 1 && page.Accounts[0].ID != made.ID, "%+v", page)
	}},
}

// fails checks how many of all accounts fail or are not reached, also where no row is asked for and where the list
// is narrowed down.
func (v *visit) fails(want int) {
	v.T.Helper()
	for _, q := range []backend.AccountQuery{{}, {Limit: 5}, {Match: "xyz"}, {OnlyProblems: true, Sort: backend.SortReach}} {
		page, err := v.Accounts.Page(v.ctx, q)
		v.ok(err)
		v.check(page.Failing == want && page.All == 1 && len(page.Accounts) <= q.Limit, "%+v: %+v", q, page)
	}
}

// crowd adds four accounts to the customer's own, which alone is reached, and returns the ids
// of all.
func (v *visit) crowd() []string {
	v.Helper()
	ids := []string{v.self.ID}
	v.proven(backend.TypeEmail, "a@example.org")
	for i := range 4 {
		_, made := v.newcomer(fmt.Sprintf("crowd%d@example.org", 3-i), backend.PlanTeam)
		ids = append(ids, made.ID)
	}
	return ids
}

// allPages reads pages until the last one, and returns the ids of the accounts in them.
func (v *visit) allPages(q backend.AccountQuery) (ids []string) {
	v.Helper()
	for range 10 {
		page, err := v.Accounts.Page(v.ctx, q)
		v.ok(err)
		for _, a := range page.Accounts {
			ids = append(ids, a.ID)
		}
		if page.Next == "" {
			return ids
		}
		q.After, q.From = page.Next, ""
	}
	v.Fatal("the list does not end")
	return nil
}

// reaches expects the reach of the customer's account, in words.
func (v *visit) reaches(state backend.ReachState, want string) {
	v.Helper()
	page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Match: v.self.Email, Limit: 1})
	v.ok(err)
	v.check(len(page.Accounts) == 1 && page.Accounts[0].Reach != nil, "%+v", page)
	r := *page.Accounts[0].Reach
	now := v.now()
	var parts []string
	for _, t := range r.Types {
		parts = append(parts, string(t))
	}
	if r.Held {
		parts[len(parts)-1] += " held"
	}
	for _, f := range r.Failing {
		parts = append(parts, fmt.Sprintf("%s fails %v", f.Type, now.Sub(f.Since)))
	}
	for _, t := range r.Pending {
		parts = append(parts, string(t)+" waits")
	}
	if !r.SeenAt.IsZero() {
		parts = append(parts, fmt.Sprintf("seen %v", now.Sub(r.SeenAt)))
	}
	got := strings.Join(parts, ", ")
	v.check(r.State == state && got == want, "%s: %s; want %s: %s", r.State, got, state, want)
}

// now is the time of the store.
func (v *visit) now() time.Time {
	v.Helper()
	other, made := v.newcomer("clock@elsewhere.example", backend.PlanTeam)
	v.ok(other.DeleteAccount(v.ctx, "other"))
	return made.CreatedAt
}
