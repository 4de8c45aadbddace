package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// world stands for the network: an answer for each "METHOD address", and 404
// for everything else.
type world struct {
	answers map[string]func(http.ResponseWriter, *http.Request)
	mu      sync.Mutex
	asked   []string // in order, as "METHOD address"
	tokens  []string // the same requests' Authorization
}

func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	name := r.Method + " " + r.URL.Scheme + "://" + r.URL.Host + r.URL.Path
	w.mu.Lock()
	w.asked, w.tokens = append(w.asked, name), append(w.tokens, r.Header.Get("Authorization"))
	answer := w.answers[name]
	w.mu.Unlock()
	rec := httptest.NewRecorder()
	if answer == nil {
		say(rec, 404, `{"message":"Not Found"}`)
	} else {
		answer(rec, r)
	}
	return rec.Result(), nil
}

const someone = `{"message":"Here it is.","data":{"customer":{"id":"` + originalID + `","email":"john@example.org","name":"John"},"organization":{"plan":"team"}}}`

func tells(status int, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { say(w, status, body) }
}

func TestWhereEachLayoutIs(t *testing.T) {
	const q, c, one = "https://customer-query.api.pinghome.io", "https://customer-cmd.api.pinghome.io", "https://api.pinghome.io"
	for _, test := range []struct {
		server         string
		layout         httpapi.Layout
		query, command string
	}{
		{one, httpapi.LayoutV1a, q + "/default/v1", c + "/default/v1"},
		{one, httpapi.LayoutV1b, q + "/v1", c + "/v1"},
		{one, httpapi.LayoutV2, q + "/v1", c + "/v1"},
		{one, httpapi.LayoutV3, one + "/customer-query/v1", one + "/customer-cmd/v1"},
		{one + "/", httpapi.LayoutAuto, q + "/v1", c + "/v1"},
		{one, "", q + "/default/v1", c + "/default/v1"},
		{one, httpapi.LayoutAuto, one + "/customer-query/v1", one + "/customer-cmd/v1"},
		{q + "/default/v1", "", q + "/default/v1", c + "/default/v1"},
		{c + "/v1/", "", q + "/v1", c + "/v1"},
		{q, httpapi.LayoutV3, one + "/customer-query/v1", one + "/customer-cmd/v1"},
		{one + "/customer-cmd/v1", "", one + "/customer-query/v1", one + "/customer-cmd/v1"},
		{"https://example.org/behind/proxy", "", "https://example.org/behind/proxy/v1", "https://example.org/behind/proxy/v1"},
		{"https://example.org:8443", "", "https://example.org:8443/default/v1", "https://example.org:8443/default/v1"},
		{"https://example.org", httpapi.LayoutV3, "https://example.org/customer-query/v1", "https://example.org/customer-cmd/v1"},
		{"http://[::1]:8642/v1", "", "http://[::1]:8642/v1", "http://[::1]:8642/v1"},
	} {
		w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET " + test.query + "/customer/" + originalID: tells(200, someone),
			"GET " + test.query + "/customer":               tells(200, someone),
			"PATCH " + test.command + "/customer":           tells(200, `{"message":"Done."}`),
		}}
		r := dial(t, httpapi.ClientOptions{Server: test.server, Layout: test.layout, Customer: originalID, Token: bearing("t"), HTTP: &http.Client{Transport: w}})
		for i, asked := range w.asked {
			if !strings.HasPrefix(asked, "GET ") || strings.HasSuffix(asked, "/openapi.json") != (w.tokens[i] == "") {
				t.Errorf("%s: looking around, it asked %s with %q", test.server, asked, w.tokens[i])
			}
		}
		name := "Jane"
		if _, err := open(t, r, "").UpdateName(t.Context(), backend.NameChange{Name: &name}); err != nil {
			t.Errorf("%s as %q: %v after %v", test.server, test.layout, err, w.asked)
		}
	}
}

