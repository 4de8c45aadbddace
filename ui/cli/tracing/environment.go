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

// destination is where traces go.
type destination struct {
	url     string
	headers http.Header
	timeout time.Duration
	isGzip  bool
}

// wrong is the sentence about a variable.
func wrong(variable string, getenv func(string) string, right string) error {
	return fmt.Errorf("$%s is %q; %s", variable, getenv(variable), right)
}

// either returns the variable for traces, else that for everything, with its value; a value that is empty is none.
func either(getenv func(string) string, what string) (variable, value string) {
	for _, variable = range []string{"OTEL_EXPORTER_OTLP_TRACES_" + what, "OTEL_EXPORTER_OTLP_" + what} {
		if value = strings.TrimSpace(getenv(variable)); value != "" {
			return variable, value
		}
	}
	return variable, ""
}

// destinationOf reads where traces go from the environment; nil for nowhere, as without any variable.
func destinationOf(getenv func(string) string) (*destination, error) {
	endpointVariable, endpoint := either(getenv, "ENDPOINT")
	exporter := strings.TrimSpace(getenv("OTEL_TRACES_EXPORTER"))
	switch {
	case strings.EqualFold(strings.TrimSpace(getenv("OTEL_SDK_DISABLED")), "true"), exporter == "none", exporter == "" && endpoint == "":
		return nil, nil
	case exporter != "" && exporter != "otlp":
		return nil, wrong("OTEL_TRACES_EXPORTER", getenv, "write otlp or none")
	}
	if variable, protocol := either(getenv, "PROTOCOL"); protocol != "" && protocol != "http/protobuf" {
		return nil, wrong(variable, getenv, "this program speaks http/protobuf only")
	}
	for _, file := range []string{"CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY"} {
		if variable, path := either(getenv, file); path != "" {
			return nil, wrong(variable, getenv, "this program takes the certificates of the system; leave it out")
		}
	}
	d := &destination{timeout: usualTimeout, headers: http.Header{}}
	var err error
	if d.url, err = endpointOf(endpointVariable, endpoint, getenv); err != nil {
		return nil, err
	}
	return d, d.readRest(getenv)
}

// endpointOf is the whole address: that of traces as it is written, and the one for everything with a path.
func endpointOf(variable, endpoint string, getenv func(string) string) (string, error) {
	if endpoint == "" {
		return usualEndpoint + tracesPath, nil
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		const right = "write a web address, such as http://localhost:4318"
		if strings.ContainsAny(endpoint, "@?") { // there may be a secret in it
			return "", fmt.Errorf("$%s cannot be read; %s", variable, right)
		}
		return "", wrong(variable, getenv, right)
	}
	if !strings.Contains(variable, "TRACES") {
		u = u.JoinPath(tracesPath)
	}
	return u.String(), nil
}

// readRest reads headers, timeout and compression. A sentence does not repeat headers, which may have a secret.
func (d *destination) readRest(getenv func(string) string) error {
	variable, headers := either(getenv, "HEADERS")
	for pair := range strings.SplitSeq(headers, ",") {
		name, value, isPair := strings.Cut(strings.TrimSpace(pair), "=")
		text, err := url.PathUnescape(strings.TrimSpace(value))
		isClean := !strings.ContainsAny(text, "\r\n") && !strings.ContainsAny(strings.TrimSpace(name), " \r\n:")
		switch {
		case pair == "" && headers == "":
		case !isPair || name == "" || err != nil || !isClean:
			return fmt.Errorf("$%s cannot be read; write name=value, with commas between them", variable)
		default:
			d.headers.Set(strings.TrimSpace(name), text)
		}
	}
	if variable, text := either(getenv, "TIMEOUT"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > int(time.Hour.Milliseconds()) {
			return wrong(variable, getenv, "write milliseconds, such as 10000")
		}
		d.timeout = time.Duration(n) * time.Millisecond
	}
	variable, compression := either(getenv, "COMPRESSION")
	if d.isGzip = compression == "gzip"; !d.isGzip && compression != "" && compression != "none" {
		return wrong(variable, getenv, "write gzip or none")
	}
	return nil
}

// samplers are the values of OTEL_TRACES_SAMPLER.
var samplers = []string{"", "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"}

// checkSampler refuses what the library would take for its default.
func checkSampler(getenv func(string) string) error {
	name := strings.ToLower(strings.TrimSpace(getenv("OTEL_TRACES_SAMPLER")))
	if !slices.Contains(samplers, name) {
		return wrong("OTEL_TRACES_SAMPLER", getenv, "write one of "+strings.Join(samplers[1:], ", "))
	}
	share := strings.TrimSpace(getenv("OTEL_TRACES_SAMPLER_ARG"))
	if !strings.HasSuffix(name, "traceidratio") || share == "" {
		return nil
	}
	if ratio, err := strconv.ParseFloat(share, 64); err != nil || !(ratio >= 0 && ratio <= 1) {
		return wrong("OTEL_TRACES_SAMPLER_ARG", getenv, "write a share from 0 to 1, such as 0.1")
	}
	return nil
}
