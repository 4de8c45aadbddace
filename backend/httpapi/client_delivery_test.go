package httpapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// The values of a customer with everything that a message can have behind it.
var (
	sentAt  = founded.Add(1234 * time.Millisecond)
	attempt = backend.Attempt{MessageID: "m1", Kind: backend.KindTest, At: sentAt, Outcome: backend.OutcomeDelayed, Provider: "smtp mail.example.org",
		Status: "451 4.7.1 come back later", Duration: 1502 * time.Millisecond}
	hook = backend.Channel{Type: backend.TypeWebhook, Value: "https://hook.example/", Priority: 3, CreatedAt: founded, UpdatedAt: founded,
		Failure: &backend.Failure{At: sentAt, Kind: backend.KindNotice, Provider: "webhook hook.example", Status: "410 Gone"},
		Proof: backend.Proof{AcceptedAt: founded, AcceptedBy: "webhook hook.example", SeenAt: sentAt, StaleAt: sentAt.Add(90 * 24 * time.Hour),
			WordSentAt: sentAt.Add(time.Hour)}}
	letter = backend.Message{ID: "m2", At: founded, Type: backend.TypeWebhook, To: "https://hook.example/", Kind: backend.KindTest, Subject: "A test", Body: "It says heron.",
		Word: "heron", State: backend.StateQueued, Provider: "webhook hook.example", Detail: "503", Attempts: 4, NextAt: sentAt}
)

// relay is a server of one customer, whose view is made of functions.
type relay struct{ fakes }

func (r relay) Open(context.Context, string) (backend.Backend, backend.AccountSummary, error) {
	return r.view, summaryOf(john), nil
}

func (relay) List(context.Context, string, int) ([]backend.AccountSummary, error) {
	return []backend.AccountSummary{summaryOf(john)}, nil
}

// overTheWire puts a server with this view at one end of a connection, and
// returns what the other end makes of it. What passes is held to the document.
func overTheWire(t *testing.T, view backendtest.Stub) (backend.Backend, *lines) {
	t.Helper()
	log := &lines{}
	view.ProfileFunc = agreeable(john).Profile
	r := relay{fakes{view: view}}
	server := httptest.NewServer(compared(t)(httpapi.NewHandler(httpapi.ServerOptions{Accounts: r, Tokens: r, Log: log.logger()})))
	t.Cleanup(server.Close)
	return open(t, dial(t, httpapi.ClientOptions{Server: server.URL, Token: bearing("t")}), ""), log
}

// same expects a value at this end to be the one at the other.
func same[T any](t *testing.T, want T) func(T, error) {
	return func(got T, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
	}
}

const wireSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// told is a view that knows of messages, and takes no command but those that
// the visit below sends.
func told(t *testing.T, created backend.Channel) backendtest.Stub {
	expect := func(ctx context.Context, isAsked bool) {
		if said := backend.CommandOf(ctx); !isAsked || said.Key == "" || said.IfRevision != 7 || !strings.HasPrefix(said.Actor, "api:") {
			t.Errorf("asked for something else: %v, %+v", isAsked, said)
		}
	}
	return backendtest.Stub{
		CreateChannelFunc: func(context.Context, backend.ChannelType, string) (backend.Channel, error) { return created, nil },
		UpdateChannelFunc: func(context.Context, int, string) (backend.ChannelUpdate, error) {
			return backend.ChannelUpdate{Channel: created, Changed: true}, nil
		},
		RevisionFunc: func(context.Context) (int64, error) { return 7, nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return []backend.Channel{created}, nil
		},
		MessagesFunc: func(context.Context, int) (backend.Inbox, error) {
			return backend.Inbox{Messages: []backend.Message{letter}, Total: 1}, nil
		},
		ChannelAttemptsFunc: func(_ context.Context, priority, limit int) ([]backend.Attempt, error) {
			if priority != 3 || limit != 30 {
				return nil, nil
			}
			return []backend.Attempt{attempt, {Kind: backend.KindUsername, Outcome: backend.OutcomeHeld, At: founded}}, nil
		},
		MessageAttemptsFunc: func(_ context.Context, id string) ([]backend.Attempt, error) {
			if id != "m/1 ?" {
				return nil, nil
			}
			return []backend.Attempt{attempt}, nil
		},
		ResendMessageFunc: func(ctx context.Context, id string) (backend.Message, error) {
			expect(ctx, id == "m1")
			return letter, nil
		},
		ConfirmReceiptFunc: func(ctx context.Context, priority int, word string) (backend.Channel, error) {
			expect(ctx, priority == 3 && word == " HERON ")
			return created, nil
		},
		RotateSecretFunc: func(ctx context.Context, priority int) (backend.SigningSecret, error) {
			expect(ctx, priority == 3)
			return backend.SigningSecret{Secret: wireSecret, OldUntil: sentAt}, nil
		},
	}
}

