package httpapi

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// PlainRequest is a request that is sent as it is.
type PlainRequest struct {
	Method string
	Path   string      // on the server, with its query; it begins with a slash
	Header http.Header // beside the usual ones, or in their place; without Authorization
	Body   []byte      // JSON; nil for none
	// Customer is the account that an operator acts for where the path names none; "" is the
	// token's own.
	Customer string
}

// PlainAnswer is the answer to it, of any status.
type PlainAnswer struct {
	Status int
	Header http.Header
	Body   []byte
}

// SendPlain sends a request once, with the token, and returns its answer, of any status. It
// follows no redirect. What is neither GET nor HEAD goes to the server that changes.
// Errors: invalid (the options), unauthorized (no token), offline (nothing was sent),
// unknown_outcome, unavailable (an answer that is too long).
func SendPlain(ctx context.Context, o ClientOptions, plain PlainRequest) (PlainAnswer, error) {
	o = o.withDefaults()
	base, err := o.plainBase(isRead(plain.Method))
	if err != nil {
		return PlainAnswer{}, err
	}
	r := &Remote{options: o, clients: newClients(o.HTTP, []*url.URL{base}, o.Timeouts.Connect)}
	request, err := r.plainRequest(ctx, strings.TrimRight(base.String(), "/")+plain.Path, plain)
	if err != nil {
		return PlainAnswer{}, err
	}
	response, err := r.clients.commands.Do(request)
	if err != nil {
		return PlainAnswer{}, plainError(ctx, plain, withoutAddress(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return PlainAnswer{}, plainError(ctx, plain, err)
	case len(body) > maxAnswer:
		return PlainAnswer{}, backend.Errorf(backend.CodeUnavailable, "The server's answer is too long to be read.")
	}
	return PlainAnswer{Status: response.StatusCode, Header: response.Header, Body: body}, nil
}

// plainBase is the address of the server that answers a request.
func (o ClientOptions) plainBase(isRead bool) (*url.URL, error) {
	switch {
	case o.Query == "" && o.Command == "":
		return parseAddress("The server's address", o.Server)
	case isRead:
		return parseAddress("The query address", o.Query)
	}
	return parseAddress("The command address", o.Command)
}

func (r *Remote) plainRequest(ctx context.Context, address string, plain PlainRequest) (*http.Request, error) {
	var body io.Reader
	if plain.Body != nil {
		body = bytes.NewReader(plain.Body)
	}
	request, err := http.NewRequestWithContext(ctx, plain.Method, address, body)
	if err != nil {
		return nil, backend.Errorf(backend.CodeInvalid, "This cannot be requested: %v.", withoutAddress(err))
	}
	request.GetBody = nil
	request.Header.Set("Accept", "application/json, application/problem+json")
	request.Header.Set("User-Agent", "pinghome")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if plain.Customer != "" {
		request.Header.Set(headerCustomer, plain.Customer)
	}
	if !isRead(plain.Method) {
		request.Header[strings.ToLower(headerKey)] = []string{uuid.NewString()} // see Remote.request
	}
	for name, values := range plain.Header {
		if strings.EqualFold(name, headerKey) {
			name = strings.ToLower(headerKey)
		} else {
			name = http.CanonicalHeaderKey(name)
		}
		request.Header[name] = values
	}
	if err := r.authorize(ctx, request); err != nil {
		return nil, requestError(err)
	}
	return request, nil
}

// plainError is the error of a request without a whole answer. What changes something may have been
// done, unless there was no connection.
func plainError(ctx context.Context, plain PlainRequest, err error) error {
	if isRead(plain.Method) || isNoConnection(err) {
		return offline(ctx, err)
	}
	return unknown(received{}, &lost{true, err})
}

// isNoConnection reports whether a request failed before there was a connection.
func isNoConnection(err error) bool {
	why := whyOffline(err)
	return why != "the connection broke" && why != "it did not answer in time"
}
