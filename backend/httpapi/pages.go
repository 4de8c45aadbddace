package httpapi

import (
	"net/http"

	"github.com/account-settings/pinghome/backend"
)

// registerPages adds what is not part of the API: the document about it, and
// what a supervisor asks.
func (h *handler) registerPages() {
	page := func(path string, do func(http.ResponseWriter, *http.Request) error) {
		h.mux.Handle(path, h.handle(func(w http.ResponseWriter, r *http.Request) error {
			if !isRead(r.Method) {
				w.Header().Set("Allow", "GET, HEAD")
				return backend.Errorf(codeBadMethod, "%.20s cannot be done here. Use GET, HEAD.", r.Method)
			}
			return do(w, r)
		}))
	}
	page("/openapi.json", h.getDocument)
	for _, prefix := range prefixes {
		page(prefix+"/openapi.json", h.getDocument) // for a server behind a proxy that passes one prefix on
	}
	page("/healthz", func(w http.ResponseWriter, _ *http.Request) error {
		writeBody(w, http.StatusOK, "application/json", []byte(`{"status":"ok"}`+"\n"))
		return nil
	})
	page("/readyz", h.getReady)
	h.mux.Handle("/", h.handle(func(http.ResponseWriter, *http.Request) error { return errNoPage() }))
}

// getReady says whether requests are welcome: the server is not about to
// stop, and the accounts can be asked.
func (h *handler) getReady(w http.ResponseWriter, r *http.Request) error {
	if h.isStopping.Load() {
		return errStopping
	}
	// An empty word opens the oldest account, in one query; there may be none yet.
	if _, _, err := h.Accounts.Open(r.Context(), ""); err != nil && backend.ErrorCode(err) != backend.CodeNotFound {
		return err
	}
	writeBody(w, http.StatusOK, "application/json", []byte(`{"status":"ready"}`+"\n"))
	return nil
}

func (h *handler) getDocument(w http.ResponseWriter, _ *http.Request) error {
	writeBody(w, http.StatusOK, "application/json", document())
	return nil
}
