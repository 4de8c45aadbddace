package backendtest

import (
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var accountPromises = []promise{
	{"an account opens by id, by email in any case, and the oldest by an empty text", func(v *visit) {
		v.Advance(time.Second)
		v.newcomer("younger@example.org", backend.PlanTeam)
		for _, name := range []string{v.self.ID, strings.ToUpper(v.self.ID), "John@Example.ORG", " john@example.org ", ""} {
			_, found, err := v.Accounts.Open(v.ctx, name)
			v.ok(err)
			v.check(found.ID == v.self.ID, "%q opened %s", name, found.Email)
		}
		for _, name := range []string{"nobody@example.org", "6fb4e64f-ad18-46e3-920c-92639adb137d", "x"} {
			_, _, err := v.Accounts.Open(v.ctx, name)
			v.refused(err, backend.CodeNotFound)
		}
	}},
	{"accounts are searched by the parts of a text, and listed by name, within a limit", func(v *visit) {
		_, err := v.Accounts.Create(v.ctx, backend.NewAccount{Name: "Åsa", Surname: "Berg", Email: "asa@north.example", Organization: "100% North_"})
		v.ok(err)
		for match, want := range map[string]int{"": 2, "åsa": 1, "NORTH asa@": 1, "smith": 1, "smith berg": 0, "100%": 1, "h_": 1, "%%": 0} {
			list, err := v.Accounts.List(v.ctx, match, 10)
			v.ok(err)
			v.check(list != nil && len(list) == want, "%q found %v", match, list)
		}
		list, err := v.Accounts.List(v.ctx, "", 1)
		v.ok(err)
		v.check(len(list) == 1 && list[0].Name == "John", "by name: %v", list)
	}},
	{"a new account is refused with all its faults at once, and with an email that is taken", func(v *visit) {
		_, err := v.Accounts.Create(v.ctx, backend.NewAccount{Email: "x", Plan: "gold", Team: "a\u202Eb", Organization: strings.Repeat("x", 101)})
		v.refused(err, backend.CodeInvalid, "name", "surname", "email", "team", "organization", "plan")
		_, err = v.Accounts.Create(v.ctx, backend.NewAccount{Name: "A", Surname: "B", Email: "JOHN@example.org"})
		v.refused(err, backend.CodeEmailTaken)
		long := strings.Repeat("x", backend.MaxName)
		made, err := v.Accounts.Create(v.ctx, backend.NewAccount{Name: long, Surname: long, Email: "long@example.org"})
		v.ok(err)
		v.check(made.Team != "" && made.Organization != "" && made.Plan == backend.PlanTeam && made.Role == backend.RoleRoot, "%+v", made)
	}},
	{"the profile shows customer, team, organization and what is used of the limits", func(v *visit) {
		v.pending(backend.TypeSMS, "+994551234567")
		_, err := v.SendFeedback(v.ctx, "good")
		v.ok(err)
		p := v.profile()
		v.check(p.Customer.ID == v.self.ID && p.Customer.Email == "john@example.org" && p.Customer.Role == backend.RoleRoot, "%+v", p.Customer)
		v.check(p.Team.ID != "" && p.Organization.ID != "" && p.Organization.Plan == backend.PlanTeam && p.Pending == nil, "%+v", p)
		used := map[string][2]int{}
		for _, l := range p.Limits {
			used[l.Key] = [2]int{l.Used, l.Value}
		}
		v.check(used[backend.LimitChannels] == [2]int{1, 10}, "channels %v", used)
		v.check(used[backend.LimitCodes] == [2]int{1, backend.PlanTeam.MaxCodesDay()}, "codes %v", used)
		v.check(used[backend.LimitFeedback] == [2]int{1, backend.MaxFeedbackDay}, "feedback %v", used)
		v.Advance(24 * time.Hour)
		v.check(v.profile().Limits[1].Used == 0 && v.profile().Limits[2].Used == 0, "a day later: %+v", v.profile().Limits)
	}},
	{"name and surname change alone or together, trimmed and in normal form C", func(v *visit) {
		name, surname := "  Jose\u0301 ", "Núñez"
		p, err := v.UpdateName(v.ctx, backend.NameChange{Name: &name})
		v.ok(err)
		v.check(p.Customer.Name == "José" && p.Customer.Surname == "Smith", "%+v", p.Customer)
		_, err = v.UpdateName(v.ctx, backend.NameChange{Surname: &surname})
		v.ok(err)
		v.check(v.profile().Customer.FullName() == "José Núñez", "%+v", v.profile().Customer)
		v.check(v.profile().Revision > p.Revision, "the revision stayed at %d", p.Revision)
		found, err := v.Accounts.List(v.ctx, "núñez", 5)
		v.ok(err)
		v.check(len(found) == 1, "the new name is not found")
		v.unchanged(func() {
			_, err := v.UpdateName(v.ctx, backend.NameChange{Surname: &surname})
			v.ok(err)
		})
	}},
	{"a wrong name changes nothing and is refused with every field", func(v *visit) {
		empty, bidi := " ", "Jo\u202Ehn"
		v.unchanged(func() {
			_, err := v.UpdateName(v.ctx, backend.NameChange{Name: &empty, Surname: &bidi})
			v.refused(err, backend.CodeInvalid, "name", "surname")
		})
	}},
	{"deletion needs a reason of the right shape", func(v *visit) {
		for _, reason := range []string{"", "Too Expensive", "-x", strings.Repeat("x", 65)} {
			v.refused(v.DeleteAccount(v.ctx, reason), backend.CodeInvalid, "reason")
		}
		v.profile()
	}},
	{"after deletion every method answers unauthorized and the email is free", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		again, _, err := v.Accounts.Open(v.ctx, v.self.ID)
		v.ok(err)
		v.ok(v.DeleteAccount(v.ctx, "poor-features"))
		for _, b := range []backend.Backend{v.Backend, again} {
			for name, err := range everyMethod(v, b) {
				v.check(backend.ErrorCode(err) == backend.CodeUnauthorized, "%s answered %v", name, err)
			}
		}
		_, _, err = v.Accounts.Open(v.ctx, v.self.ID)
		v.refused(err, backend.CodeNotFound)
		_, other := v.newcomer("john@example.org", backend.PlanTeam)
		v.check(other.ID != v.self.ID, "the id was used again")
	}},
}

