package httpapi

import (
	"encoding/json"
	"testing"
)

// TestHeldFromServersThatDoNotTell: they name the inbox as the provider.
func TestHeldFromServersThatDoNotTell(t *testing.T) {
	for _, c := range []struct {
		test string
		want bool
	}{
		{`{"ok": true, "provider": "inbox"}`, true},
		{`{"ok": true, "provider": "smtp mail.example.org"}`, false},
		{`{"ok": true, "provider": "inbox", "held": false}`, false},
		{`{"ok": true, "provider": "a store of their own", "held": true}`, true},
	} {
		var w wireTest
		if err := json.Unmarshal([]byte(c.test), &w); err != nil {
			t.Fatal(err)
		}
		if got := w.fromWire().Held; got != c.want {
			t.Errorf("%s: held is %v", c.test, got)
		}
	}
}
