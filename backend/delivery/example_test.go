package delivery_test

import (
	"context"
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

// A message of a type without a sender is held in the inbox.
func ExampleRouter() {
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer router.Close()
	m := delivery.Message{ID: "1", Type: backend.TypeEmail, To: "ada@byron.example", Subject: "Hello", Body: "Hello, Ada."}
	receipt, err := router.Send(context.Background(), m)
	fmt.Println(router.HasSender(backend.TypeWebhook), router.HasSender(m.Type))
	fmt.Printf("held: %v, by the %s: %s, error: %v\n", receipt.Held, receipt.Provider, receipt.Status, err)
	// Output:
	// true false
	// held: true, by the inbox: held in the inbox, error: <nil>
}

// Check says why nothing could be sent to an address before it is saved.
func ExampleRouter_Check() {
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer router.Close()
	fmt.Println(router.Check(backend.TypeWebhook, "https://hooks.example.com/alerts"))
	fmt.Println(router.Check(backend.TypeWebhook, "https://user@hooks.example.com/alerts"))
	fmt.Println(router.Check(backend.TypeEmail, "nonsense")) // no sender, so any address can be saved
	// Output:
	// <nil>
	// Leave out the user name and password before the @.
	// <nil>
}

// The kind of an error decides whether and when there is another attempt.
func ExampleNextAttempt() {
	written := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	expires := written.Add(10 * time.Minute)                          // as a code does
	longest := func(most time.Duration) time.Duration { return most } // instead of a random wait
	for _, e := range []*delivery.Error{
		{Kind: delivery.Temporary, Provider: "smtp mail.example.org", Status: "451 try later"},
		{Kind: delivery.RateLimited, Provider: "twilio", Status: "answered 429", RetryAfter: time.Minute},
		{Kind: delivery.RateLimited, Provider: "twilio", Status: "answered 429", RetryAfter: time.Hour},
		{Kind: delivery.Permanent, Provider: "smtp mail.example.org", Status: "550 no such user"},
	} {
		at, giveUp := delivery.NextAttempt(1, written, written, expires, e, longest)
		if giveUp {
			fmt.Printf("%v: no other attempt\n", e)
			continue
		}
		fmt.Printf("%v: next attempt after %v\n", e, at.Sub(written))
	}
	// Output:
	// smtp mail.example.org: 451 try later: next attempt after 5s
	// twilio: answered 429: next attempt after 1m0s
	// twilio: answered 429: no other attempt
	// smtp mail.example.org: 550 no such user: no other attempt
}

// The error of a Sender is an *Error; any other counts as temporary, and its text
// is not shown.
func ExampleAsError() {
	refused := fmt.Errorf("sending: %w", &delivery.Error{Kind: delivery.Permanent, Provider: "kannel", Status: "answered 400"})
	other := fmt.Errorf("dial tcp 10.0.0.7:25: no route to host")
	for _, err := range []error{refused, other} {
		e := delivery.AsError(err)
		fmt.Println(e.Kind == delivery.Permanent, e)
	}
	// Output:
	// true kannel: answered 400
	// false sender: did not answer
}
