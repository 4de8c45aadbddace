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

// Values with every field about deliveries set.
var (
	attemptedAt    = createdAt.Add(1234 * time.Millisecond)
	delayedAttempt = backend.Attempt{MessageID: "m1", Kind: backend.KindTest, At: attemptedAt, Outcome: backend.OutcomeDelayed, Provider: "smtp mail.example.org",
		Status: "451 4.7.1 come back later", Duration: 1502 * time.Millisecond}
	failingChannel = backend.Channel{Type: backend.TypeWebhook, Value: "https://hook.example/", Priority: 3, Label: "ops hook", CreatedAt: createdAt, UpdatedAt: createdAt,
		Failure: &backend.Failure{At: attemptedAt, Kind: backend.KindNotice, Provider: "webhook hook.example", Status: "410 Gone"},
		Proof: backend.Proof{AcceptedAt: createdAt, AcceptedBy: "webhook hook.example", SeenAt: attemptedAt, StaleAt: attemptedAt.Add(90 * 24 * time.Hour),
			WordSentAt: attemptedAt.Add(time.Hour)}}
	queuedMessage = backend.Message{ID: "m2", At: createdAt, Type: backend.TypeWebhook, To: "https://hook.example/", Kind: backend.KindTest, Subject: "A test", Body: "It says heron.",
		Word: "heron", State: backend.StateQueued, Provider: "webhook hook.example", Detail: "503", Attempts: 4, NextAt: attemptedAt}
)

// oneCustomer is a backend with one account, whose view is a stub.
type oneCustomer struct{ fakes }

func (r oneCustomer) Open(context.Context, string) (backend.Backend, backend.AccountSummary, error) {
	return r.view, summaryOf(john), nil
}

func (oneCustomer) List(context.Context, string, int) ([]backend.AccountSummary, error) {
	return []backend.AccountSummary{summaryOf(john)}, nil
}

// overHTTP starts a server with this view, and returns the client's view of it.
// The traffic is checked against the OpenAPI document.
func overHTTP(t *testing.T, view backendtest.Stub) (backend.Backend, *logBuffer) {
	t.Helper()
	log := &logBuffer{}
	view.ProfileFunc = acceptingView(john).Profile
	r := oneCustomer{fakes{view: view}}
	server := httptest.NewServer(checkingHandler(t)(httpapi.NewHandler(httpapi.ServerOptions{Accounts: r, Tokens: r, Log: log.logger()})))
	t.Cleanup(server.Close)
	return open(t, dial(t, httpapi.ClientOptions{Server: server.URL, Token: tokenSource("t")}), ""), log
}

// wantSame expects the client to return the value that the server has.
func wantSame[T any](t *testing.T, want T) func(T, error) {
	return func(got T, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
	}
}

const signingSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// deliveryView is a view with messages and attempts. It accepts only the commands
// that TestDeliveriesOverHTTP sends.
func deliveryView(t *testing.T, created backend.Channel) backendtest.Stub {
	expect := func(ctx context.Context, isExpected bool) {
		if command := backend.CommandOf(ctx); !isExpected || command.Key == "" || command.IfRevision != 7 || !strings.HasPrefix(command.Actor, "api:") {
			t.Errorf("another command: %v, %+v", isExpected, command)
		}
	}
	return backendtest.Stub{
		CreateChannelFunc: func(context.Context, backend.ChannelType, string, string) (backend.Channel, error) {
			return created, nil
		},
		UpdateChannelFunc: func(context.Context, int, string, *string) (backend.ChannelUpdate, error) {
			return backend.ChannelUpdate{Channel: created, Changed: true, LabelChanged: true}, nil
		},
		RevisionFunc: func(context.Context) (int64, error) { return 7, nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return []backend.Channel{created}, nil
		},
		OlderMessagesFunc: func(context.Context, string, int) (backend.MessageList, error) {
			return backend.MessageList{Messages: []backend.Message{queuedMessage}, Total: 1}, nil
		},
		OlderAttemptsFunc: func(_ context.Context, priority int, _ string, limit int) ([]backend.Attempt, error) {
			if priority != 3 || limit != 31 { // one more, to know whether there is a next page
				return nil, nil
			}
			return []backend.Attempt{delayedAttempt, {Kind: backend.KindUsername, Outcome: backend.OutcomeHeld, At: createdAt}}, nil
		},
		MessageAttemptsFunc: func(_ context.Context, id string) ([]backend.Attempt, error) {
			if id != "m/1 ?" {
				return nil, nil
			}
			return []backend.Attempt{delayedAttempt}, nil
		},
		ResendMessageFunc: func(ctx context.Context, id string) (backend.Message, error) {
			expect(ctx, id == "m1")
			return queuedMessage, nil
		},
		ConfirmReceiptFunc: func(ctx context.Context, priority int, word string) (backend.Channel, error) {
			expect(ctx, priority == 3 && word == " HERON ")
			return created, nil
		},
		RotateSecretFunc: func(ctx context.Context, priority int, overlap bool) (backend.SigningSecret, error) {
			expect(ctx, priority == 3)
			if !overlap {
				return backend.SigningSecret{Secret: signingSecret}, nil
			}
			return backend.SigningSecret{Secret: signingSecret, OldUntil: attemptedAt}, nil
		},
	}
}

// TestDeliveriesOverHTTP: nothing is lost between server and client.
func TestDeliveriesOverHTTP(t *testing.T) {
	created := failingChannel
	created.SigningSecret = signingSecret
	b, log := overHTTP(t, deliveryView(t, created))
	ctx := backend.WithCommand(t.Context(), backend.Command{IfRevision: 7})
	if why := b.Lacks(backend.FeatureDeliveries); why != "" {
		t.Errorf("it lacks them: %s", why)
	}
	wantSame(t, created)(b.CreateChannel(ctx, backend.TypeWebhook, failingChannel.Value, ""))
	wantSame(t, []backend.Channel{failingChannel})(b.Channels(ctx, backend.ChannelFilter{}))
	wantSame(t, backend.ChannelUpdate{Channel: failingChannel, Changed: true, LabelChanged: true})(b.UpdateChannel(ctx, 3, failingChannel.Value, nil))
	wantSame(t, backend.MessageList{Messages: []backend.Message{queuedMessage}, Total: 1})(b.Messages(ctx, 5))
	wantSame(t, []backend.Attempt{delayedAttempt, {Kind: backend.KindUsername, Outcome: backend.OutcomeHeld, At: createdAt}})(b.ChannelAttempts(ctx, 3, 30))
	wantSame(t, []backend.Attempt{})(b.ChannelAttempts(ctx, 4, -1))
	wantSame(t, []backend.Attempt{delayedAttempt})(b.MessageAttempts(ctx, "m/1 ?"))
	wantSame(t, []backend.Attempt{})(b.MessageAttempts(ctx, "m2"))
	wantSame(t, queuedMessage)(b.ResendMessage(ctx, "m1"))
	wantSame(t, failingChannel)(b.ConfirmReceipt(ctx, 3, " HERON "))
	wantSame(t, backend.SigningSecret{Secret: signingSecret, OldUntil: attemptedAt})(b.RotateSecret(ctx, 3, true))
	wantSame(t, backend.SigningSecret{Secret: signingSecret})(b.RotateSecret(ctx, 3, false))
	for _, hidden := range []string{"whsec", "MfKQ", "HERON", "heron"} {
		if strings.Contains(log.String(), hidden) {
			t.Errorf("the log has %s in it:\n%s", hidden, log)
		}
	}
}

