package delivery

import (
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// newSecret makes a signing secret.
func newSecret(t testing.TB) string {
	t.Helper()
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		t.Fatal(err)
	}
	return DeriveSigningSecret([]byte("a key"), salt)
}

// localConfig is a configuration of webhooks and push messages to this machine.
func localConfig() Config {
	return Config{
		Webhook: &Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true},
		Push:    &Push{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true},
	}
}

// newRouter makes a Router that is closed at the end of the test.
func newRouter(t testing.TB, c Config) *Router {
	t.Helper()
	r, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// codeMessage is a message with a code to an address.
func codeMessage(t testing.TB, by backend.ChannelType, to string) Message {
	return Message{ID: "0b1d2f1e-6f5c-4b43-9d5b-1f6f3d0c8a11", Type: by, To: to, Kind: backend.KindVerification,
		Subject: "481516 is your PingHome code", Body: "481516 is your PingHome code.\n\nNever give it to anybody.",
		Code: "481516", At: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), ExpiresAt: time.Date(2026, 3, 4, 5, 16, 7, 0, time.UTC),
		SigningSecrets: []string{newSecret(t)}}
}

// sendFailure sends a message that must fail, and returns the *Error.
func sendFailure(t testing.TB, s Sender, m Message) *Error {
	t.Helper()
	receipt, err := s.Send(t.Context(), m)
	var e *Error
	if !errors.As(err, &e) || receipt != (Receipt{}) {
		t.Fatalf("returned %+v and %v, want only an *Error", receipt, err)
	}
	return e
}
