package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
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

// document is the OpenAPI document as the server sends it, with a router that
// finds its operations.
var document = sync.OnceValues(func() (*openapi3.T, routers.Router) {
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
	// The filter does not know problem documents.
	openapi3filter.RegisterBodyDecoder("application/problem+json", openapi3filter.RegisteredBodyDecoder("application/json"))
}

// checkDocumented compares a request and its answer with the OpenAPI document:
// the answer is described, and a request that succeeded is allowed.
func checkDocumented(t *testing.T, request *http.Request, body string, a received) {
	t.Helper()
	_, router := document()
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
	// Lists with brackets are accepted, but not described.
	again.URL.RawQuery = listBrackets.ReplaceAllString(again.URL.RawQuery, "=")
	input := &openapi3filter.RequestValidationInput{Request: again, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil && a.status < 300 {
		t.Errorf("%s succeeded, but the document does not allow it: %v", a.what, err)
	}
	output := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: a.status, Header: a.header, Options: input.Options}
	output.SetBodyBytes(a.raw)
	if err := openapi3filter.ValidateResponse(context.Background(), output); err != nil {
		t.Errorf("%s answered %d other than described: %v\n%s", a.what, a.status, err, a.raw)
	}
	checkHeaders(t, route.Operation, a)
}

// listBrackets match those behind the name of a list.
var listBrackets = regexp.MustCompile(`(\[|%5B)[0-9]*(\]|%5D)=`)

// commonHeaders are the ones that an operation need not describe.
var commonHeaders = []string{"Cache-Control", "Connection", "Content-Length", "Content-Type", "Date", "Strict-Transport-Security", "X-Content-Type-Options"}

// checkHeaders expects that every header but the common ones is described.
func checkHeaders(t *testing.T, op *openapi3.Operation, a received) {
	t.Helper()
	answer := op.Responses.Status(a.status)
	if answer == nil {
		return // checkDocumented has reported it
	}
	described := commonHeaders
	for name := range answer.Value.Headers {
		described = append(slices.Clip(described), http.CanonicalHeaderKey(name))
	}
	for name := range a.header {
		if !slices.Contains(described, name) {
			t.Errorf("%s answered %d with %s, which is not described", a.what, a.status, name)
		}
	}
}

// The thirteen operations of the public documentation, the first of them with two paths.
var documented = []string{
	"GET /customer/{customer_id}", "GET /customer", "PATCH /customer", "DELETE /customer", "PUT /customer/username", "PATCH /customer/username",
	"POST /customer/feedback", "POST /customer/{customer_id}/notification-channel", "GET /customer/{customer_id}/notification-channels",
	"PUT /customer/{customer_id}/notification-channel", "PATCH /customer/{customer_id}/notification-channel/verification",
	"DELETE /customer/{customer_id}/notification-channel", "POST /customer/{customer_id}/notification-channel/test",
	"PUT /customer/{customer_id}/notification-channel/enabled",
}

func TestDocumentIsValidAndMarksExtensions(t *testing.T) {
	doc, _ := document()
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

func TestDocumentIsUnderEveryPrefix(t *testing.T) {
	h := startServer(t)
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

// checkingHandler checks everything that goes through it against the OpenAPI
// document.
func checkingHandler(t *testing.T) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			rec := httptest.NewRecorder()
			next.ServeHTTP(rec, r)
			if !strings.HasSuffix(r.URL.Path, "/openapi.json") {
				checkDocumented(t, r, string(body), received{what: r.Method + " " + r.URL.Path, status: rec.Code, header: rec.Header(), raw: rec.Body.Bytes()})
			}
			maps.Copy(w.Header(), rec.Header())
			w.WriteHeader(rec.Code)
			w.Write(rec.Body.Bytes())
		})
	}
}
