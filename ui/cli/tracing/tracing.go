// Package tracing follows requests through the program, for OpenTelemetry.
//
// It is the only room that knows OpenTelemetry, and belongs to the command, as ui/cli/metrics does. It is
// off unless the usual environment variables (environment.go) name where traces go. Then it is the Tracer
// of the API, and stands before the store and the senders (spans.go), so that these need not know it.
//
// exporter.go sends what was followed, by OTLP over HTTP with protobuf. It is a client of the module
// otlptrace, and not otlptracehttp: that one brings gRPC along, 3.3 MB of the program and 2 MiB of its
// memory also where nothing is followed.
package tracing

import (
	"context"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// stopTime is how long the last spans may take at the end of a server.
const stopTime = time.Second

// Tracing follows what a server does. It is safe for use by many goroutines.
type Tracing struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// Start begins to follow, where the environment says so; else it returns nil. version is that of the program.
// The log is told of variables that cannot be used, which count for none, and of spans that are lost, once a minute.
func Start(ctx context.Context, getenv func(string) string, version string, log *slog.Logger) (*Tracing, error) {
	variables := environment{getenv, func(sentence string) { log.Warn("a variable of traces is ignored", "reason", sentence) }}
	to := variables.destination()
	if to == nil {
		return nil, nil
	}
	variables.checkSampler()
	own := resource.WithAttributes(attribute.String("service.name", "pinghome"), attribute.String("service.version", version))
	from, err := resource.New(ctx, own, resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil { // it has those that could be read
		variables.wrong("OTEL_RESOURCE_ATTRIBUTES", "write name=value, with commas between them")
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) {})) // the client tells them
	exporter, err := otlptrace.New(ctx, &client{destination: *to, log: log})
	if err != nil {
		return nil, err
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(from)) // it drops what does not fit in its queue
	return &Tracing{provider: provider, tracer: provider.Tracer("github.com/account-settings/pinghome")}, nil
}

// Stop sends the spans that are left, for stopTime at most.
func (t *Tracing) Stop() {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // the client has told the log
}