// everyMethod calls each method once, with valid arguments, and returns the errors by
// name.
func everyMethod(v *visit, b backend.Backend) map[string]error {
	errs := map[string]error{}
	name := "Jane"
	_, errs["Profile"] = b.Profile(v.ctx)
	_, errs["UpdateName"] = b.UpdateName(v.ctx, backend.NameChange{Name: &name})
	_, errs["ChangeUsername"] = b.ChangeUsername(v.ctx, "new@example.org")
	_, errs["ConfirmUsername"] = b.ConfirmUsername(v.ctx, "123456")
	_, errs["CancelUsername"] = b.CancelUsername(v.ctx)
	errs["DeleteAccount"] = b.DeleteAccount(v.ctx, "other")
	_, errs["Channels"] = b.Channels(v.ctx, backend.ChannelFilter{})
	_, errs["CreateChannel"] = b.CreateChannel(v.ctx, backend.TypeSMS, "+994551234567", "")
	_, errs["UpdateChannel"] = b.UpdateChannel(v.ctx, 1, "b@example.org", nil)
	_, errs["VerifyChannel"] = b.VerifyChannel(v.ctx, 1, "123456")
	_, errs["DeleteChannels"] = b.DeleteChannels(v.ctx, []int{1})
	_, errs["TestChannel"] = b.TestChannel(v.ctx, 1)
	_, errs["SetChannelEnabled"] = b.SetChannelEnabled(v.ctx, 1, false)
	_, errs["SetChannelsEnabled"] = b.SetChannelsEnabled(v.ctx, []int{1}, false)
	_, errs["OrderChannels"] = b.OrderChannels(v.ctx, []int{1})
	_, errs["SendFeedback"] = b.SendFeedback(v.ctx, "bye")
	_, errs["FeedbackHistory"] = b.FeedbackHistory(v.ctx, 1)
	_, errs["Messages"] = b.Messages(v.ctx, 1)
	errs["MarkMessage"] = b.MarkMessage(v.ctx, "x", true)
	errs["DeleteMessages"] = b.DeleteMessages(v.ctx, []string{"x"})
	_, errs["ChannelAttempts"] = b.ChannelAttempts(v.ctx, 1, 5)
	_, errs["OlderFeedback"] = b.OlderFeedback(v.ctx, "", 1)
	_, errs["OlderMessages"] = b.OlderMessages(v.ctx, "", 1)
	_, errs["OlderAttempts"] = b.OlderAttempts(v.ctx, 1, "", 1)
	_, errs["ResendMessage"] = b.ResendMessage(v.ctx, "x")
	_, errs["ConfirmReceipt"] = b.ConfirmReceipt(v.ctx, 1, "amber")
	_, errs["RotateSecret"] = b.RotateSecret(v.ctx, 1, true)
	_, errs["Journal"] = b.Journal(v.ctx, backend.JournalQuery{Limit: 1})
	_, errs["Undo"] = b.Undo(v.ctx, "")
	_, errs["Redo"] = b.Redo(v.ctx)
	_, errs["SettingsAt"] = b.SettingsAt(v.ctx, v.self.CreatedAt)
	_, errs["Revision"] = b.Revision(v.ctx)
	return errs
}
