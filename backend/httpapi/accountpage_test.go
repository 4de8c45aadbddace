package httpapi_test

import (
	"net/http"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

func TestListOfCustomersHasPages(t *testing.T) {
	h := startServer(t)
	op := h.operator()
	first := op.do("GET", "/customers?sort=email&order=desc&limit=1", "").wants(200).is("2", "page", "total").is("2", "page", "all").is("0", "page", "failing").is("false", "page", "is_more")
	firstRow(first).is(`"`+anna+`"`, "id")
	next := first.at("page", "next").(string)
	second := op.do("GET", "/customers?sort=email&order=desc&limit=1&after="+next, "").wants(200).is("null", "page", "next")
	firstRow(second).is(`"`+john+`"`, "id")
	problems := op.do("GET", "/customers?from="+john+"&problems=true", "").wants(200)
	firstRow(problems).is(`"`+john+`"`, "id").is(`"stale"`, "reach", "state").is(`["email"]`, "reach", "types").is("null", "reach", "seen_at")
	op.do("GET", "/customers", "").wants(200).is("null", "page")
	for query, field := range map[string]string{"sort=age": "sort", "sort=": "sort", "order=up": "order", "problems=1": "problems", "after=x": "after", "from=": "from",
		"from=" + john + "&after=" + next: "from"} {
		op.do("GET", "/customers?"+query, "").refuses(422, "invalid", field)
	}
	op.do("GET", "/customers?from="+unknownID, "").refuses(404, "not_found")
	h.as(john).do("GET", "/customers?sort=reach", "").refuses(404, "not_found")
}

// firstRow is the first row of a list, as if it were the whole answer.
func firstRow(list received) received {
	list.t.Helper()
	row, _ := list.at("data").([]any)[0].(map[string]any)
	list.body = row
	return list
}

// TestOlderServerListsNames: one that has a list of accounts and knows no pages of it.
func TestOlderServerListsNames(t *testing.T) {
	const document = `{"paths":{"/customers":{"get":{"operationId":"listCustomers","x-pinghome-extension":true}}}}`
	const list = `{"message":"", "data":[{"id":"` + documentedID + `","name":"John","surname":"Smith","email":"john@example.org"}]}`
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/default/v1/openapi.json": respond(200, document),
		"GET https://example.org/default/v1/customers":    respond(200, list),
		"GET https://example.org/default/v1/customer":     respond(200, profileJSON),
	}}
	r := dial(t, httpapi.ClientOptions{Server: "https://example.org", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}})
	b := open(t, r, "")
	if why := b.Lacks(backend.FeatureReach); why == "" {
		t.Error("the server tells the reach")
	}
	page, err := r.Page(t.Context(), backend.AccountQuery{Match: "john", Limit: 1})
	if err != nil || len(page.Accounts) != 1 || page.Accounts[0].Reach != nil || page.Next != "" || !page.IsMore {
		t.Errorf("%+v, %v", page, err)
	}
	_, err = r.Page(t.Context(), backend.AccountQuery{Sort: backend.SortReach, Limit: 1})
	wantCode(t, err, backend.CodeUnsupported, "older version")
}
