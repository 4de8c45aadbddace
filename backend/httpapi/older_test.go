package httpapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// nextOf is the query of the next page that an answer names, "" for none.
func nextOf(a received) string {
	a.t.Helper()
	link := a.header.Get("Link")
	if link == "" {
		return ""
	}
	query, isNext := strings.CutSuffix(strings.TrimPrefix(link, "<?"), `>; rel="next"`)
	if _, err := url.ParseQuery(query); err != nil || !isNext || strings.ContainsAny(query, "<> \r\n\"") {
		a.t.Fatalf("%s: the link is %q", a.what, link)
	}
	return query
}

// readOn follows the links of a list, and returns how many rows each page has.
func (g *caller) readOn(path, query string, rows ...string) string {
	g.Helper()
	var sizes []string
	for isMore := true; isMore && len(sizes) < 20; {
		a := g.do("GET", path+"?"+query, "").wants(200)
		list, _ := a.at(append([]string{"data"}, rows...)...).([]any)
		sizes = append(sizes, fmt.Sprint(len(list)))
		query = nextOf(a)
		isMore = query != ""
	}
	return strings.Join(sizes, " ")
}

// TestListsHaveANextPage, which an answer links to, and the last one has none.
func TestListsHaveANextPage(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	g.channel("sms", "+994551234567", true)
	for n := range 4 {
		g.advance(time.Minute)
		g.do("POST", "/customer/feedback", fmt.Sprintf(`{"feedback": "%d"}`, n)).wants(201)
		g.do("POST", channelPath(john)+"/test", `{"priority": 2}`).wants(200)
	}
	for _, c := range []struct{ path, query, rows, want string }{
		{"/customer/feedback", "limit=3", "", "3 1"},
		{"/customer/feedback", "limit=2", "", "2 2"},
		{"/customer/feedback", "limit=4", "", "4"},
		{"/customer/feedback", "", "", "4"},
		{"/customer/feedback", "limit=0", "", "0"},
		{"/customer/" + john + "/messages", "limit=2&unknown=%3E%0D%0Ax", "messages", "2 2 1"},
		{channelPath(john) + "/attempts", "priority=2&limit=2", "", "2 2 1"},
		{channelPath(john) + "/attempts", "priority%5B%5D=2&limit=2", "", "2 2 1"},
		{"/customer/" + john + "/journal", "limit=9&kinds%5B%5D=feedback&kinds%5B%5D=username", "", "4"},
		{"/customer/" + john + "/journal", "limit=2&kinds=feedback,username", "", "2 2 0"}, // others are behind them,
	} {
		if got := g.readOn(c.path, c.query, strings.Fields(c.rows)...); got != c.want {
			t.Errorf("%s?%s has pages of %s rows, want %s", c.path, c.query, got, c.want)
		}
	}
	for _, cursor := range []string{"x", "%00", "0193E9B2-5a70-7cc1-8f0e-2d1f6f1c9a54", "%20"} {
		g.do("GET", "/customer/feedback?cursor="+cursor, "").refuses(422, "invalid", "cursor")
		g.do("GET", "/customer/"+john+"/messages?cursor="+cursor, "").refuses(422, "invalid", "cursor")
		g.do("GET", channelPath(john)+"/attempts?priority=2&cursor="+cursor, "").refuses(422, "invalid", "cursor")
	}
	g.do("GET", "/customer/feedback?cursor=&limit=9", "").wants(200)
	g.do("GET", "/customer/feedback?cursor=x&cursor=y", "").refuses(422, "invalid", "cursor")
}

// TestListsOfCustomersHaveANextPage, also those that are not sorted, and what a search finds.
func TestListsOfCustomersHaveANextPage(t *testing.T) {
	op := startServer(t).operator()
	for _, c := range []struct{ path, query, want string }{
		{"/customers", "limit=1&sort=email&order=desc", "1 1"},
		{"/customers", "limit=1", "1 1"},
		{"/customers", "limit=1&match=n", "1 1"},
		{"/customers", "limit=2", "2"},
		{"/customers", "limit=0", "0"},
		{"/customers/search", "text=n&limit=1", "1 1"},
		{"/customers/search", "limit=2", "2"},
		{"/customers/search", "limit=0", "0"},
	} {
		if got := op.readOn(c.path, c.query); got != c.want {
			t.Errorf("%s?%s has pages of %s rows, want %s", c.path, c.query, got, c.want)
		}
	}
	second, _ := url.ParseQuery(nextOf(op.do("GET", "/customers?limit=1", "").wants(200)))
	firstRow(op.do("GET", "/customers?"+second.Encode(), "").wants(200)).is(`"`+second.Get("from")+`"`, "id")
	if a := op.do("GET", "/customers?limit=1&sort=email&order=desc&from="+john, "").wants(200); strings.Contains(a.header.Get("Link"), "from=") {
		t.Errorf("a next page begins anew: %s", a.header.Get("Link"))
	}
}

// TestOlderServerShowsTheNewestAlone: it would answer with the newest rows again.
func TestOlderServerShowsTheNewestAlone(t *testing.T) {
	const document = `{"paths":{"/x":{"get":{"operationId":"listFeedback","x-pinghome-extension":true}}}}`
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/default/v1/openapi.json":      respond(200, document),
		"GET https://example.org/default/v1/customer":          respond(200, profileJSON),
		"GET https://example.org/default/v1/customer/feedback": respond(200, `{"message":"","data":[{"id":"f1","feedback":"hello"}]}`),
	}}
	b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
	if list, err := b.FeedbackHistory(t.Context(), 1); err != nil || len(list) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	_, err := b.OlderFeedback(t.Context(), "0193e9b2-5a70-7cc1-8f0e-2d1f6f1c9a54", 1)
	wantCode(t, err, backend.CodeUnsupported, "older version")
}
