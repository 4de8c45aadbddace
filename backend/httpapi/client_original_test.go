package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// original is a small PingHome as the public documentation shows it and no
// more: two hosts, confirmations without data, errors in every shape, a
// profile without limits, no extension, no feedback, and the name on the
// query host.
type original struct {
	query, command *httptest.Server
	mu             sync.Mutex
	name, email    string
	pending        string
	channels       []map[string]any
	isDeleted      bool
	isTelling      bool     // GET /customer says whose the token is, as v2 has it
	patches        []string // which host was asked to change the name
}

const (
	originalID   = "6fb4e64f-ad18-46e3-920c-92639adb137c"
	originalCode = "087608"
)

func openOriginal(t *testing.T) *original {
	d := &original{name: "John", email: "john@example.org"}
	query, command := http.NewServeMux(), http.NewServeMux()
	const base = "/default/v1/customer"
	channel := base + "/" + originalID + "/notification-channel"
	query.HandleFunc("GET "+base+"/"+originalID, d.profile)
	query.HandleFunc("GET "+base, d.own)
	query.HandleFunc("PATCH "+base, d.rename)
	query.HandleFunc("GET "+channel+"s", d.list)
	command.HandleFunc("DELETE "+base, d.remove)
	command.HandleFunc("PUT "+base+"/username", d.username)
	command.HandleFunc("PATCH "+base+"/username", d.confirm)
	command.HandleFunc("POST "+channel, d.create)
	command.HandleFunc("PUT "+channel, d.onChannel(func(c, body map[string]any) { c["value"], c["status"] = body["value"], "pending" }))
	command.HandleFunc("PATCH "+channel+"/verification", d.verify)
	command.HandleFunc("DELETE "+channel, d.deleteChannels)
	command.HandleFunc("POST "+channel+"/test", d.onChannel(func(c, body map[string]any) {}))
	command.HandleFunc("PUT "+channel+"/enabled", d.onChannel(func(c, body map[string]any) {
		c["status"] = map[any]string{true: "active", false: "disabled"}[body["enabled"]]
	}))
	d.query, d.command = d.serve(t, "query", query), d.serve(t, "command", command)
	return d
}

