//go:build unix

package cli

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	v1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// collector takes traces as an OpenTelemetry collector does.
type collector struct {
	*httptest.Server
	mu       sync.Mutex
	received []*v1.ResourceSpans
	headers  []http.Header
}

func newCollector(t *testing.T) *collector {
	c := new(collector)
	c.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		from, err := io.Reader(r.Body), error(nil)
		if r.Header.Get("Content-Encoding") == "gzip" {
			from, err = gzip.NewReader(r.Body)
		}
		var body []byte
		if err == nil {
			body, err = io.ReadAll(from)
		}
		var data v1.TracesData
		if err == nil {
			err = proto.Unmarshal(body, &data)
		}
		if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" {
			t.Errorf("%s got %v, %v", r.URL.Path, r.Header, err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.received, c.headers = append(c.received, data.ResourceSpans...), append(c.headers, r.Header)
	}))
	t.Cleanup(c.Close)
	return c
}

// spans are those that were received, by name.
func (c *collector) spans() map[string]*v1.Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	byName := map[string]*v1.Span{}
	for _, from := range c.received {
		for _, scope := range from.ScopeSpans {
			for _, span := range scope.Spans {
				byName[span.Name] = span
			}
		}
	}
	return byName
}

// serveTraced starts a server with variables, and returns its address and how it is stopped.
func (h home) serveTraced(log io.Writer, variables []string, args ...string) (address string, stop func()) {
	h.t.Helper()
	server := h.command(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	server.Env, server.Stderr = append(server.Env, variables...), log
	address = startServer(h.t, server)
	return address, func() { h.stopServer(server) }
}

func (h home) stopServer(server *exec.Cmd) {
	h.t.Helper()
	server.Process.Signal(syscall.SIGTERM)
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		h.t.Errorf("the server ended with %v", state)
	}
}

const (
	callersTrace  = "0af7651916cd43dd8448eb211c80319c"
	callersParent = "00-" + callersTrace + "-b7ad6b7169203331-01"
)

// TestTracesOfAServer: a request, its transactions and its message, with nothing of the person.
func TestTracesOfAServer(t *testing.T) {
	for _, compression := range []string{"none", "gzip"} {
		t.Run(compression, func(t *testing.T) { tracesOfAServer(t, "OTEL_EXPORTER_OTLP_COMPRESSION="+compression) })
	}
}

func tracesOfAServer(t *testing.T, compression string) {
	h, c := home{t, t.TempDir()}, newCollector(t)
	token := h.createAccount()
	hook := newWebhookReceiver(t)
	h.writeFile("config.toml", webhookConfig)
	address, stop := h.serveTraced(nil, []string{compression, "OTEL_EXPORTER_OTLP_ENDPOINT=" + c.URL, "OTEL_EXPORTER_OTLP_HEADERS=api-key=secret%20word", "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=here"}, "--config", "config.toml")
	account := addHook(t, address, token, "http://"+hook.address+"/hidden")
	send(t, "BREW", address+"/nothing", token, "")
	send(t, "DELETE", account+"/notification-channel?priority=99", token, "")
	if passedOn := (<-hook.received).header.Get("Traceparent"); !strings.Contains(passedOn, callersTrace) || passedOn == callersParent {
		t.Errorf("the webhook carries %q", passedOn)
	}
	stop()
	wantSpans(t, c)
	said := ""
	for _, r := range c.received {
		said += r.String()
	}
	for _, has := range []string{"http.route", "/v1/customer/{customer_id}/notification-channel", "http.response.status_code", "pinghome", "service.version", "deployment.environment.name", "db.system.name", "sqlite", "_OTHER", "not_found"} {
		if !strings.Contains(said, has) {
			t.Errorf("it does not say %s", has)
		}
	}
	for _, hidden := range []string{token, "byron", "Ada", "hidden", "127.0.0.1", h.dir} {
		if strings.Contains(said, hidden) {
			t.Errorf("it says %q", hidden)
		}
	}
	if key := c.headers[0].Get("Api-Key"); key != "secret word" {
		t.Errorf("the header is %q", key)
	}
}

// addHook adds a webhook, as a part of the caller's trace, and returns where the account is.
func addHook(t *testing.T, address, token, to string) (account string) {
	t.Helper()
	_, profile := send(t, "GET", address+"/v1/customer", token, "")
	account = address + "/v1/customer/" + regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`).FindString(profile)
	request, err := http.NewRequest("POST", account+"/notification-channel", strings.NewReader(`{"type": "webhook", "value": "`+to+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Traceparent", callersParent)
	response, err := http.DefaultClient.Do(request)
	if err != nil || response.StatusCode != 201 {
		t.Fatal(response, err)
	}
	response.Body.Close()
	return account
}