func TestATokenThatTellsWhoseItIs(t *testing.T) {
	w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/default/v1/customer":               tells(200, someone),
		"GET https://example.org/default/v1/customer/" + originalID: tells(200, someone),
	}}
	r := dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: bearing("t"), HTTP: &http.Client{Transport: w}})
	for _, word := range []string{"", "John@Example.org", originalID} {
		if _, found, err := r.Open(t.Context(), word); err != nil || found.ID != originalID {
			t.Errorf("%q: %+v, %v", word, found, err)
		}
	}
	byEmail := dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: bearing("t"), Customer: "john@example.org", HTTP: &http.Client{Transport: w}})
	if _, found, err := byEmail.Open(t.Context(), ""); err != nil || found.ID != originalID {
		t.Errorf("%+v, %v", found, err)
	}
	_, _, err := r.Open(t.Context(), "anna@example.org")
	wantCode(t, err, backend.CodeNotFound, "anna@example.org")
	_, _, err = r.Open(t.Context(), "6fb4e64f-ad18-46e3-920c-92639adb137d")
	wantCode(t, err, backend.CodeNotFound, "no account")
	_, err = r.List(t.Context(), "", 5)
	wantCode(t, err, backend.CodeUnsupported, "does not offer a list of accounts")
}

// TestACommandNeverGoesToTheWrongAccount: without our extension the server
// would take it for the token's own.
func TestACommandNeverGoesToTheWrongAccount(t *testing.T) {
	const another = "6fb4e64f-ad18-46e3-920c-92639adb137d"
	w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/v1/customer":            tells(200, someone),
		"GET https://example.org/v1/customer/" + another: tells(200, strings.ReplaceAll(someone, originalID, another)),
	}}
	b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: bearing("t"), HTTP: &http.Client{Transport: w}}), another)
	name := "Jane"
	_, err := b.UpdateName(t.Context(), backend.NameChange{Name: &name})
	wantCode(t, err, backend.CodeUnsupported, "changes its own account only")
	wantCode(t, b.DeleteAccount(t.Context(), "other"), backend.CodeUnsupported, "changes its own account only")
	_, err = b.SendFeedback(t.Context(), "hello")
	wantCode(t, err, backend.CodeUnsupported, "changes its own account only")
	if why := b.Lacks(backend.FeatureOwnAccount); !strings.Contains(why, "changes its own account only") {
		t.Errorf("told before anybody tries: %q", why)
	}
	for _, asked := range w.asked {
		if !strings.HasPrefix(asked, "GET ") {
			t.Errorf("it sent %s", asked)
		}
	}
}

func TestAServerThatCannotBeAsked(t *testing.T) {
	get := func(path string) string { return "GET https://example.org" + path }
	for name, test := range map[string]struct {
		answers map[string]func(http.ResponseWriter, *http.Request)
		code    backend.Code
		part    string
	}{
		"nothing there":      {nil, backend.CodeUnavailable, "None of the known layouts"},
		"a site":             {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): tells(200, "<html>Welcome</html>")}, backend.CodeUnavailable, "None of the known layouts"},
		"a refused token":    {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): tells(401, `{"message":"Unauthorized"}`)}, backend.CodeUnauthorized, "does not accept the token"},
		"a forbidden token":  {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): tells(403, `{"message":"Forbidden"}`)}, backend.CodeUnauthorized, "does not accept the token"},
		"a server that asks": {map[string]func(http.ResponseWriter, *http.Request){get("/v1/customer"): tells(405, "")}, "", ""},
	} {
		_, err := httpapi.Dial(t.Context(), httpapi.ClientOptions{Server: "https://example.org", Token: bearing("t"), Wait: atOnce, HTTP: &http.Client{Transport: &world{answers: test.answers}}})
		if test.code == "" && err == nil {
			continue
		}
		t.Log(name)
		wantCode(t, err, test.code, test.part)
	}
}

