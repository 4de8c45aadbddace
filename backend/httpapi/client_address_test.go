package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestLayouts(t *testing.T) {
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
		{"http://LOCALHOST:8642/v1", "", "http://localhost:8642/v1", "http://localhost:8642/v1"},
		{"http://localhost.:8642/v1", "", "http://localhost:8642/v1", "http://localhost:8642/v1"},
		{"http://[::ffff:127.0.0.1]/v1", "", "http://127.0.0.1/v1", "http://127.0.0.1/v1"},
		{" https://API.pinghome.io./ ", httpapi.LayoutV1b, q + "/v1", c + "/v1"},
		{"https://bücher.example", httpapi.LayoutV1b, "https://xn--bcher-kva.example/v1", "https://xn--bcher-kva.example/v1"},
	} {
		w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET " + test.query + "/customer/" + documentedID: respond(200, profileJSON),
			"GET " + test.query + "/customer":                 respond(200, profileJSON),
			"PATCH " + test.command + "/customer":             respond(200, `{"message":"Done."}`),
		}}
		r := dial(t, httpapi.ClientOptions{Server: test.server, Layout: test.layout, Customer: documentedID, Token: tokenSource("t"), HTTP: &http.Client{Transport: w}})
		for i, sent := range w.requests {
			if !strings.HasPrefix(sent, "GET ") || strings.HasSuffix(sent, "/openapi.json") != (w.tokens[i] == "") {
				t.Errorf("%s: to discover the layout, it sent %s with %q", test.server, sent, w.tokens[i])
			}
		}
		name := "Jane"
		if _, err := open(t, r, "").UpdateName(t.Context(), backend.NameChange{Name: &name}); err != nil {
			t.Errorf("%s as %q: %v after %v", test.server, test.layout, err, w.requests)
		}
	}
}

func TestRefusedAddressesAndTokens(t *testing.T) {
	for address, part := range map[string]string{
		"":                                   "not a whole web address",
		"api.pinghome.io":                    "not a whole web address",
		"https://":                           "not a whole web address",
		"ftp://api.pinghome.io":              "must start with https",
		"http://api.pinghome.io":             "plain http would show the token",
		"http://192.0.2.1:8642":              "plain http would show the token",
		"http://localhost.example.org":       "plain http would show the token",
		"http://foo.localhost:8642":          "plain http would show the token",
		"http://127.1:8642":                  "four plain decimal numbers",
		"https://0x7f.1":                     "four plain decimal numbers",
		"https://[fe80::1%25eth0]":           "Leave out the %",
		"https://api..pinghome.io":           "not a name",
		"https://john:secret@example.org":    "user name or password",
		"https://example.org/?token=secret":  "without ? and #",
		"https://example.org/v1#notes":       "without ? and #",
		"https://example.org/\x7f":           "not a whole web address",
		"https://example.org with a comment": "not a whole web address",
	} {
		for _, o := range []httpapi.ClientOptions{{Server: address}, {Query: address, Command: "https://example.org"}, {Query: "https://example.org", Command: address}} {
			o.Token = tokenSource("t")
			_, err := httpapi.Dial(t.Context(), o)
			if e := wantCode(t, err, backend.CodeInvalid, part); strings.Contains(e.Error(), "secret") {
				t.Errorf("%s: %v", address, e)
			}
		}
	}
	for _, o := range []httpapi.ClientOptions{{Server: "https://example.org"}, {Query: "https://example.org", Command: "https://example.org"}} {
		o.Layout, o.Token = "zz", tokenSource("t")
		_, err := httpapi.Dial(t.Context(), o)
		wantCode(t, err, backend.CodeInvalid, "zz")
	}
	for _, token := range []string{"", " ", "two words", "line\nbreak", "é"} {
		w := &fakeNetwork{}
		_, err := httpapi.Dial(t.Context(), httpapi.ClientOptions{Query: "https://example.org", Command: "https://example.org", Token: tokenSource(token), HTTP: &http.Client{Transport: w}})
		if err == nil {
			r := dial(t, httpapi.ClientOptions{Query: "https://example.org", Command: "https://example.org", Token: tokenSource(token), HTTP: &http.Client{Transport: w}})
			_, _, err = r.Open(t.Context(), documentedID)
		}
		wantCode(t, err, backend.CodeUnauthorized, "no usable token")
		if slices.ContainsFunc(w.tokens, func(s string) bool { return s != "" }) {
			t.Errorf("%q was shown: %q", token, w.tokens)
		}
	}
}
