package backend

import (
	"fmt"
	"io"
	"log/slog"
)

// Credential is a password or the text of a token that prints, logs and marshals as
// Redacted, so that no log, error or test shows it by accident. string(s) is the
// only way to its value.
type Credential string

// Redacted is what a Credential shows in the place of its value.
const Redacted = "[redacted]"

// String returns Redacted.
func (Credential) String() string { return Redacted }

// GoString returns Redacted.
func (Credential) GoString() string { return Redacted }

// Format writes Redacted for every verb.
func (Credential) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Redacted) }

// LogValue returns Redacted.
func (Credential) LogValue() slog.Value { return slog.StringValue(Redacted) }

// MarshalText returns Redacted.
func (Credential) MarshalText() ([]byte, error) { return []byte(Redacted), nil }

// MarshalJSON returns Redacted.
func (Credential) MarshalJSON() ([]byte, error) { return []byte(`"` + Redacted + `"`), nil }
