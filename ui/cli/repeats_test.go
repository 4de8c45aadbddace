package cli

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// TestAnErrorThatLastsIsLoggedOnceAMinute: a database that is away for a night does not fill the log.
func TestAnErrorThatLastsIsLoggedOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		tell := logOnce(slog.New(slog.NewTextHandler(&out, nil)), "messages could not be sent")
		away := &backend.Error{Code: backend.CodeDatabaseAway, Message: "It is away.", Err: errors.New("no route to a:5432")}
		for range 120 {
			tell(away)
			time.Sleep(time.Second) // of the test's own clock
		}
		if n := strings.Count(out.String(), "no route to a:5432"); n != 2 {
			t.Errorf("it is logged %d times:\n%s", n, &out)
		}
		tell(&backend.Error{Code: backend.CodeUnavailable, Message: "It is damaged.", Err: errors.New("page 3")})
		if text := out.String(); !strings.Contains(text, "It is damaged.") || strings.Contains(text, "page 3") {
			t.Errorf("another error: %s", text)
		}
	})
}
