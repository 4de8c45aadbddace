package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// What a refused caller is asked for (RFC 6750, 3): a token, or another one.
const (
	challenge        = `Bearer realm="pinghome"`
	challengeInvalid = challenge + `, error="invalid_token"`
)

// authenticate reads the bearer token (RFC 6750, 2.1). A token in a query or
// a body is not looked for: those end up in logs.
func (h *handler) authenticate(ctx context.Context, w http.ResponseWriter, r *http.Request) (backend.Token, error) {
	secret, isBearer := bearer(r.Header.Values("Authorization"))
	if !isBearer {
		w.Header().Set("WWW-Authenticate", challenge)
		return backend.Token{}, backend.Errorf(backend.CodeUnauthorized, "A token is missing. Send it in the header Authorization: Bearer YOUR_TOKEN.")
	}
	token, err := h.Tokens.Authenticate(ctx, secret)
	if backend.ErrorCode(err) == backend.CodeUnauthorized {
		w.Header().Set("WWW-Authenticate", challengeInvalid)
		// One sentence for wrong, expired and revoked: a guesser learns nothing.
		return backend.Token{}, backend.Errorf(backend.CodeUnauthorized, "This token is not valid, or not any more. Ask for a new one.")
	}
	return token, err
}

// bearer returns the one bearer token of the header's values.
func bearer(values []string) (secret string, ok bool) {
	if len(values) != 1 {
		return "", false
	}
	scheme, secret, ok := strings.Cut(strings.TrimSpace(values[0]), " ")
	secret = strings.TrimSpace(secret)
	return secret, ok && strings.EqualFold(scheme, "Bearer") && secret != "" && !strings.ContainsAny(secret, " \t,")
}
