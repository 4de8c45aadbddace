package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// serve answers a request of one operation.
func (h *handler) serve(o *operation, w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), o.timeLimit())
	defer cancel()
	p, err := h.answer(ctx, o, w, r)
	if err != nil {
		return err
	}
	return writeReply(w, r, p)
}

// answer makes the checks in the order of the contract: the token, the
// account, the body. Fields, the state of the account and the contract's own
// limits, such as the wait between two codes, are checked by the handler.
//
// The limits on requests come as early as they can, since they protect the
// server: the one of an address before the token is looked up (see guard), the
// one of a token as soon as it is known. So with too many requests the answer
// is 429 where it would be 401 or 404.
func (h *handler) answer(ctx context.Context, o *operation, w http.ResponseWriter, r *http.Request) (reply, error) {
	token, err := h.authenticate(ctx, w, r)
	if err != nil {
		return reply{}, err
	}
	noteToken(w, token.ID)
	left, err := h.perToken.take(token.ID, h.Now())
	left.note(w)
	if err := h.observeRefusal(LimitToken, err); err != nil {
		return reply{}, err
	}
	c := &call{handler: h, request: r, operation: o, caller: callerOf(w), traceparent: traceparentOf(w), token: token}
	if err := c.findAccount(ctx, o); err != nil {
		return reply{}, err
	}
	body, err := c.read(o, w)
	if err != nil {
		return reply{}, err
	}
	if o.role == roleCommand {
		if ctx, err = c.withCommand(ctx, o, body); err != nil {
			return reply{}, err
		}
	}
	p, err := c.perform(ctx, o)
	p.status = o.status
	if o.role == roleCommand {
		h.changes.quotaOf(token.ID, h.Now()).note(w)
	}
	if backend.ErrorCode(err) == backend.CodeUnauthorized && c.account != token.Customer {
		return reply{}, errNoCustomer() // the operator's token is valid; the account was deleted just now
	}
	return p, err
}

// perform does what the operation is for. A change counts for the token's limit of a
// day, unless it is refused.
func (c *call) perform(ctx context.Context, o *operation) (reply, error) {
	if o.role != roleCommand {
		return o.do(c, ctx)
	}
	if err := c.observeRefusal(LimitChanges, c.changes.take(c.token.ID, c.Now())); err != nil {
		return reply{}, err
	}
	p, err := o.do(c, ctx)
	if code := backend.ErrorCode(err); err != nil && code != backend.CodeUnknownOutcome && code != backend.CodeInternal {
		c.changes.giveBack(c.token.ID)
	}
	return p, err
}

// authenticate reads the bearer token (RFC 6750, 2.1). A token in the query or
// in the body is not accepted: those end up in logs.
func (h *handler) authenticate(ctx context.Context, w http.ResponseWriter, r *http.Request) (backend.Token, error) {
	text, isBearer := bearerToken(r.Header.Values("Authorization"))
	if !isBearer {
		w.Header().Set("WWW-Authenticate", challenge)
		return backend.Token{}, backend.Errorf(backend.CodeUnauthorized, "A token is missing. Send it in the header Authorization: Bearer YOUR_TOKEN.")
	}
	token, err := h.Tokens.Authenticate(ctx, text)
	if backend.ErrorCode(err) == backend.CodeUnauthorized {
		w.Header().Set("WWW-Authenticate", challengeInvalid)
		// One sentence for wrong, expired and revoked tokens: guessing teaches nothing.
		return backend.Token{}, backend.Errorf(backend.CodeUnauthorized, "This token is not valid, or not any more. Ask for a new one.")
	}
	return token, err
}

// bearerToken returns the one bearer token in the values of the header
// Authorization.
func bearerToken(values []string) (token string, ok bool) {
	if len(values) != 1 {
		return "", false
	}
	scheme, token, ok := strings.Cut(strings.TrimSpace(values[0]), " ")
	token = strings.TrimSpace(token)
	return token, ok && strings.EqualFold(scheme, "Bearer") && token != "" && !strings.ContainsAny(token, " \t,")
}