// wantSpans looks at the spans of addHook.
func wantSpans(t *testing.T, c *collector) {
	t.Helper()
	all := c.spans()
	made, change, sent := all["createChannel"], all["change"], all["send webhook"]
	if made == nil || change == nil || sent == nil || all["read"] == nil {
		t.Fatalf("the spans are %v", all)
	}
	if hex.EncodeToString(made.TraceId) != callersTrace || hex.EncodeToString(made.ParentSpanId) != "b7ad6b7169203331" || made.Kind != v1.Span_SPAN_KIND_SERVER {
		t.Errorf("the request is %v", made)
	}
	if len(sent.Links) != 1 || hex.EncodeToString(sent.Links[0].TraceId) != callersTrace || sent.Kind != v1.Span_SPAN_KIND_CLIENT {
		t.Errorf("the attempt is %v", sent)
	}
	for _, from := range c.received {
		for _, scope := range from.ScopeSpans {
			for _, span := range scope.Spans {
				if span.GetStatus().GetCode() == v1.Status_STATUS_CODE_ERROR { // what customers are refused is none
					t.Errorf("%s is an error: %v", span.Name, span)
				}
			}
		}
	}
}

func TestWhereNothingIsFollowed(t *testing.T) {
	h, c := home{t, t.TempDir()}, newCollector(t)
	token := h.createAccount()
	for _, variables := range [][]string{nil, {"OTEL_SDK_DISABLED=true", "OTEL_EXPORTER_OTLP_ENDPOINT=" + c.URL},
		{"OTEL_TRACES_EXPORTER=none", "OTEL_EXPORTER_OTLP_ENDPOINT=" + c.URL}, {"OTEL_TRACES_SAMPLER=always_off", "OTEL_EXPORTER_OTLP_ENDPOINT=" + c.URL}} {
		address, stop := h.serveTraced(nil, variables)
		send(t, "GET", address+"/v1/customer", token, "")
		stop()
		if spans := c.spans(); len(spans) != 0 {
			t.Errorf("with %v it sent %v", variables, spans)
		}
	}
}

// TestACollectorThatIsAway, or hangs, keeps no request and no end of a server waiting; the log says it once.
func TestACollectorThatIsAway(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	hanging := make(chan struct{})
	c := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hanging }))
	defer c.Close()
	defer close(hanging)
	for endpoint, wanted := range map[string]int{"http://127.0.0.1:1": 1, c.URL + "/?key=hidden": 0} {
		logged := new(logBuffer)
		address, stop := h.serveTraced(logged, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint, "OTEL_EXPORTER_OTLP_TIMEOUT=60000"})
		for range 20 {
			if status, said := send(t, "GET", address+"/v1/customer", token, ""); status != 200 {
				t.Fatalf("answered %d %s", status, said)
			}
		}
		stop()
		if n := strings.Count(logged.String(), "traces are lost"); n > 1 || n < wanted || strings.Contains(logged.String(), "hidden") {
			t.Errorf("the log says it %d times:\n%s", n, logged)
		}
	}
}

// TestVariablesOfTracesThatAreWrong are warned of and ignored: the server starts.
func TestVariablesOfTracesThatAreWrong(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	for variable, says := range map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318":                 `$OTEL_EXPORTER_OTLP_ENDPOINT is "localhost:4318"; nothing is traced; write a web address`,
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://":                 "$OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is",
		"OTEL_EXPORTER_OTLP_ENDPOINT=htp://ada:secret@c.example":     "$OTEL_EXPORTER_OTLP_ENDPOINT cannot be read; nothing is traced; write a web address",
		"OTEL_TRACES_EXPORTER=zipkin":                                "nothing is traced; write otlp or none",
		"OTEL_EXPORTER_OTLP_PROTOCOL=grpc":                           "this program speaks http/protobuf only",
		"OTEL_EXPORTER_OTLP_HEADERS=secret":                          "$OTEL_EXPORTER_OTLP_HEADERS cannot be read",
		"OTEL_EXPORTER_OTLP_TIMEOUT=10s":                             "write milliseconds",
		"OTEL_EXPORTER_OTLP_COMPRESSION=zip":                         "write gzip or none",
		"OTEL_EXPORTER_OTLP_CERTIFICATE=ca.pem":                      "certificates of the system",
		"OTEL_TRACES_SAMPLER=sometimes":                              "write one of always_on",
		"OTEL_RESOURCE_ATTRIBUTES=nonsense":                          "write name=value",
		"OTEL_TRACES_SAMPLER_ARG=2 OTEL_TRACES_SAMPLER=traceidratio": "write a share from 0 to 1",
	} {
		logged := new(logBuffer)
		address, stop := h.serveTraced(logged, append([]string{"OTEL_TRACES_EXPORTER=otlp"}, strings.Fields(variable)...))
		if status, said := send(t, "GET", address+"/v1/customer", token, ""); status != 200 {
			t.Errorf("with %s it answered %d %s", variable, status, said)
		}
		stop()
		said := strings.ReplaceAll(logged.String(), `\"`, `"`)
		if strings.Count(said, "a variable of traces is ignored") != 1 || !strings.Contains(said, says) || strings.Contains(said, "secret") {
			t.Errorf("with %s the log says %s", variable, said)
		}
	}
}
