package backend

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a password or a token that prints itself as [redacted], so that no
// log, error or test that names it by accident gives it away. string(s) is the
// only way to it.
type Secret string

// Redacted is what stands in the place of a secret.
const Redacted = "[redacted]"

func (Secret) String() string               { return Redacted }
func (Secret) GoString() string             { return Redacted }
func (Secret) Format(f fmt.State, _ rune)   { _, _ = io.WriteString(f, Redacted) }
func (Secret) LogValue() slog.Value         { return slog.StringValue(Redacted) }
func (Secret) MarshalText() ([]byte, error) { return []byte(Redacted), nil }
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + Redacted + `"`), nil }
