package httpapi

import (
	"context"
	"net/http"
)

// Tracer follows requests through the program, for those who watch a server. It is safe for use by many
// goroutines.
type Tracer interface {
	// Begin begins a request. traceparent is that of the caller, "" for none. The context that it
	// returns is that of everything the request does, and the traceparent what is passed on.
	Begin(r *http.Request, traceparent string) (ctx context.Context, passedOn string, ended func(Traced))
}

// Traced is a request that has ended.
type Traced struct {
	Operation string // as Observer has it
	Route     string // the pattern of the path; "" for none
	Method    string // OtherMethod for one that is not usual
	Status    int
}

// trace begins to follow a request, where there is a tracer; ended is called at its end, with the request
// that is returned.
func (h *handler) trace(w *recorder, r *http.Request) (traced *http.Request, ended func()) {
	if h.Tracer == nil {
		return r, func() {}
	}
	ctx, passedOn, done := h.Tracer.Begin(r, w.traceparent)
	w.traceparent = passedOn
	traced = r.WithContext(ctx)
	return traced, func() {
		operation, status := w.outcome()
		done(Traced{Operation: operation, Route: traced.Pattern, Method: knownMethod(r.Method), Status: status})
	}
}

// traceparentOf is what a request passes on, "" for none.
func traceparentOf(w http.ResponseWriter) string {
	if rec, isRecorder := w.(*recorder); isRecorder {
		return rec.traceparent
	}
	return ""
}