// serve answers what the mux knows to whoever has the token.
func (d *original) serve(t *testing.T, role string, mux *http.ServeMux) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if r.Method == http.MethodPatch && strings.HasSuffix(r.URL.Path, "/customer") {
			d.patches = append(d.patches, role)
		}
		if r.Header.Get("Authorization") != "Bearer YOUR_TOKEN" || d.isDeleted {
			say(w, 401, `{"message":"Unauthorized"}`)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func say(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

func bodyOf(r *http.Request) map[string]any {
	body := map[string]any{}
	json.NewDecoder(r.Body).Decode(&body)
	return body
}

func (d *original) profile(w http.ResponseWriter, _ *http.Request) {
	say(w, 200, fmt.Sprintf(`{"id":%q,"email":%q,"pending_email":%q,"name":%q,"surname":"Smith","created_at":"23.11.2026",
		"team":{"id":7,"name":"Ops"},"organization":{"name":"Acme","plan":"business"}}`, originalID, d.email, d.pending, d.name))
}

func (d *original) own(w http.ResponseWriter, r *http.Request) {
	if !d.isTelling {
		say(w, 404, `{"message":"Not Found"}`)
		return
	}
	d.profile(w, r)
}

func (d *original) rename(w http.ResponseWriter, r *http.Request) {
	name, isText := bodyOf(r)["name"].(string)
	if !isText || name == "" {
		say(w, 422, `{"errors":{"name":"The name is empty."}}`)
		return
	}
	d.name = name
	say(w, 200, `{"message":"Customer updated.","data":{"name":"`+name+`"}}`)
}

func (d *original) remove(w http.ResponseWriter, r *http.Request) {
	if bodyOf(r)["reason"] != "poor-features" {
		say(w, 422, `{"error":{"message":"The reason is not known."}}`)
		return
	}
	d.isDeleted = true
	w.WriteHeader(204)
}

func (d *original) username(w http.ResponseWriter, r *http.Request) {
	email := bodyOf(r)["email"].(string)
	if email == "taken@example.org" {
		say(w, 409, `{"error":"This email is used by somebody else."}`)
		return
	}
	d.pending = email
	say(w, 200, `"Verification is required."`)
}

func (d *original) confirm(w http.ResponseWriter, r *http.Request) {
	if bodyOf(r)["code"] != originalCode {
		say(w, 422, `{"message":"Invalid code"}`)
		return
	}
	d.email, d.pending = d.pending, ""
	say(w, 200, `{"message":"Confirmed."}`)
}

func (d *original) list(w http.ResponseWriter, _ *http.Request) {
	text, _ := json.Marshal(map[string]any{"notification_channels": append([]map[string]any{}, d.channels...)})
	say(w, 200, string(text))
}

func (d *original) create(w http.ResponseWriter, r *http.Request) {
	body := bodyOf(r)
	d.channels = append(d.channels, map[string]any{"type": body["type"], "value": body["value"], "priority": len(d.channels) + 1, "status": "pending"})
	say(w, 201, `{"message":"Created."}`)
}

func (d *original) verify(w http.ResponseWriter, r *http.Request) {
	d.onChannel(func(c, body map[string]any) {
		if body["code"] == originalCode {
			c["status"] = "ACTIVE"
		}
	})(w, r)
}

// onChannel changes the channel that the body names.
func (d *original) onChannel(change func(c, body map[string]any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := bodyOf(r)
		for _, c := range d.channels {
			if float64(c["priority"].(int)) == body["priority"] {
				change(c, body)
				say(w, 200, `{"message":"Done."}`)
				return
			}
		}
		http.Error(w, "no such channel", 404)
	}
}

func (d *original) deleteChannels(w http.ResponseWriter, r *http.Request) {
	named := strings.Split(r.URL.Query().Get("priority"), ",")
	d.channels = slices.DeleteFunc(d.channels, func(c map[string]any) bool { return slices.Contains(named, strconv.Itoa(c["priority"].(int))) })
	say(w, 200, `{"message":"Deleted."}`)
}

func openOriginalView(t *testing.T) (*original, backend.Backend) {
	d := openOriginal(t)
	d.isTelling = true
	r := dial(t, httpapi.ClientOptions{Query: d.query.URL + "/default/v1", Command: d.command.URL + "/default/v1/",
		Token: bearing("YOUR_TOKEN"), Customer: originalID})
	return d, open(t, r, "")
}

func wantCode(t *testing.T, err error, code backend.Code, part string) *backend.Error {
	t.Helper()
	e, ok := err.(*backend.Error)
	if !ok || e.Code != code || !strings.Contains(e.Error(), part) {
		t.Fatalf("got %v (%s), want %s with %q", err, backend.ErrorCode(err), code, part)
	}
	return e
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestTheAccountOnTheDocumentedServer(t *testing.T) {
	d, b := openOriginalView(t)
	ctx, profile := t.Context(), must[backend.Profile](t)
	p := profile(b.Profile(ctx))
	if c := p.Customer; c.ID != originalID || c.FullName() != "John Smith" || p.Team.Name != "Ops" || p.Organization.Plan != backend.PlanBusiness || len(p.Limits) != 0 {
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
	if p = profile(b.ConfirmUsername(ctx, originalCode)); p.Pending != nil || p.Customer.Email != "new@example.org" {
		t.Fatalf("%+v", p)
	}
	wantCode(t, b.DeleteAccount(ctx, "other"), backend.CodeInvalid, "reason is not known")
	if err := b.DeleteAccount(ctx, "poor-features"); err != nil {
		t.Fatal(err)
	}
	_, err = b.Profile(ctx)
	wantCode(t, err, backend.CodeUnauthorized, "does not accept the token")
}

func TestChannelsOnTheDocumentedServer(t *testing.T) {
	_, b := openOriginalView(t)
	ctx, channel, list := t.Context(), must[backend.Channel](t), must[[]backend.Channel](t)
	if all := list(b.Channels(ctx, backend.ChannelFilter{})); all == nil || len(all) != 0 {
		t.Fatalf("%v", all)
	}
	channel(b.CreateChannel(ctx, backend.TypeEmail, "a@example.org"))
	c := channel(b.CreateChannel(ctx, backend.TypeSMS, "+994551234567"))
	if c.Priority != 2 || c.Verified || c.Status() != backend.StatusPending {
		t.Fatalf("%+v", c)
	}
	if c = channel(b.VerifyChannel(ctx, 2, originalCode)); !c.Verified || !c.Enabled || !c.Reachable() {
		t.Fatalf("%+v", c)
	}
	if c = channel(b.SetChannelEnabled(ctx, 2, false)); c.Status() != backend.StatusDisabled {
		t.Fatalf("%+v", c)
	}
	u := must[backend.ChannelUpdate](t)(b.UpdateChannel(ctx, 2, "+994551234568"))
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

func TestWhatTheDocumentedServerDoesNotHave(t *testing.T) {
	_, b := openOriginalView(t)
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
	_, errJournal := b.Journal(ctx, 1)
	_, errCancel := b.CancelUsername(ctx)
	_, errRevision := b.Revision(ctx)
	_, errAttempts := b.ChannelAttempts(ctx, 1, 30)
	for feature, err := range map[backend.Feature]error{backend.FeatureDeliveries: errAttempts, backend.FeatureFeedback: backend.Errorf(backend.CodeUnsupported, "-"), backend.FeatureFeedbackHistory: errs,
		backend.FeatureMessages: errMessages, backend.FeatureJournal: errJournal, backend.FeatureCancelUsername: errCancel, backend.FeatureRevision: errRevision,
		backend.FeatureAccounts: backend.Errorf(backend.CodeUnsupported, "-")} {
		if b.Lacks(feature) == "" || backend.ErrorCode(err) != backend.CodeUnsupported {
			t.Errorf("%s: lacks %q, answers %v", feature, b.Lacks(feature), err)
		}
	}
}

// TestWhatTheDocumentedServerTellsOfMessages is nothing: the fields stay
// empty, and commands are not even tried.
func TestWhatTheDocumentedServerTellsOfMessages(t *testing.T) {
	_, b := openOriginalView(t)
	ctx := t.Context()
	c := must[backend.Channel](t)(b.CreateChannel(ctx, backend.TypeWebhook, "https://hook.example/"))
	if c.Failure != nil || c.Proof != (backend.Proof{}) || c.Secret != "" {
		t.Errorf("%+v", c)
	}
	const why = "This server does not tell what became of messages."
	if told := b.Lacks(backend.FeatureDeliveries); told != why {
		t.Errorf("it lacks %q", told)
	}
	_, errAttempts := b.MessageAttempts(ctx, "m1")
	_, errResend := b.ResendMessage(ctx, "m1")
	_, errReceipt := b.ConfirmReceipt(ctx, 1, "heron")
	_, errSecret := b.RotateSecret(ctx, 1)
	for _, err := range []error{errAttempts, errResend, errReceipt, errSecret} {
		wantCode(t, err, backend.CodeUnsupported, why)
	}
}