// findAccount finds the account: the one in the path, the one that an operator
// names, or the token's own. An account that the token may not see is the same
// not_found as one that does not exist.
func (c *call) findAccount(ctx context.Context, o *operation) error {
	switch o.subject {
	case allAccounts:
		if c.token.Scope != backend.ScopeOperator {
			return errOnlyOperators()
		}
		return nil
	case accountInPath:
		c.account = c.request.PathValue("customer_id")
	case ownAccount:
		c.account = c.token.Customer
		if named := c.request.Header.Values(headerCustomer); len(named) > 0 {
			c.account = strings.TrimSpace(strings.Join(named, ","))
		}
	case noAccount: // its operations are pages, and do not come here
	}
	if c.account = strings.ToLower(c.account); c.account == c.token.Customer {
		c.view = c.Tokens.View(c.account)
		return nil
	}
	// Open accepts more than ids: an email, or nothing for the oldest account.
	if _, err := uuid.Parse(c.account); err != nil || len(c.account) != 36 || c.token.Scope != backend.ScopeOperator {
		return errNoCustomer()
	}
	view, _, err := c.Accounts.Open(ctx, c.account)
	if backend.ErrorCode(err) == backend.CodeNotFound {
		return errNoCustomer()
	}
	c.view = view
	return err
}

// read reads the query and, where the operation has one, the body.
func (c *call) read(o *operation, w http.ResponseWriter) (body []byte, err error) {
	if o.body != nil {
		if body, err = c.receive(w, c.request, c.token.ID); err != nil {
			return nil, err
		}
		if len(body) > 0 || !o.bodyIsOptional {
			if c.sent, err = decodeBody(body, o.body); err != nil {
				return nil, err
			}
		}
	}
	c.query, err = parseQuery(c.request.URL.RawQuery)
	c.Add("query", err)
	c.checkNotation(o)
	return body, nil
}

// withCommand puts into the context what comes with a change beside the change
// itself: actor, idempotency key and If-Match.
func (c *call) withCommand(ctx context.Context, o *operation, body []byte) (context.Context, error) {
	command := backend.Command{TokenID: c.token.ID, Actor: "api:" + c.token.ID}
	command.Traceparent = c.traceparent
	if c.caller.IsValid() {
		command.Address = c.caller.String()
	}
	if c.account != c.token.Customer {
		command.Actor = "operator:" + c.token.ID
	}
	if keys := c.request.Header.Values(headerKey); len(keys) > 0 {
		command.Key = keys[0]
		c.Add(headerKey, checkKey(keys))
		path := strings.Replace(o.path, "{message_id}", c.message(), 1)
		command.Fingerprint = fingerprint(c.request.Method, path, c.account, c.query.Encode(), string(body))
	}
	if c.view != nil {
		var err error
		if command.IfRevision, err = ifRevision(ctx, c.request.Header, c.view); err != nil {
			return nil, err
		}
	}
	return backend.WithCommand(ctx, command), nil
}

// checkKey accepts one key, short and of visible characters.
func checkKey(keys []string) error {
	const longest = 255
	isVisible := !strings.ContainsFunc(keys[0], func(r rune) bool { return r <= ' ' || r > '~' })
	if len(keys) != 1 || keys[0] == "" || len(keys[0]) > longest || !isVisible {
		return errors.New("Send one key of 1 to 255 visible ASCII characters, such as a UUID.")
	}
	return nil
}

// fingerprint is a hash of a request. The prefix of the path is not part of it:
// a request is the same under every prefix.
func fingerprint(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		_, _ = io.WriteString(h, part) // a hash takes everything
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

func errNoCustomer() error {
	return backend.Errorf(backend.CodeNotFound, "There is no such customer.")
}

func errNoPage() error {
	return backend.Errorf(backend.CodeNotFound, "There is nothing at this address. /openapi.json lists what there is.")
}

// errOnlyOperators is for an address that /openapi.json lists, and that is not there
// for the token.
func errOnlyOperators() error {
	return backend.Errorf(backend.CodeNotFound, "There is nothing at this address for a token of scope self; it needs one of scope operator.")
}
