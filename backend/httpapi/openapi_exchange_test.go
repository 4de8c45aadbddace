package httpapi_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/account-settings/pinghome/backend/httpapi"
)

// document is the OpenAPI document as the server sends it, with a router that
// finds its operations.
var document = sync.OnceValues(func() (*openapi3.T, routers.Router) {
	doc, err := openapi3.NewLoader().LoadFromData(documentText())
	if err != nil {
		panic(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	return doc, router
})

var documentText = sync.OnceValue(func() []byte {
	w := httptest.NewRecorder()
	httpapi.NewHandler(httpapi.ServerOptions{}).ServeHTTP(w, httptest.NewRequest("GET", "/openapi.json", nil))
	return w.Body.Bytes()
})

// schemas compiles the JSON schemas of the document, each once, by where they stand in it.
type schemas struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
}

var documentSchemas = sync.OnceValue(func() *schemas {
	content, err := jsonschema.UnmarshalJSON(bytes.NewReader(documentText()))
	if err != nil {
		panic(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020) // that of OpenAPI 3.1
	c.AssertFormat()
	if err := c.AddResource("https://example.org/openapi.json", content); err != nil {
		panic(err)
	}
	return &schemas{compiler: c}
})

// allows returns why a schema does not allow a JSON text; path is where the schema stands.
func (s *schemas) allows(text []byte, path ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	pointer := ""
	for _, key := range path {
		pointer += "/" + url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(key))
	}
	schema, err := s.compiler.Compile("https://example.org/openapi.json#" + pointer)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// checkDocumented compares a request and its answer with the OpenAPI document:
// the answer is described, and a request that succeeded is allowed.
func checkDocumented(t *testing.T, request *http.Request, body string, a received) {
	t.Helper()
	for _, err := range undocumented(request, body, a) {
		t.Errorf("%s answered %d: %v\n%s", a.what, a.status, err, a.raw)
	}
}

// undocumented is what the document does not allow of a request and its answer.
func undocumented(request *http.Request, body string, a received) (faults []error) {
	_, router := document()
	route, params, err := router.FindRoute(request)
	if err != nil || request.Method == http.MethodHead {
		if a.status < 400 && request.Method != http.MethodHead {
			return []error{err}
		}
		return nil
	}
	again := request.Clone(context.Background())
	// Lists with brackets are accepted, but not described.
	again.URL.RawQuery = listBrackets.ReplaceAllString(again.URL.RawQuery, "=")
	input := &openapi3filter.RequestValidationInput{Request: again, PathParams: params, Route: route, Options: &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, ExcludeRequestBody: true, ExcludeResponseBody: true}}
	if a.status < 300 {
		faults = append(faults, openapi3filter.ValidateRequest(context.Background(), input), undocumentedBody(route, body))
	}
	faults = append(faults, openapi3filter.ValidateResponse(context.Background(),
		&openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: a.status, Header: a.header, Options: input.Options}))
	answer := route.Operation.Responses.Status(a.status)
	if answer == nil {
		return slices.DeleteFunc(faults, isNil)
	}
	faults = append(faults, undocumentedAnswer(route, answer.Value, a), undocumentedHeader(answer.Value, a))
	return slices.DeleteFunc(faults, isNil)
}

func isNil(err error) bool { return err == nil }

// undocumentedBody tells what is wrong with the body of a request. The document names one of
// the JSON types.
func undocumentedBody(route *routers.Route, body string) error {
	switch described := route.Operation.RequestBody; {
	case described == nil, body == "" && !described.Value.Required:
		return nil
	}
	return documentSchemas().allows([]byte(body), "paths", route.Path, strings.ToLower(route.Method), "requestBody", "content", "application/json", "schema")
}

// undocumentedAnswer tells what is wrong with the type and the body of an answer.
func undocumentedAnswer(route *routers.Route, answer *openapi3.Response, a received) error {
	kind := a.header.Get("Content-Type")
	switch {
	case len(answer.Content) == 0 && (kind != "" || len(a.raw) > 0):
		return errors.New("the document describes no body")
	case len(answer.Content) == 0:
		return nil
	case answer.Content[kind] == nil:
		return fmt.Errorf("the document does not describe the type %q", kind)
	}
	path := []string{"paths", route.Path, strings.ToLower(route.Method), "responses", strconv.Itoa(a.status)}
	if name, isShared := strings.CutPrefix(route.Operation.Responses.Status(a.status).Ref, "#/components/responses/"); isShared {
		path = []string{"components", "responses", name}
	}
	return documentSchemas().allows(a.raw, append(path, "content", kind, "schema")...)
}

// commonHeaders are the ones that an operation need not describe.
var commonHeaders = []string{"Cache-Control", "Connection", "Content-Length", "Content-Type", "Date", "Strict-Transport-Security", "X-Content-Type-Options"}

// undocumentedHeader tells of headers that are neither described nor common.
func undocumentedHeader(answer *openapi3.Response, a received) error {
	described := commonHeaders
	for name := range answer.Headers {
		described = append(slices.Clip(described), http.CanonicalHeaderKey(name))
	}
	for name := range a.header {
		if !slices.Contains(described, name) {
			return fmt.Errorf("the header %s is not described", name)
		}
	}
	return nil
}

// listBrackets match those behind the name of a list.
var listBrackets = regexp.MustCompile(`(\[|%5B)[0-9]*(\]|%5D)=`)

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
