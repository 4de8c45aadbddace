package httpapi_test

import (
	"slices"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func dialDocumentedServer(t *testing.T) (*documentedServer, backend.Backend) {
	d := startDocumentedServer(t)
	d.namesOwner = true
	r := dial(t, httpapi.ClientOptions{Query: d.query.URL + "/default/v1", Command: d.command.URL + "/default/v1/",
		Token: tokenSource("YOUR_TOKEN"), Customer: documentedID})
	return d, open(t, r, "")
}

func TestAccountOnDocumentedServer(t *testing.T) {
	d, b := dialDocumentedServer(t)
	ctx, profile := t.Context(), must[backend.Profile](t)
	p := profile(b.Profile(ctx))
	if c := p.Customer; c.ID != documentedID || c.FullName() != "John Smith" || p.Team.Name != "Ops" || p.Organization.Plan != backend.PlanBusiness || len(p.Limits) != 0 {
		t.Fatalf("%+v", p)
	}
	name, empty := "Jane", ""
	if p = profile(b.UpdateName(ctx, backend.NameChange{Name: &name})); p.Customer.Name != "Jane" || p.Customer.Surname != "Smith" {
		t.Fatalf("%+v", p)
	}
	if !slices.Equal(d.patches, []string{"command", "query"}) {
		t.Fatalf("the name went to %v", d.patches)
	}
	_, err := b.UpdateName(ctx, backend.NameChange{Name: &empty})
	if e := wantCode(t, err, backend.CodeInvalid, ""); e.Fields["name"][0] != "The name is empty." {
		t.Fatalf("%+v", e)
	}
	_, err = b.ChangeUsername(ctx, "taken@example.org")
	wantCode(t, err, backend.CodeEmailTaken, "used by somebody else")
	if p = profile(b.ChangeUsername(ctx, "new@example.org")); p.Pending == nil || p.Pending.Email != "new@example.org" || p.Customer.Email != "john@example.org" {
		t.Fatalf("%+v", p)
	}
	_, err = b.ConfirmUsername(ctx, "123456")
	if e := wantCode(t, err, backend.CodeInvalid, "Invalid code"); len(e.Fields["code"]) == 0 {
		t.Fatalf("%+v", e)
	}
	if p = profile(b.ConfirmUsername(ctx, documentedCode)); p.Pending != nil || p.Customer.Email != "new@example.org" {
		t.Fatalf("%+v", p)
	}
	wantCode(t, b.DeleteAccount(ctx, "other"), backend.CodeInvalid, "reason is not known")
	if err := b.DeleteAccount(ctx, "poor-features"); err != nil {
		t.Fatal(err)
	}
	_, err = b.Profile(ctx)
	wantCode(t, err, backend.CodeUnauthorized, "does not accept the token")
}

func TestChannelsOnDocumentedServer(t *testing.T) {
	_, b := dialDocumentedServer(t)
	ctx, channel, list := t.Context(), must[backend.Channel](t), must[[]backend.Channel](t)
	if all := list(b.Channels(ctx, backend.ChannelFilter{})); all == nil || len(all) != 0 {
		t.Fatalf("%v", all)
	}
	channel(b.CreateChannel(ctx, backend.TypeEmail, "a@example.org", ""))
	c := channel(b.CreateChannel(ctx, backend.TypeSMS, "+994551234567", ""))
	if c.Priority != 2 || c.Verified || c.Status() != backend.StatusPending {
		t.Fatalf("%+v", c)
	}
	if c = channel(b.VerifyChannel(ctx, 2, documentedCode)); !c.Verified || !c.Enabled || !c.Reachable() {
		t.Fatalf("%+v", c)
	}
	if c = channel(b.SetChannelEnabled(ctx, 2, false)); c.Status() != backend.StatusDisabled {
		t.Fatalf("%+v", c)
	}
	u := must[backend.ChannelUpdate](t)(b.UpdateChannel(ctx, 2, "+994551234568", nil))
	if !u.Changed || !u.CodeSent || u.Channel.Value != "+994551234568" {
		t.Fatalf("%+v", u)
	}
	if test := must[backend.Test](t)(b.TestChannel(ctx, 1)); !test.OK || test.Detail != "Done." || test.At.IsZero() {
		t.Fatalf("%+v", test)
	}
	_, err := b.TestChannel(ctx, 9)
	wantCode(t, err, backend.CodeNotFound, "no such channel")
	if all := list(b.Channels(ctx, backend.ChannelFilter{Include: []backend.ChannelType{backend.TypeSMS}})); len(all) != 1 {
		t.Fatalf("the filter is not applied: %v", all)
	}
	gone := must[backend.ChannelDeletion](t)(b.DeleteChannels(ctx, []int{2, 1, 2}))
	if !slices.Equal(gone.Deleted, []int{1, 2}) || !gone.NoneReachable {
		t.Fatalf("%+v", gone)
	}
}

func TestFeaturesThatDocumentedServerLacks(t *testing.T) {
	_, b := dialDocumentedServer(t)
	ctx := t.Context()
	for _, documented := range []backend.Feature{backend.FeatureFeedback, backend.FeatureOwnAccount} {
		if why := b.Lacks(documented); why != "" {
			t.Fatalf("%s is documented: %q", documented, why)
		}
	}
	for range 2 {
		_, err := b.SendFeedback(ctx, "hello")
		wantCode(t, err, backend.CodeUnsupported, "does not take feedback")
	}
	_, errs := b.FeedbackHistory(ctx, 1)
	_, errMessages := b.Messages(ctx, 1)
	_, errJournal := b.Journal(ctx, backend.JournalQuery{Limit: 1})
	_, errCancel := b.CancelUsername(ctx)
	_, errRevision := b.Revision(ctx)
	_, errAttempts := b.ChannelAttempts(ctx, 1, 30)
	_, errLabel := b.CreateChannel(ctx, backend.TypeEmail, "a@example.org", "work")
	for feature, err := range map[backend.Feature]error{backend.FeatureLabels: errLabel, backend.FeatureDeliveries: errAttempts, backend.FeatureFeedback: backend.Errorf(backend.CodeUnsupported, "-"), backend.FeatureFeedbackHistory: errs,
		backend.FeatureMessages: errMessages, backend.FeatureJournal: errJournal, backend.FeatureCancelUsername: errCancel, backend.FeatureRevision: errRevision,
		backend.FeatureAccounts: backend.Errorf(backend.CodeUnsupported, "-")} {
		if b.Lacks(feature) == "" || backend.ErrorCode(err) != backend.CodeUnsupported {
			t.Errorf("%s: lacks %q, answers %v", feature, b.Lacks(feature), err)
		}
	}
}

// TestDeliveriesOnDocumentedServer: the fields about deliveries stay empty, and
// their commands are not sent.
func TestDeliveriesOnDocumentedServer(t *testing.T) {
	_, b := dialDocumentedServer(t)
	ctx := t.Context()
	c := must[backend.Channel](t)(b.CreateChannel(ctx, backend.TypeWebhook, "https://hook.example/", ""))
	if c.Failure != nil || c.Proof != (backend.Proof{}) || c.SigningSecret != "" {
		t.Errorf("%+v", c)
	}
	const why = "This server does not tell what became of messages."
	if got := b.Lacks(backend.FeatureDeliveries); got != why {
		t.Errorf("Lacks says %q", got)
	}
	_, errAttempts := b.MessageAttempts(ctx, "m1")
	_, errResend := b.ResendMessage(ctx, "m1")
	_, errReceipt := b.ConfirmReceipt(ctx, 1, "heron")
	_, errSecret := b.RotateSecret(ctx, 1, true)
	for _, err := range []error{errAttempts, errResend, errReceipt, errSecret} {
		wantCode(t, err, backend.CodeUnsupported, why)
	}
}
