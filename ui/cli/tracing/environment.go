package tracing

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Where traces go without an endpoint, and how long a batch of spans may take (OpenTelemetry Protocol
// Exporter, version 1.x).
const (
	usualEndpoint = "http://localhost:4318"
	tracesPath    = "/v1/traces"
	usualTimeout  = 10 * time.Second
)

// environment is the variables. One that cannot be used is warned of and taken for none, as the specification of
// OpenTelemetry has it: a server is not kept from its work by them.
type environment struct {
	getenv func(string) string
	warn   func(sentence string)
}

// destination is where traces go.
type destination struct {
	url     string
	headers http.Header
	timeout time.Duration
	isGzip  bool
}

// wrong warns of a variable.
func (e environment) wrong(variable, right string) {
	e.warn(fmt.Sprintf("$%s is %q; %s", variable, e.getenv(variable), right))
}

// either returns the variable for traces, else that for everything, with its value; a value that is empty is none.
func (e environment) either(what string) (variable, value string) {
	for _, variable = range []string{"OTEL_EXPORTER_OTLP_TRACES_" + what, "OTEL_EXPORTER_OTLP_" + what} {
		if value = strings.TrimSpace(e.getenv(variable)); value != "" {
			return variable, value
		}
	}
	return variable, ""
}

// destination is where traces go; nil for nowhere, as without any variable.
func (e environment) destination() *destination {
	endpointVariable, endpoint := e.either("ENDPOINT")
	exporter := strings.ToLower(strings.TrimSpace(e.getenv("OTEL_TRACES_EXPORTER")))
	switch {
	case strings.EqualFold(strings.TrimSpace(e.getenv("OTEL_SDK_DISABLED")), "true"), exporter == "none", exporter == "" && endpoint == "":
		return nil
	case exporter != "" && exporter != "otlp":
		e.wrong("OTEL_TRACES_EXPORTER", "nothing is traced; write otlp or none")
		return nil
	}
	d := &destination{timeout: usualTimeout, headers: http.Header{}}
	if d.url = e.endpoint(endpointVariable, endpoint); d.url == "" {
		return nil
	}
	if variable, protocol := e.either("PROTOCOL"); protocol != "" && protocol != "http/protobuf" {
		e.wrong(variable, "this program speaks http/protobuf only, which the collector may take at another port")
	}
	for _, file := range []string{"CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY"} {
		if variable, path := e.either(file); path != "" {
			e.wrong(variable, "this program takes the certificates of the system")
		}
	}
	e.readHeaders(d)
	e.readRest(d)
	return d
}

// endpoint is the whole address: that of traces as it is written, and the one for everything with a path; "" for none.
func (e environment) endpoint(variable, endpoint string) string {
	if endpoint == "" {
		return usualEndpoint + tracesPath
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		const right = "nothing is traced; write a web address, such as http://localhost:4318"
		if strings.ContainsAny(endpoint, "@?") { // there may be a secret in it
			e.warn(fmt.Sprintf("$%s cannot be read; %s", variable, right))
		} else {
			e.wrong(variable, right)
		}
		return ""
	}
	if !strings.Contains(variable, "TRACES") {
		u = u.JoinPath(tracesPath)
	}
	return u.String()
}

// readHeaders reads the headers. A warning does not repeat them, since they may have a secret.
func (e environment) readHeaders(d *destination) {
	variable, headers := e.either("HEADERS")
	if headers == "" {
		return
	}
	for pair := range strings.SplitSeq(headers, ",") {
		name, value, isPair := strings.Cut(strings.TrimSpace(pair), "=")
		text, err := url.PathUnescape(strings.TrimSpace(value))
		name = strings.TrimSpace(name)
		if !isPair || name == "" || err != nil || strings.ContainsAny(text, "\r\n") || strings.ContainsAny(name, " \r\n:") {
			e.warn(fmt.Sprintf("$%s cannot be read; write name=value, with commas between them", variable))
			continue
		}
		d.headers.Set(name, text)
	}
}

// readRest reads timeout and compression.
func (e environment) readRest(d *destination) {
	if variable, text := e.either("TIMEOUT"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > int(time.Hour.Milliseconds()) {
			e.wrong(variable, "write milliseconds, such as 10000")
		} else {
			d.timeout = time.Duration(n) * time.Millisecond
		}
	}
	variable, compression := e.either("COMPRESSION")
	if d.isGzip = compression == "gzip"; !d.isGzip && compression != "" && compression != "none" {
		e.wrong(variable, "write gzip or none")
	}
}

// samplers are the values of OTEL_TRACES_SAMPLER.
var samplers = []string{"", "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"}

// checkSampler warns of what the library takes for its default.
func (e environment) checkSampler() {
	name := strings.ToLower(strings.TrimSpace(e.getenv("OTEL_TRACES_SAMPLER")))
	if !slices.Contains(samplers, name) {
		e.wrong("OTEL_TRACES_SAMPLER", "write one of "+strings.Join(samplers[1:], ", "))
	}
	share := strings.TrimSpace(e.getenv("OTEL_TRACES_SAMPLER_ARG"))
	if !strings.HasSuffix(name, "traceidratio") || share == "" {
		return
	}
	if ratio, err := strconv.ParseFloat(share, 64); err != nil || !(ratio >= 0 && ratio <= 1) {
		e.wrong("OTEL_TRACES_SAMPLER_ARG", "write a share from 0 to 1, such as 0.1")
	}
}
