package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// call is one request that is known to be allowed: who asks, about whose
// account, and with what.
type call struct {
	*handler
	form
	request  *http.Request
	query    url.Values
	token    backend.Token
	customer string          // whose account
	view     backend.Backend // of that account; nil where the operation is about no single one
}

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
// account, the body. Fields, state and the rates of the contract, such as the
// wait between two codes, are up to the handler.
//
// The limits on requests are not among those, and come as early as they can,
// since they protect the server: the one of an address before the token is
// looked up (see handle), the one of a token as soon as it is known. So a
// flood is answered 429 where one request would be 401 or 404.
func (h *handler) answer(ctx context.Context, o *operation, w http.ResponseWriter, r *http.Request) (reply, error) {
	token, err := h.authenticate(ctx, w, r)
	if err != nil {
		return reply{}, err
	}
	noteToken(w, token.ID)
	if err := h.perToken.take(token.ID, h.Now()); err != nil {
		return reply{}, err
	}
	c := &call{handler: h, request: r, token: token}
	if err := c.locate(ctx, o); err != nil {
		return reply{}, err
	}
	body, err := c.read(o, w)
	if err != nil {
		return reply{}, err
	}
	if o.role == roleCommand {
		if ctx, err = c.command(ctx, o, body); err != nil {
			return reply{}, err
		}
	}
	p, err := o.do(c, ctx)
	p.status = o.status
	if backend.ErrorCode(err) == backend.CodeUnauthorized && c.customer != token.Customer {
		return reply{}, errNoCustomer() // an operator's token is fine; the account has just gone
	}
	return p, err
}

// locate finds the account: the one in the path, the one an operator names,
// or the token's own. Whoever may not see an account cannot tell it from one
// that is not there.
func (c *call) locate(ctx context.Context, o *operation) error {
	switch o.subject {
	case allAccounts:
		if c.token.Scope != backend.ScopeOperator {
			return errNoPage()
		}
		return nil
	case accountInURL:
		c.customer = c.request.PathValue("customer_id")
	case ownAccount:
		c.customer = c.token.Customer
		if named := c.request.Header.Values(headerCustomer); len(named) > 0 {
			c.customer = strings.TrimSpace(strings.Join(named, ","))
		}
	}
	if c.customer = strings.ToLower(c.customer); c.customer == c.token.Customer {
		c.view = c.Tokens.View(c.customer)
		return nil
	}
	// Open takes more than ids, an email or nothing at all, and those are no names here.
	if _, err := uuid.Parse(c.customer); err != nil || len(c.customer) != 36 || c.token.Scope != backend.ScopeOperator {
		return errNoCustomer()
	}
	view, _, err := c.Accounts.Open(ctx, c.customer)
	if backend.ErrorCode(err) == backend.CodeNotFound {
		return errNoCustomer()
	}
	c.view = view
	return err
}

// read takes the query and, where the operation has one, the body.
func (c *call) read(o *operation, w http.ResponseWriter) (body []byte, err error) {
	if o.body != nil {
		if body, err = c.receive(w, c.request); err != nil {
			return nil, err
		}
		if len(body) > 0 || !o.bodyIsOptional {
			if c.fields, err = decodeFields(body, o.body); err != nil {
				return nil, err
			}
		}
	}
	c.query, err = parseQuery(c.request.URL.RawQuery)
	c.Add("query", err)
	return body, nil
}

// command puts into the context what belongs to the change beside itself.
func (c *call) command(ctx context.Context, o *operation, body []byte) (context.Context, error) {
	command := backend.Command{TokenID: c.token.ID, Actor: "api:" + c.token.ID}
	if c.customer != c.token.Customer {
		command.Actor = "operator:" + c.token.ID
	}
	if keys := c.request.Header.Values(headerKey); len(keys) > 0 {
		command.Key = keys[0]
		c.Add(headerKey, checkKey(keys))
		path := strings.Replace(o.path, "{message_id}", c.request.PathValue("message_id"), 1)
		command.Fingerprint = fingerprint(c.request.Method, path, c.customer, c.query.Encode(), string(body))
	}
	if c.view != nil {
		var err error
		if command.IfRevision, err = ifRevision(ctx, c.request.Header, c.view); err != nil {
			return nil, err
		}
	}
	return backend.WithCommand(ctx, command), nil
}

// checkKey wants one key that is short and can be seen.
func checkKey(keys []string) error {
	const longest = 255
	isVisible := !strings.ContainsFunc(keys[0], func(r rune) bool { return r <= ' ' || r > '~' })
	if len(keys) != 1 || keys[0] == "" || len(keys[0]) > longest || !isVisible {
		return errors.New("Send one key of 1 to 255 visible ASCII characters, such as a UUID.")
	}
	return nil
}

// fingerprint is a hash of what is asked for. The prefix of the path is not
// part of it: every prefix means the same.
func fingerprint(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		io.WriteString(h, part)
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
