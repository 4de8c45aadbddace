package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/command"
)

// noAccount is the account of requests that are about none: an id that no account has.
const noAccount = "00000000-0000-0000-0000-000000000000"

// callInProcess answers requests of the API as a server on this database would, without one. Who may open
// the database may use all accounts in it, as an operator.
func callInProcess(accounts *local.Accounts, account string) func(context.Context, command.Request) (command.Answer, error) {
	return func(ctx context.Context, r command.Request) (command.Answer, error) {
		perToken, perAddress := httpapi.Rates(0)
		handler := httpapi.NewHandler(httpapi.ServerOptions{Accounts: accounts, Tokens: ownToken{accounts, account},
			TokenRate: perToken, AddressRate: perAddress, ChangesPerDay: -1})
		request, err := http.NewRequestWithContext(ctx, r.Method, "http://localhost"+r.Path, bytes.NewReader(r.Body))
		if err != nil {
			return command.Answer{}, backend.Errorf(backend.CodeInvalid, "This cannot be requested: %v.", err)
		}
		if r.Body != nil {
			request.Header.Set("Content-Type", "application/json")
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			request.Header.Set("Idempotency-Key", rand.Text()) // a commit whose answer is lost is looked for then
		}
		for name, values := range r.Header {
			request.Header[http.CanonicalHeaderKey(name)] = values
		}
		request.Header.Set("Authorization", "Bearer own")
		answer := answerKept{header: http.Header{}, status: http.StatusOK}
		handler.ServeHTTP(&answer, request)
		if r.Method == http.MethodHead {
			answer.body.Reset() // as net/http leaves it out
		}
		return command.Answer{Status: answer.status, Header: answer.header, Body: answer.body.Bytes()}, nil
	}
}

// ownToken is a token of a request in this process: it has the right that the person at the shell has.
type ownToken struct {
	*local.Accounts
	account string
}

// Authenticate takes every request for the person at the shell.
func (t ownToken) Authenticate(context.Context, string) (backend.Token, error) {
	return backend.Token{ID: "shell", Customer: t.account, Scope: backend.ScopeOperator}, nil
}

// answerKept is an answer that is kept in memory.
type answerKept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answerKept) Header() http.Header            { return a.header }
func (a *answerKept) WriteHeader(status int)         { a.status = status }
func (a *answerKept) Write(part []byte) (int, error) { return a.body.Write(part) }