// TestEmptyDeliveriesOverHTTP: what is not set stays so.
func TestEmptyDeliveriesOverHTTP(t *testing.T) {
	plain := backend.Channel{Type: backend.TypeWebhook, Value: "https://hook.example/", Priority: 3, CreatedAt: createdAt, UpdatedAt: createdAt}
	note := backend.Message{ID: "m3", At: createdAt, Type: backend.TypeEmail, Kind: backend.KindNotice, State: backend.StateSent}
	b, _ := overHTTP(t, backendtest.Stub{
		CreateChannelFunc: func(context.Context, backend.ChannelType, string, string) (backend.Channel, error) { return plain, nil },
		ResendMessageFunc: func(context.Context, string) (backend.Message, error) { return note, nil },
		RotateSecretFunc: func(context.Context, int, bool) (backend.SigningSecret, error) {
			return backend.SigningSecret{Secret: "whsec_x"}, nil
		},
	})
	wantSame(t, plain)(b.CreateChannel(t.Context(), backend.TypeWebhook, plain.Value, ""))
	wantSame(t, note)(b.ResendMessage(t.Context(), "m3"))
	wantSame(t, backend.SigningSecret{Secret: "whsec_x"})(b.RotateSecret(t.Context(), 3, true))
}

// TestDeliveryRefusalsOverHTTP: code, message and attempts left stay the same.
func TestDeliveryRefusalsOverHTTP(t *testing.T) {
	for _, e := range []*backend.Error{
		{Code: backend.CodeNotResendable, Message: "This message has arrived; there is nothing to send again."},
		{Code: backend.CodeRateLimited, Message: "Wait before the next code.", RetryAfter: time.Minute},
		{Code: backend.CodeLocked, Message: "Locked.", RetryAfter: time.Hour},
		{Code: backend.CodeWordWrong, Message: "This is not the word.", AttemptsLeft: 2},
		{Code: backend.CodeWordWrong, Message: "This is not the word.", Fields: map[string][]string{"word": {"Look again."}}},
		{Code: backend.CodeNoOpenTest, Message: "No test waits for its word."},
		{Code: backend.CodeNotWebhook, Message: "Only webhooks have a signing secret."},
		{Code: backend.CodeInvalid, Message: "A value is not right.", Fields: map[string][]string{"word": {"Type the word."}}},
	} {
		b, _ := overHTTP(t, backendtest.Stub{
			ResendMessageFunc:  func(context.Context, string) (m backend.Message, err error) { return m, e },
			ConfirmReceiptFunc: func(context.Context, int, string) (c backend.Channel, err error) { return c, e },
			RotateSecretFunc:   func(context.Context, int, bool) (s backend.SigningSecret, err error) { return s, e },
		})
		var err error
		switch e.Code {
		case backend.CodeNotWebhook:
			_, err = b.RotateSecret(t.Context(), 3, true)
		case backend.CodeWordWrong, backend.CodeNoOpenTest, backend.CodeInvalid:
			_, err = b.ConfirmReceipt(t.Context(), 3, "heron")
		default:
			_, err = b.ResendMessage(t.Context(), "m1")
		}
		if !reflect.DeepEqual(err, error(e)) {
			t.Errorf("got %+v, want %+v", err, e)
		}
	}
}

// ownDocument is the smallest OpenAPI document by which the client knows a server
// as ours.
const ownDocument = `{"paths":{"/x":{"get":{"operationId":"listChannelAttempts","x-pinghome-extension":true}}}}`

// TestChangeWithoutAResultIsUnknown: the change was made, but its result cannot
// be returned, so it is neither a success nor a failure.
func TestChangeWithoutAResultIsUnknown(t *testing.T) {
	const at = "https://example.org/v1/customer/" + documentedID
	for _, body := range []string{``, `{"message":"Done."}`, `{"message":"Done.","data":null}`, `{"data":{}}`, `{"data":[]}`, `{"data":{"secret":7,"id":7}}`} {
		w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET https://example.org/v1/openapi.json":     respond(200, ownDocument),
			"GET https://example.org/v1/customer":         respond(200, profileJSON),
			"POST " + at + "/notification-channel/secret": respond(200, body),
			"POST " + at + "/messages/m1/resend":          respond(200, body),
		}}
		b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
		_, err := b.RotateSecret(t.Context(), 3, true)
		wantCode(t, err, backend.CodeUnknownOutcome, "did not show what came of it")
		_, err = b.ResendMessage(t.Context(), "m1")
		wantCode(t, err, backend.CodeUnknownOutcome, "did not show what came of it")
	}
}

