package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// TestAnswersInOtherEncodings: a byte order mark before JSON is ignored (RFC 8259, 8.1). An
// answer that is not UTF-8 is refused, since a form would save other letters than there
// were. A number that no type has is JSON all the same.
func TestAnswersInOtherEncodings(t *testing.T) {
	answer := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/openapi.json") {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(answer))
	}))
	defer server.Close()
	profile := strings.Replace(profileJSON, `"name"`, `"x":1e400,"name"`, 1)
	for _, test := range []struct{ name, answer, refusal string }{
		{"a byte order mark", "\ufeff" + profile, ""},
		{"a number past float64", profile, ""},
		{"Latin-1", strings.Replace(profile, `"name":"`, "\"name\":\"\xe9", 1), "not UTF-8"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "not UTF-8"},
	} {
		answer = test.answer
		r, err := httpapi.Dial(t.Context(), httpapi.ClientOptions{Server: server.URL, Layout: httpapi.LayoutV2, Token: tokenSource("t"), Wait: noWait})
		var got backend.AccountSummary
		if err == nil {
			_, got, err = r.Open(t.Context(), "")
		}
		switch {
		case test.refusal != "":
			if backend.ErrorCode(err) != backend.CodeUnavailable || !strings.Contains(err.Error(), test.refusal) {
				t.Errorf("%s: %v", test.name, err)
			}
		case err != nil || got.Email == "":
			t.Errorf("%s: %+v, %v", test.name, got, err)
		}
	}
}
