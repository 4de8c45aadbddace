package backend

import "context"

// Command describes the request that makes a change: how to repeat it, and who
// sends it. It travels in the context, because it is about the request and not
// about the account. Every changing method applies it in its own transaction.
type Command struct {
	// Key is the idempotency key: the same key with the same Fingerprint within 24
	// hours gives the first answer again (a refusal only if it is Kept; see
	// Refusal), with another Fingerprint it is refused (CodeKeyReused). "" for a
	// change that cannot be repeated.
	Key string
	// Fingerprint is a hash of the request.
	Fingerprint string
	// IfRevision, when not 0, is the Revision on which the change was decided. If the
	// account has another one by now, the change is refused (CodeStale).
	IfRevision int64
	// TokenID is the token of the request, "" for none. Confirming a new username
	// revokes all tokens of the customer but this one.
	TokenID string
	// Actor is the name for the journal; "" for the default of the backend.
	Actor string
	// Address is the IP address of the request, for the journal; "" for none.
	Address string
	// Traceparent says to which trace the request belongs (W3C Trace Context); "" for none.
	// Messages that the change causes carry it on, where their provider takes one.
	Traceparent string
}

// NoRevision is a revision that no account ever has. A change with it in IfRevision is refused as CodeStale, after the
// other checks, unless it has an idempotency key whose answer was kept: then it gives that.
const NoRevision = -1

type commandKey struct{}

// WithCommand returns a context with the command.
func WithCommand(ctx context.Context, c Command) context.Context {
	return context.WithValue(ctx, commandKey{}, c)
}

// CommandOf returns the command of the context, or the zero Command.
func CommandOf(ctx context.Context) Command {
	c, _ := ctx.Value(commandKey{}).(Command)
	return c
}
