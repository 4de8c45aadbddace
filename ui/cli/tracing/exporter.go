package tracing

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	v1 "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// client sends spans to a collector: OTLP over HTTP with protobuf. It is an otlptrace.Client. A batch that is
// not taken is lost: traces are not worth what it costs to keep them.
type client struct {
	destination
	log *slog.Logger

	mu   sync.Mutex
	told time.Time // when the log was told of lost spans; zero while none are lost
	lost int       // spans since then
}

// tellEvery is how long after a line in the log about lost spans there is another one.
const tellEvery = time.Minute

// Start is that of otlptrace.Client.
func (c *client) Start(context.Context) error { return nil }

// Stop is that of otlptrace.Client.
func (c *client) Stop(context.Context) error { return nil }

// UploadTraces sends a batch of spans.
func (c *client) UploadTraces(ctx context.Context, spans []*v1.ResourceSpans) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	err := c.post(ctx, spans)
	c.tell(spans, err)
	return err
}

// tell tells the log of spans that are lost, and when some are sent again.
func (c *client) tell(batch []*v1.ResourceSpans, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		if !c.told.IsZero() {
			c.log.Info("traces are sent again")
		}
		c.told, c.lost = time.Time{}, 0
		return
	}
	for _, from := range batch {
		for _, scope := range from.GetScopeSpans() {
			c.lost += len(scope.GetSpans())
		}
	}
	if c.told.IsZero() || time.Since(c.told) >= tellEvery {
		c.log.Warn("traces are lost, since they cannot be sent", "error", err.Error(), "spans", c.lost)
		c.told, c.lost = time.Now(), 0
	}
}

// post makes the request. TracesData has the bytes of ExportTraceServiceRequest, whose package needs gRPC.
func (c *client) post(ctx context.Context, spans []*v1.ResourceSpans) error {
	body, err := proto.Marshal(&v1.TracesData{ResourceSpans: spans})
	if err != nil {
		return err
	}
	if c.isGzip {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := w.Write(body); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		body = packed.Bytes()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header = c.headers.Clone()
	request.Header.Set("Content-Type", "application/x-protobuf")
	if c.isGzip {
		request.Header.Set("Content-Encoding", "gzip")
	}
	response, err := noRedirects.Do(request)
	if err != nil {
		return errors.Unwrap(err) // without the address, which may have a secret in it
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10) // so that the connection is used again
	if response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("the collector answered %d", response.StatusCode)
	}
	return nil
}

// noRedirects is a client that does not take headers elsewhere.
var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
