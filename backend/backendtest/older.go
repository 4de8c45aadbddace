package backendtest

import (
	"fmt"
	"slices"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// readOn reads a list of some rows at a time to its end, and returns their ids. read returns the
// ids of a part of it.
func (v *visit) readOn(read func(than string) ([]string, error)) (ids []string) {
	v.Helper()
	than := ""
	for {
		part, err := read(than)
		v.ok(err)
		if len(part) == 0 {
			return ids
		}
		ids = append(ids, part...)
		than = part[len(part)-1]
	}
}

func idsOf[T any](list []T, id func(T) string) (ids []string) {
	for _, row := range list {
		ids = append(ids, id(row))
	}
	return ids
}

var olderPromises = []promise{
	{"feedback is read to its end, also while more comes", func(v *visit) {
		for n := range 5 {
			_, err := v.SendFeedback(v.ctx, fmt.Sprint(n))
			v.ok(err)
			v.Advance(time.Second)
		}
		all, err := v.FeedbackHistory(v.ctx, 10)
		v.ok(err)
		idOf := func(n backend.FeedbackNote) string { return n.ID }
		ids := v.readOn(func(than string) ([]string, error) {
			list, err := v.OlderFeedback(v.ctx, than, 2)
			if than == "" {
				_, err := v.SendFeedback(v.ctx, "one more")
				v.ok(err)
			}
			return idsOf(list, idOf), err
		})
		v.check(slices.Equal(ids, idsOf(all, idOf)) && len(ids) == 5 && all[0].Text == "4", "%v, want %v", ids, all)
	}},
	{"messages are read to their end, also where they are deleted meanwhile", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		for range 4 {
			v.Advance(time.Minute)
			_, err := v.TestChannel(v.ctx, c.Priority)
			v.ok(err)
		}
		all, err := v.Messages(v.ctx, 10)
		v.ok(err)
		idOf := func(m backend.Message) string { return m.ID }
		ids := v.readOn(func(than string) ([]string, error) {
			list, err := v.OlderMessages(v.ctx, than, 2)
			v.check(than != "" || list.Total == 5, "%+v", list)
			if n := len(list.Messages); n > 0 {
				v.ok(v.DeleteMessages(v.ctx, []string{list.Messages[n-1].ID}))
			}
			return idsOf(list.Messages, idOf), err
		})
		v.check(slices.Equal(ids, idsOf(all.Messages, idOf)) && len(ids) == 5, "%v, want %v", ids, all)
	}},
	{"attempts at both values of a channel are read to their end", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		_, err := v.UpdateChannel(v.ctx, c.Priority, "+994551234568", nil)
		v.ok(err)
		for range 3 {
			v.Advance(time.Minute)
			_, err := v.TestChannel(v.ctx, c.Priority)
			v.ok(err)
		}
		all, err := v.ChannelAttempts(v.ctx, c.Priority, 20)
		v.ok(err)
		idOf := func(a backend.Attempt) string { return a.ID }
		ids := v.readOn(func(than string) ([]string, error) {
			list, err := v.OlderAttempts(v.ctx, c.Priority, than, 2)
			return idsOf(list, idOf), err
		})
		v.check(slices.Equal(ids, idsOf(all, idOf)) && len(ids) == 5 && !slices.Contains(ids, ""), "%v, want %v", ids, all)
	}},
	{"a list goes on behind the id of a row, and behind nothing else", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		id := inbox.Messages[0].ID
		for _, wrong := range []string{"x", " ", id[:35], id + "0", "{" + id + "}", "urn:uuid:" + id, "g", "'", "\x00", "FFFFFFFF-ffff-ffff-ffff-ffffffffffff"} {
			_, err := v.OlderFeedback(v.ctx, wrong, 1)
			v.refused(err, backend.CodeInvalid, "cursor")
			_, err = v.OlderMessages(v.ctx, wrong, 1)
			v.refused(err, backend.CodeInvalid, "cursor")
			_, err = v.OlderAttempts(v.ctx, c.Priority, wrong, 1)
			v.refused(err, backend.CodeInvalid, "cursor")
		}
		list, err := v.OlderMessages(v.ctx, id, 0)
		v.ok(err)
		v.check(list.Messages != nil && len(list.Messages) == 0, "%+v", list)
		other, _ := v.newcomer("anna@example.org", backend.PlanTeam)
		list, err = other.OlderMessages(v.ctx, id, 9)
		v.ok(err)
		v.check(len(list.Messages) == 0, "another customer sees %+v", list)
	}},
}