// TestANamedPlaceIsLookedAt: whoever names the layout or the bases may be
// wrong about the server, and hears of it before anything is opened.
func TestANamedPlaceIsLookedAt(t *testing.T) {
	page, isOpen := tells(404, "<!DOCTYPE HTML><title>Error response</title>"), backend.Code("")
	for name, test := range map[string]struct {
		answer     func(http.ResponseWriter, *http.Request)
		dial, open backend.Code
		part       string
	}{
		"a server of files":   {page, backend.CodeUnavailable, isOpen, "not an account-settings API"},
		"a site":              {tells(200, "<html>Welcome</html>"), backend.CodeUnavailable, isOpen, "not an account-settings API"},
		"another API":         {tells(200, `{"message":"Hello."}`), backend.CodeUnavailable, isOpen, "not an account-settings API"},
		"a refused token":     {tells(401, `{"message":"Unauthorized"}`), backend.CodeUnauthorized, isOpen, "does not accept the token"},
		"no such account":     {tells(404, `{"message":"Not Found"}`), "", backend.CodeNotFound, ""},
		"a word for a number": {tells(400, `{"message":"Bad id"}`), "", isOpen, ""},
		"the account":         {tells(200, someone), "", isOpen, ""},
	} {
		for _, o := range []httpapi.ClientOptions{{Server: "https://example.org", Layout: httpapi.LayoutV1b}, {Server: "https://example.org/v1"},
			{Query: "https://example.org/v1", Command: "https://example.org/v1"}} {
			for _, id := range []string{"", originalID} {
				t.Logf("%s as %+v", name, id)
				w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){"GET https://example.org/v1/openapi.json": page,
					"GET https://example.org/v1/customer": test.answer, "GET https://example.org/v1/customer/" + originalID: test.answer}}
				o.Customer, o.Token, o.Wait, o.HTTP = id, bearing("t"), atOnce, &http.Client{Transport: w}
				r, err := httpapi.Dial(t.Context(), o)
				if test.dial != "" {
					wantCode(t, err, test.dial, test.part)
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if _, _, err := r.Open(t.Context(), ""); test.open != "" {
					wantCode(t, err, test.open, map[bool]string{true: "Name the account with --account", false: "no account"}[id == ""])
				}
			}
		}
	}
}

func TestAddressesThatAreRefused(t *testing.T) {
	for address, part := range map[string]string{
		"":                                   "not a whole web address",
		"api.pinghome.io":                    "not a whole web address",
		"https://":                           "not a whole web address",
		"ftp://api.pinghome.io":              "must start with https",
		"http://api.pinghome.io":             "plain http would show the token",
		"http://192.0.2.1:8642":              "plain http would show the token",
		"http://localhost.example.org":       "plain http would show the token",
		"https://john:secret@example.org":    "user name or password",
		"https://example.org/?token=secret":  "without ? and #",
		"https://example.org/v1#notes":       "without ? and #",
		"https://example.org/\x7f":           "not a whole web address",
		"https://example.org with a comment": "not a whole web address",
	} {
		for _, o := range []httpapi.ClientOptions{{Server: address}, {Query: address, Command: "https://example.org"}, {Query: "https://example.org", Command: address}} {
			o.Token = bearing("t")
			_, err := httpapi.Dial(t.Context(), o)
			if e := wantCode(t, err, backend.CodeInvalid, part); strings.Contains(e.Error(), "secret") {
				t.Errorf("%s: %v", address, e)
			}
		}
	}
	for _, o := range []httpapi.ClientOptions{{Server: "https://example.org"}, {Query: "https://example.org", Command: "https://example.org"}} {
		o.Layout, o.Token = "zz", bearing("t")
		_, err := httpapi.Dial(t.Context(), o)
		wantCode(t, err, backend.CodeInvalid, "zz")
	}
	for _, token := range []string{"", " ", "two words", "line\nbreak", "é"} {
		w := &world{}
		_, err := httpapi.Dial(t.Context(), httpapi.ClientOptions{Query: "https://example.org", Command: "https://example.org", Token: bearing(token), HTTP: &http.Client{Transport: w}})
		if err == nil {
			r := dial(t, httpapi.ClientOptions{Query: "https://example.org", Command: "https://example.org", Token: bearing(token), HTTP: &http.Client{Transport: w}})
			_, _, err = r.Open(t.Context(), originalID)
		}
		wantCode(t, err, backend.CodeUnauthorized, "no usable token")
		if slices.ContainsFunc(w.tokens, func(s string) bool { return s != "" }) {
			t.Errorf("%q was shown: %q", token, w.tokens)
		}
	}
}
