package httpapi

import (
	"net/http"

	"github.com/account-settings/pinghome/backend"
)

// getHealth says that the server runs.
func (h *handler) getHealth(w http.ResponseWriter, _ *http.Request) error {
	writeBody(w, http.StatusOK, "application/json", []byte(`{"status":"ok"}`+"\n"))
	return nil
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
	writeBody(w, http.StatusOK, "application/json", h.document())
	return nil
}
