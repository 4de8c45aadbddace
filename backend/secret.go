package backend

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a password or the text of a token that prints, logs and marshals as
// Redacted, so that no log, error or test shows it by accident. string(s) is the
// only way to its value.
type Secret string

// Redacted is what a Secret shows in the place of its value.
const Redacted = "[redacted]"

func (Secret) String() string               { return Redacted }
func (Secret) GoString() string             { return Redacted }
func (Secret) Format(f fmt.State, _ rune)   { _, _ = io.WriteString(f, Redacted) }
func (Secret) LogValue() slog.Value         { return slog.StringValue(Redacted) }
func (Secret) MarshalText() ([]byte, error) { return []byte(Redacted), nil }
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + Redacted + `"`), nil }
