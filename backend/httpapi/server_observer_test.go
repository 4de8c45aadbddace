package httpapi_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend/httpapi"
)

// observer remembers what it was told.
type observer struct {
	mu       sync.Mutex
	inFlight int
	ended    []string // operation and status
	refused  []httpapi.Limit
}

func (o *observer) RequestBegan() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inFlight++
}

func (o *observer) RequestEnded(operation string, status int, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inFlight--
	o.ended = append(o.ended, fmt.Sprint(operation, " ", status))
}

func (o *observer) Refused(by httpapi.Limit) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.refused = append(o.refused, by)
}

// TestAnObserverIsToldOfRequests, with the operation and never with what a caller wrote.
func TestAnObserverIsToldOfRequests(t *testing.T) {
	told := new(observer)
	h := startServer(t, func(o *httpapi.ServerOptions) {
		o.Observer, o.TokenRate, o.ChangesPerDay = told, httpapi.Rate{PerSecond: 0.1, Burst: 7}, 1
	})
	g := h.as(john)
	for _, request := range []struct {
		method, path, body, tells string
	}{
		{"GET", "/customer", "", "getOwnCustomer 200"},
		{"HEAD", "/customer", "", "getOwnCustomer 200"},
		{"PATCH", "/customer", `{"name": "Jane"}`, "updateCustomer 200"},
		{"PATCH", "/customer", `{"name": "Jim"}`, "updateCustomer 429"},
		{"PATCH", "/customer", `{`, "updateCustomer 400"},
		{"POST", "/customer", "", "other 405"},
		{"GET", "/customer/" + john + "/hidden", "", "other 404"},
		{"GET", "/customer/" + unknownID, "", "getCustomer 404"},
		{"GET", "/customer/" + john, "", "getCustomer 200"},
		{"GET", "/customer", "", "getOwnCustomer 429"},
	} {
		g.do(request.method, request.path, request.body)
		if last := told.ended[len(told.ended)-1]; last != request.tells {
			t.Errorf("%s %s: told of %s, want %s", request.method, request.path, last, request.tells)
		}
	}
	if want := []httpapi.Limit{httpapi.LimitChanges, httpapi.LimitToken}; !slices.Equal(told.refused, want) {
		t.Errorf("told of refusals by %v, want %v", told.refused, want)
	}
	if told.inFlight != 0 {
		t.Errorf("%d requests are in flight", told.inFlight)
	}
}
