package backend

import "context"

// DemoRemover is an Accounts that knows which of its accounts are made up. An Accounts
// may have it.
type DemoRemover interface {
	// DemoAccounts returns the accounts that were made with the demo data and are still
	// there, by name; never nil.
	DemoAccounts(ctx context.Context) ([]AccountSummary, error)

	// RemoveDemo deletes all of them at once, as Account.DeleteAccount does, and returns
	// how many there were.
	RemoveDemo(ctx context.Context) (removed int, err error)
}