// TestOlderServerIsNotAskedToEndASecret: it would let the old one go on, and say that
// all went well.
func TestOlderServerIsNotAskedToEndASecret(t *testing.T) {
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/v1/openapi.json": respond(200, ownDocument),
		"GET https://example.org/v1/customer":     respond(200, profileJSON),
		"POST https://example.org/v1/customer/" + documentedID + "/notification-channel/secret": func(http.ResponseWriter, *http.Request) {
			t.Error("it was asked")
		},
	}}
	b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
	if b.Lacks(backend.FeatureDeliveries) != "" || b.Lacks(backend.FeatureEndSecret) == "" {
		t.Error("it does not lack the feature")
	}
	_, err := b.RotateSecret(t.Context(), 3, false)
	wantCode(t, err, backend.CodeUnsupported, "cannot end an old signing secret at once")
}

// TestOlderServerIsNotGivenALabel: it would drop the label, and send a code for what was
// no new value.
func TestOlderServerIsNotGivenALabel(t *testing.T) {
	w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
		"GET https://example.org/v1/openapi.json": respond(200, ownDocument),
		"GET https://example.org/v1/customer":     respond(200, profileJSON),
	}}
	for _, method := range []string{"POST", "PUT"} {
		w.answers[method+" https://example.org/v1/customer/"+documentedID+"/notification-channel"] = respond(200,
			`{"data":{"type":"email","value":"a@example.org","priority":1,"status":"pending"}}`)
	}
	b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
	if why := b.Lacks(backend.FeatureLabels); !strings.Contains(why, "does not keep labels") {
		t.Errorf("it does not lack them: %q", why)
	}
	label := "work"
	_, err := b.CreateChannel(t.Context(), backend.TypeEmail, "a@example.org", label)
	wantCode(t, err, backend.CodeUnsupported, "does not keep labels")
	_, err = b.UpdateChannel(t.Context(), 1, "a@example.org", &label)
	wantCode(t, err, backend.CodeUnsupported, "does not keep labels")
	if c := must[backend.Channel](t)(b.CreateChannel(t.Context(), backend.TypeEmail, "a@example.org", "")); c.Label != "" {
		t.Errorf("%+v", c)
	}
	must[backend.ChannelUpdate](t)(b.UpdateChannel(t.Context(), 1, "a@example.org", nil))
}

// TestSlowProviderIsADeliveryFailure and not a lost answer: the client waits as
// long as the server waits for the provider.
func TestSlowProviderIsADeliveryFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &fakeNetwork{answers: map[string]func(http.ResponseWriter, *http.Request){
			"GET https://example.org/v1/openapi.json": respond(200, ownDocument),
			"GET https://example.org/v1/customer":     respond(200, profileJSON),
			"POST https://example.org/v1/customer/" + documentedID + "/notification-channel/test": func(w http.ResponseWriter, r *http.Request) {
				select {
				case <-time.After(17 * time.Second):
					writeJSON(w, 502, `{"code":"delivery_failed","detail":"The test was not delivered: no answer in time."}`)
				case <-r.Context().Done():
					t.Error("the client did not wait")
				}
			},
		}}
		b := open(t, dial(t, httpapi.ClientOptions{Server: "https://example.org/v1", Token: tokenSource("t"), HTTP: &http.Client{Transport: w}}), "")
		_, err := b.TestChannel(t.Context(), 1)
		wantCode(t, err, backend.CodeDeliveryFailed, "no answer in time")
	})
}