// TestWhatBecameOfMessagesPassesTheWire whole, both ways.
func TestWhatBecameOfMessagesPassesTheWire(t *testing.T) {
	created := hook
	created.Secret = wireSecret
	b, log := overTheWire(t, told(t, created))
	ctx := backend.WithCommand(t.Context(), backend.Command{IfRevision: 7})
	if why := b.Lacks(backend.FeatureDeliveries); why != "" {
		t.Errorf("it lacks them: %s", why)
	}
	same(t, created)(b.CreateChannel(ctx, backend.TypeWebhook, hook.Value))
	same(t, []backend.Channel{hook})(b.Channels(ctx, backend.ChannelFilter{}))
	same(t, backend.ChannelUpdate{Channel: hook, Changed: true})(b.UpdateChannel(ctx, 3, hook.Value))
	same(t, backend.Inbox{Messages: []backend.Message{letter}, Total: 1})(b.Messages(ctx, 5))
	same(t, []backend.Attempt{attempt, {Kind: backend.KindUsername, Outcome: backend.OutcomeHeld, At: founded}})(b.ChannelAttempts(ctx, 3, 30))
	same(t, []backend.Attempt{})(b.ChannelAttempts(ctx, 4, -1))
	same(t, []backend.Attempt{attempt})(b.MessageAttempts(ctx, "m/1 ?"))
	same(t, []backend.Attempt{})(b.MessageAttempts(ctx, "m2"))
	same(t, letter)(b.ResendMessage(ctx, "m1"))
	same(t, hook)(b.ConfirmReceipt(ctx, 3, " HERON "))
	same(t, backend.SigningSecret{Secret: wireSecret, OldUntil: sentAt})(b.RotateSecret(ctx, 3))
	for _, hidden := range []string{"whsec", "MfKQ", "HERON", "heron"} {
		if strings.Contains(log.String(), hidden) {
			t.Errorf("the log has %s in it:\n%s", hidden, log)
		}
	}
}

// TestNothingIsTheSameOverTheWire: what never was stays that way.
func TestNothingIsTheSameOverTheWire(t *testing.T) {
	plain := backend.Channel{Type: backend.TypeWebhook, Value: "https://hook.example/", Priority: 3, CreatedAt: founded, UpdatedAt: founded}
	note := backend.Message{ID: "m3", At: founded, Type: backend.TypeEmail, Kind: backend.KindNotice, State: backend.StateSent}
	b, _ := overTheWire(t, backendtest.Stub{
		CreateChannelFunc: func(context.Context, backend.ChannelType, string) (backend.Channel, error) { return plain, nil },
		ResendMessageFunc: func(context.Context, string) (backend.Message, error) { return note, nil },
		RotateSecretFunc: func(context.Context, int) (backend.SigningSecret, error) {
			return backend.SigningSecret{Secret: "whsec_x"}, nil
		},
	})
	same(t, plain)(b.CreateChannel(t.Context(), backend.TypeWebhook, plain.Value))
	same(t, note)(b.ResendMessage(t.Context(), "m3"))
	same(t, backend.SigningSecret{Secret: "whsec_x"})(b.RotateSecret(t.Context(), 3))
}

