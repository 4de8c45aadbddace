package tracing

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/storage"
)

// header is how a traceparent is read and written (W3C Trace Context).
const header = "traceparent"

var contexts propagation.TraceContext

// remote is a context in the trace of a traceparent; "" changes nothing.
func remote(ctx context.Context, traceparent string) context.Context {
	return contexts.Extract(ctx, propagation.MapCarrier{header: traceparent})
}

// Begin is that of httpapi.Tracer. The names of attributes are the semantic conventions' for HTTP servers.
func (t *Tracing) Begin(r *http.Request, traceparent string) (ctx context.Context, passedOn string, ended func(httpapi.Traced)) {
	ctx, span := t.tracer.Start(remote(r.Context(), traceparent), httpapi.OtherOperation, trace.WithSpanKind(trace.SpanKindServer))
	carrier := propagation.MapCarrier{}
	contexts.Inject(ctx, carrier)
	return ctx, carrier[header], func(request httpapi.Traced) {
		span.SetName(request.Operation)
		method := request.Method
		if method == httpapi.OtherMethod {
			method = "_OTHER"
		}
		span.SetAttributes(attribute.String("http.request.method", method), attribute.Int("http.response.status_code", request.Status))
		if request.Operation != httpapi.OtherOperation && request.Route != "" { // a path that has nothing has no route
			span.SetAttributes(attribute.String("http.route", request.Route))
		}
		if request.Status >= http.StatusInternalServerError {
			span.SetAttributes(attribute.String("error.type", strconv.Itoa(request.Status)))
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// end ends a span with the code of an error: its sentence may name values and addresses. isFault: it is one of this side.
func end(span trace.Span, code string, isFault bool) {
	if code != "" {
		span.SetAttributes(attribute.String("error.type", code))
	}
	if isFault {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

// isFault reports whether an error is none of those that customers make, such as a wrong code: it is answered 5xx.
func isFault(err error) bool {
	i := slices.IndexFunc(backend.Refusals, func(r backend.Refusal) bool { return r.Code == backend.ErrorCode(err) })
	return err != nil && (i < 0 || backend.Refusals[i].Status >= http.StatusInternalServerError)
}

// Transactions is a store whose transactions are spans, where they belong to one: those of the worker, which
// looks for messages every now and then, do not.
type Transactions struct {
	Store interface {
		Read(ctx context.Context, fn func(*storage.Tx) error) error
		ReadOne(ctx context.Context, fn func(*storage.Tx) error) error
		Change(ctx context.Context, account string, fn func(*storage.Tx) error) error
	}
	Tracing *Tracing
	System  string // "sqlite" or "postgresql"
}

// Read is that of storage.Store.
func (s Transactions) Read(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.follow(ctx, "read", func(ctx context.Context) error { return s.Store.Read(ctx, fn) })
}

// ReadOne is that of storage.Store.
func (s Transactions) ReadOne(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.follow(ctx, "read", func(ctx context.Context) error { return s.Store.ReadOne(ctx, fn) })
}

// Change is that of storage.Store.
func (s Transactions) Change(ctx context.Context, account string, fn func(*storage.Tx) error) error {
	return s.follow(ctx, "change", func(ctx context.Context) error { return s.Store.Change(ctx, account, fn) })
}

func (s Transactions) follow(ctx context.Context, name string, run func(context.Context) error) error {
	if !trace.SpanContextFromContext(ctx).IsValid() {
		return run(ctx)
	}
	ctx, span := s.Tracing.tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attribute.String("db.system.name", s.System)))
	err := run(ctx)
	end(span, string(backend.ErrorCode(err)), isFault(err))
	return err
}

// Senders are senders whose attempts are spans. One for which a request waits belongs to it; another one has a
// trace of its own, with a link to the request that wrote the message.
type Senders struct {
	*delivery.Router
	Tracing *Tracing
}

// kinds are the names of what keeps a message from being sent.
var kinds = map[delivery.ErrorKind]string{delivery.Temporary: "temporary", delivery.Permanent: "permanent",
	delivery.RateLimited: "rate_limited", delivery.Unknown: "unknown"}

// Send is that of delivery.Sender.
func (s Senders) Send(ctx context.Context, m delivery.Message) (delivery.Receipt, error) {
	options := []trace.SpanStartOption{trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
		attribute.String("pinghome.channel.type", string(m.Type)), attribute.String("pinghome.message.kind", string(m.Kind)))}
	if wrote := trace.SpanContextFromContext(remote(context.Background(), m.Traceparent)); wrote.IsValid() && !trace.SpanContextFromContext(ctx).IsValid() {
		options = append(options, trace.WithLinks(trace.Link{SpanContext: wrote}))
	}
	ctx, span := s.Tracing.tracer.Start(ctx, "send "+string(m.Type), options...)
	receipt, err := s.Router.Send(ctx, m)
	code := ""
	if err != nil {
		code = kinds[delivery.AsError(err).Kind]
	}
	end(span, code, err != nil)
	return receipt, err
}
