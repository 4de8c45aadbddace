package httpapi_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/account-settings/pinghome/backend/httpapi"
)

// described is the document as the server sends it, ready to hold traffic to.
var described = sync.OnceValues(func() (*openapi3.T, routers.Router) {
	w := &bodyWriter{header: http.Header{}}
	request, err := http.NewRequest("GET", "/openapi.json", nil)
	if err != nil {
		panic(err)
	}
	httpapi.NewHandler(httpapi.ServerOptions{}).ServeHTTP(w, request)
	doc, err := openapi3.NewLoader().LoadFromData([]byte(w.String()))
	if err != nil {
		panic(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	return doc, router
})

type bodyWriter struct {
	strings.Builder
	header http.Header
}

func (w *bodyWriter) Header() http.Header { return w.header }
func (w *bodyWriter) WriteHeader(int)     {}

func init() {
	// Bodies of every JSON type are alike; problems are not known to the filter.
	openapi3filter.RegisterBodyDecoder("application/problem+json", openapi3filter.RegisteredBodyDecoder("application/json"))
}

// compare holds one exchange to the document: what was answered is described,
// and a request that was taken is one that the document allows.
func compare(t *testing.T, request *http.Request, body string, a received) {
	t.Helper()
	_, router := described()
	route, params, err := router.FindRoute(request)
	if err != nil || request.Method == http.MethodHead {
		if a.status < 400 && request.Method != http.MethodHead {
			t.Errorf("%s is not described: %v", a.what, err)
		}
		return
	}
	again := request.Clone(context.Background())
	again.Body = io.NopCloser(strings.NewReader(body))
	if body == "" {
		again.Body = nil
	}
	if again.Header.Get("Content-Type") == "" || strings.Contains(again.Header.Get("Content-Type"), "json") {
		again.Header.Set("Content-Type", "application/json") // the document names one of the JSON types
	}
	// Lists with brackets are a leniency that the document does not promise.
	again.URL.RawQuery = strings.NewReplacer("[]=", "=", "%5B%5D=", "=").Replace(again.URL.RawQuery)
	input := &openapi3filter.RequestValidationInput{Request: again, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil && a.status < 300 {
		t.Errorf("%s was taken, but the document does not allow it: %v", a.what, err)
	}
	output := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: a.status, Header: a.header, Options: input.Options}
	output.SetBodyBytes(a.raw)
	if err := openapi3filter.ValidateResponse(context.Background(), output); err != nil {
		t.Errorf("%s answered %d other than described: %v\n%s", a.what, a.status, err, a.raw)
	}
	compareHeaders(t, route.Operation, a)
}

// usual are the headers that say nothing of an operation.
var usual = []string{"Cache-Control", "Connection", "Content-Length", "Content-Type", "Date", "Strict-Transport-Security", "X-Content-Type-Options"}

// compareHeaders: what is sent beside the usual headers is described.
func compareHeaders(t *testing.T, op *openapi3.Operation, a received) {
	t.Helper()
	answer := op.Responses.Status(a.status)
	if answer == nil {
		return // told above
	}
	described := usual
	for name := range answer.Value.Headers {
		described = append(slices.Clip(described), http.CanonicalHeaderKey(name))
	}
	for name := range a.header {
		if !slices.Contains(described, name) {
			t.Errorf("%s answered %d with %s, which is not described", a.what, a.status, name)
		}
	}
}

// The thirteen operations of the public documentation, one of them under two addresses.
var documented = []string{
	"GET /customer/{customer_id}", "GET /customer", "PATCH /customer", "DELETE /customer", "PUT /customer/username", "PATCH /customer/username",
	"POST /customer/feedback", "POST /customer/{customer_id}/notification-channel", "GET /customer/{customer_id}/notification-channels",
	"PUT /customer/{customer_id}/notification-channel", "PATCH /customer/{customer_id}/notification-channel/verification",
	"DELETE /customer/{customer_id}/notification-channel", "POST /customer/{customer_id}/notification-channel/test",
	"PUT /customer/{customer_id}/notification-channel/enabled",
}

func TestTheDocumentIsValidAndMarksWhatIsOurs(t *testing.T) {
	doc, _ := described()
	if err := doc.Validate(context.Background()); err != nil {
		t.Error(err)
	}
	if len(doc.Servers) != len(prefixes) {
		t.Errorf("%d servers", len(doc.Servers))
	}
	left := map[string]bool{}
	for _, name := range documented {
		left[name] = true
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			name := method + " " + path
			ours, _ := op.Extensions["x-pinghome-extension"].(bool)
			if left[name] == ours {
				t.Errorf("%s: marked as an extension: %v", name, ours)
			}
			delete(left, name)
		}
	}
	if len(left) > 0 {
		t.Errorf("not described: %v", left)
	}
}

func TestTheDocumentIsUnderEveryPrefix(t *testing.T) {
	h := openSite(t)
	for _, prefix := range append([]string{""}, prefixes...) {
		response, err := http.Get(h.url + prefix + "/openapi.json")
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ OpenAPI string }
		if err := json.NewDecoder(response.Body).Decode(&doc); err != nil || response.StatusCode != 200 || doc.OpenAPI != "3.0.3" {
			t.Errorf("%q: %d %v %+v", prefix, response.StatusCode, err, doc)
		}
		response.Body.Close()
	}
}
