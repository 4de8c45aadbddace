package local

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// ChannelAttempts is refused: no attempts are kept yet.
func (*customer) ChannelAttempts(context.Context, int, int) ([]backend.Attempt, error) {
	return nil, errNoAttempts()
}

// MessageAttempts is refused: no attempts are kept yet.
func (*customer) MessageAttempts(context.Context, string) ([]backend.Attempt, error) {
	return nil, errNoAttempts()
}

// ResendMessage is refused: no attempts are kept yet.
func (*customer) ResendMessage(context.Context, string) (backend.Message, error) {
	return backend.Message{}, errNoAttempts()
}

// ConfirmReceipt is refused: no attempts are kept yet.
func (*customer) ConfirmReceipt(context.Context, int, string) (backend.Channel, error) {
	return backend.Channel{}, errNoAttempts()
}

// RotateSecret is refused: no attempts are kept yet.
func (*customer) RotateSecret(context.Context, int) (backend.SigningSecret, error) {
	return backend.SigningSecret{}, errNoAttempts()
}

func errNoAttempts() error {
	return backend.Errorf(backend.CodeUnsupported, "What became of messages is not kept here.")
}
