package backend

import "context"

// Command is what a caller says of a change beside the change itself. It
// travels in the context, because it is about the request and not about the
// account: every changing method takes it into account in its own transaction.
type Command struct {
	// Key makes the change safe to repeat: the same key with the same
	// Fingerprint within 24 hours gives the first answer again, with another
	// Fingerprint it is refused (CodeKeyReused). "" for a change that is sent once.
	Key string
	// Fingerprint is a hash of what is asked for.
	Fingerprint string
	// IfRevision, when not 0, is the Revision that the change was decided on.
	// Any other one by now refuses it (CodeStale).
	IfRevision int64
	// TokenID is the token that the change came with, "" for none. Confirming
	// a new username revokes the customer's tokens but this one.
	TokenID string
	// Actor is who the journal names; "" for the default of the answer.
	Actor string
}

type commandKey struct{}

// WithCommand returns a context that carries the command.
func WithCommand(ctx context.Context, c Command) context.Context {
	return context.WithValue(ctx, commandKey{}, c)
}

// CommandOf returns the command that the context carries, or the zero Command.
func CommandOf(ctx context.Context) Command {
	c, _ := ctx.Value(commandKey{}).(Command)
	return c
}
