package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestOpenOwnAccount(t *testing.T) {
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/default/v1/customer":                 respond(200, profileJSON),
		"GET https://example.org/default/v1/customer/" + documentedID: respond(200, profileJSON),
	}}
	r := dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}})
	for _, name := range []string{"", "John@Example.org", documentedID} {
		if _, found, err := r.Open(t.Context(), name); err != nil || found.ID != documentedID {
			t.Errorf("%q: %+v, %v", name, found, err)
		}
	}
	for _, email := range []string{"john@example.org", "john＠example.org", "john\ufe6bexample.org"} {
		byEmail := dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: tokenSource("t"), Customer: email, HTTP: &http.Client{Transport: w}})
		if _, found, err := byEmail.Open(t.Context(), ""); err != nil || found.ID != documentedID {
			t.Errorf("%s: %+v, %v", email, found, err)
		}
	}
	_, _, err := r.Open(t.Context(), "anna@example.org")
	wantCode(t, err, backend.CodeNotFound, "anna@example.org")
	_, _, err = r.Open(t.Context(), "6fb4e64f-ad18-46e3-920c-92639adb137d")
	wantCode(t, err, backend.CodeNotFound, "no account")
	_, err = r.List(t.Context(), "", 5)
	wantCode(t, err, backend.CodeUnsupported, "does not have a list of accounts")
}

// TestCommandNeverGoesToTheWrongAccount: a server without our extension would
// carry out the command on the token's own account.
func TestCommandNeverGoesToTheWrongAccount(t *testing.T) {
	const another = "6fb4e64f-ad18-46e3-920c-92639adb137d"
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/v1/customer":            respond(200, profileJSON),
		"GET https://example.org/v1/customer/" + another: respond(200, strings.ReplaceAll(profileJSON, documentedID, another)),
	}}
	b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), another)
	name := "Jane"
	_, err := b.UpdateName(t.Context(), backend.NameChange{Name: &name})
	wantCode(t, err, backend.CodeUnsupported, "changes its own account only")
	wantCode(t, b.DeleteAccount(t.Context(), "other"), backend.CodeUnsupported, "changes its own account only")
	_, err = b.SendFeedback(t.Context(), "hello")
	wantCode(t, err, backend.CodeUnsupported, "changes its own account only")
	if why := b.Lacks(backend.FeatureOwnAccount); !strings.Contains(why, "changes its own account only") {
		t.Errorf("Lacks says %q", why)
	}
	for _, sent := range w.requests {
		if !strings.HasPrefix(sent, "GET ") {
			t.Errorf("it sent %s", sent)
		}
	}
}

// TestNoCommandWhileTheOwnerIsUnknown: a server without GET /customer carries
// out commands without an account on the token's own, which may be another than
// the one shown.
func TestNoCommandWhileTheOwnerIsUnknown(t *testing.T) {
	const base = "https://example.org"
	for layout, prefix := range map[httpapi.Layout]string{httpapi.LayoutV1a: "/default/v1", httpapi.LayoutV1b: "/v1", httpapi.LayoutV2: "/v1"} {
		for answer, own := range map[string]func(http.ResponseWriter, *http.Request){
			"none": nil, "a page": respond(404, "<html>"), "no method": respond(405, ""), "forbidden": respond(403, `{"message":"Forbidden"}`),
			"a fault": respond(500, ""), "away": respond(502, ""), "another answer": respond(200, `{"message":"Hello."}`), "no id": respond(200, `{"email":"john@example.org"}`),
		} {
			w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
				"GET " + base + prefix + "/customer/" + documentedID:                                 respond(200, profileJSON),
				"GET " + base + prefix + "/customer":                                                 own,
				"POST " + base + prefix + "/customer/" + documentedID + "/notification-channel/test": respond(200, `{"message":"Sent."}`),
			}}
			r := dial(t, httpapi.ClientOptions{Server: base, Layout: layout, Customer: documentedID, Token: tokenSource("t"), HTTP: &http.Client{Transport: w}})
			b, name, ctx := open(t, r, ""), "Jane", t.Context()
			const why = "does not say whose the token is"
			t.Log(layout, answer)
			for _, f := range []backend.Feature{backend.FeatureOwnAccount, backend.FeatureFeedback} { // known before a command is sent
				if got := b.Lacks(f); !strings.Contains(got, why) {
					t.Errorf("%s: %q", f, got)
				}
			}
			_, err := b.UpdateName(ctx, backend.NameChange{Name: &name})
			wantCode(t, err, backend.CodeUnsupported, why)
			wantCode(t, b.DeleteAccount(ctx, "other"), backend.CodeUnsupported, why)
			_, err = b.ChangeUsername(ctx, "new@example.org")
			wantCode(t, err, backend.CodeUnsupported, why)
			_, err = b.ConfirmUsername(ctx, documentedCode)
			wantCode(t, err, backend.CodeUnsupported, why)
			_, err = b.CancelUsername(ctx)
			wantCode(t, err, backend.CodeUnsupported, "")
			_, err = b.SendFeedback(ctx, "hello")
			wantCode(t, err, backend.CodeUnsupported, why)
			for _, sent := range w.requests {
				if !strings.HasPrefix(sent, "GET ") {
					t.Errorf("it sent %s", sent)
				}
			}
			if _, err := b.TestChannel(ctx, 1); err != nil { // the path names the account
				t.Error(err)
			}
		}
	}
}
