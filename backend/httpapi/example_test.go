package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// oneAccount is a backend with one account and one token. A program would use
// backend/local here, which has both on a database.
type oneAccount struct {
	backend.Accounts
	backend.Tokens
}

const exampleToken = "ph_example"

func (oneAccount) Authenticate(_ context.Context, token string) (backend.Token, error) {
	if token != exampleToken {
		return backend.Token{}, backend.Errorf(backend.CodeUnauthorized, "This token is not valid.")
	}
	return backend.Token{ID: "1", Customer: "c03b02ec-244f-4d2c-8f68-3910071ed5c8", Scope: backend.ScopeSelf}, nil
}

func (oneAccount) View(customer string) backend.Backend {
	return backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		return backend.Profile{
			Customer: backend.Customer{ID: customer, Email: "ada@byron.example", Name: "Ada", Surname: "Byron", Role: backend.RoleRoot,
				CreatedAt: time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)},
			Organization: backend.Organization{Name: "Analytical Engines", Plan: backend.PlanTeam},
			Revision:     1,
		}, nil
	}}
}

// A server over a backend answers a request with a bearer token.
func ExampleNewHandler() {
	server := httptest.NewServer(httpapi.NewHandler(httpapi.ServerOptions{Accounts: oneAccount{}, Tokens: oneAccount{}}))
	defer server.Close()

	request, err := http.NewRequest("GET", server.URL+"/v1/customer", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	request.Header.Set("Authorization", "Bearer "+exampleToken)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer response.Body.Close()
	var answer struct {
		Message string
		Data    struct{ Customer struct{ Email string } }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(response.Status)
	fmt.Println(answer.Message)
	fmt.Println(answer.Data.Customer.Email)
	// Output:
	// 200 OK
	// This is the customer's profile.
	// ada@byron.example
}

// Dial finds out what a server has. Open then returns a backend.Backend of one
// account.
func ExampleDial() {
	server := httptest.NewServer(httpapi.NewHandler(httpapi.ServerOptions{Accounts: oneAccount{}, Tokens: oneAccount{}}))
	defer server.Close()

	ctx := context.Background()
	remote, err := httpapi.Dial(ctx, httpapi.ClientOptions{
		Server: server.URL,
		Token:  func(context.Context) (backend.Credential, error) { return exampleToken, nil },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	account, _, err := remote.Open(ctx, "") // the token's own account
	if err != nil {
		fmt.Println(err)
		return
	}
	profile, err := account.Profile(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(profile.Customer.FullName(), "of", profile.Organization.Name)
	// Output: Ada Byron of Analytical Engines
}
