//go:build unix

package cli

import (
	"testing"

	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// testsWithServer are the tests of this package. At their end a PostgreSQL server is stopped that one of
// them has started.
type testsWithServer struct{ tests *testing.M }

func (t testsWithServer) Run() int { return pgtest.Main(t.tests) }