// TestRefusalsOfDeliveriesPassTheWire with the same code, sentence and tries.
func TestRefusalsOfDeliveriesPassTheWire(t *testing.T) {
	for _, e := range []*backend.Error{
		{Code: backend.CodeNotResendable, Message: "This message has arrived; there is nothing to send again."},
		{Code: backend.CodeRateLimited, Message: "Wait before the next code.", RetryAfter: time.Minute},
		{Code: backend.CodeLocked, Message: "Locked.", RetryAfter: time.Hour},
		{Code: backend.CodeWordWrong, Message: "This is not the word.", AttemptsLeft: 2},
		{Code: backend.CodeWordWrong, Message: "This is not the word.", Fields: map[string][]string{"word": {"Look again."}}},
		{Code: backend.CodeNoTest, Message: "No test waits for its word."},
		{Code: backend.CodeNotWebhook, Message: "Only webhooks have a signing secret."},
		{Code: backend.CodeInvalid, Message: "A value is not right.", Fields: map[string][]string{"word": {"Type the word."}}},
	} {
		b, _ := overTheWire(t, backendtest.Stub{
			ResendMessageFunc:  func(context.Context, string) (m backend.Message, err error) { return m, e },
			ConfirmReceiptFunc: func(context.Context, int, string) (c backend.Channel, err error) { return c, e },
			RotateSecretFunc:   func(context.Context, int) (s backend.SigningSecret, err error) { return s, e },
		})
		var err error
		switch e.Code {
		case backend.CodeNotWebhook:
			_, err = b.RotateSecret(t.Context(), 3)
		case backend.CodeWordWrong, backend.CodeNoTest, backend.CodeInvalid:
			_, err = b.ConfirmReceipt(t.Context(), 3, "heron")
		default:
			_, err = b.ResendMessage(t.Context(), "m1")
		}
		if !reflect.DeepEqual(err, error(e)) {
			t.Errorf("got %+v, want %+v", err, e)
		}
	}
}

// ours is the least that a server says of itself to be known as one of ours.
const ours = `{"paths":{"/x":{"get":{"operationId":"listChannelAttempts","x-pinghome-extension":true}}}}`

// TestAnAnswerThatDoesNotShowWhatWasDone: the change was made, so it is
// neither done nor failed, and nobody is given an empty secret.
func TestAnAnswerThatDoesNotShowWhatWasDone(t *testing.T) {
	const at = "https://example.org/v1/customer/" + originalID
	for _, body := range []string{``, `{"message":"Done."}`, `{"message":"Done.","data":null}`, `{"data":{}}`, `{"data":[]}`, `{"data":{"secret":7,"id":7}}`} {
		w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET https://example.org/v1/openapi.json":     tells(200, ours),
			"GET https://example.org/v1/customer":         tells(200, someone),
			"POST " + at + "/notification-channel/secret": tells(200, body),
			"POST " + at + "/messages/m1/resend":          tells(200, body),
		}}
		b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: bearing("t"), HTTP: &http.Client{Transport: w}}), "")
		_, err := b.RotateSecret(t.Context(), 3)
		wantCode(t, err, backend.CodeUnknown, "did not show what came of it")
		_, err = b.ResendMessage(t.Context(), "m1")
		wantCode(t, err, backend.CodeUnknown, "did not show what came of it")
	}
}

// TestAProviderThatHangsIsToldAsThat, and not as an answer that was lost: the
// server waits for it, and the client for the server.
func TestAProviderThatHangsIsToldAsThat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET https://example.org/v1/openapi.json": tells(200, ours),
			"GET https://example.org/v1/customer":     tells(200, someone),
			"POST https://example.org/v1/customer/" + originalID + "/notification-channel/test": func(w http.ResponseWriter, r *http.Request) {
				select {
				case <-time.After(17 * time.Second):
					say(w, 502, `{"code":"delivery_failed","detail":"The test was not delivered: no answer in time."}`)
				case <-r.Context().Done():
					t.Error("nobody waits for it")
				}
			},
		}}
		b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: bearing("t"), HTTP: &http.Client{Transport: w}}), "")
		_, err := b.TestChannel(t.Context(), 1)
		wantCode(t, err, backend.CodeDelivery, "no answer in time")
	})
}
