package postgres

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/account-settings/pinghome/backend"
)

// TestWhatADatabaseRefusesLater is told without a host, and never as a fault of the program where it is
// the database's; what passes by itself is tried again.
func TestWhatADatabaseRefusesLater(t *testing.T) {
	s := &Store{}
	for code, want := range map[string]struct {
		code        backend.Code
		says        string
		isTransient bool
	}{
		serializationFailure:  {backend.CodeBusy, "Too much is being changed", true},
		lockNotAvailable:      {backend.CodeBusy, "Too much is being changed", true},
		statementTimeout:      {backend.CodeBusy, "has too much to do", false},
		"53200":               {backend.CodeBusy, "has too much to do", false},
		"53000":               {backend.CodeBusy, "has too much to do", false},
		"53400":               {backend.CodeBusy, "has too much to do", false},
		noDatabase:            {backend.CodeDatabaseAway, "Put a backup in its place", false},
		notInState:            {backend.CodeDatabaseAway, "takes no connections", false},
		idleTimeout:           {backend.CodeDatabaseAway, "cannot be reached now", true},
		transactionTimeout:    {backend.CodeDatabaseAway, "cannot be reached now", true},
		tooManyConnections:    {backend.CodeDatabaseAway, "cannot be reached now", true},
		readOnlyTransaction:   {backend.CodeDatabaseAway, "cannot be reached now", true},
		"57P01":               {backend.CodeDatabaseAway, "cannot be reached now", true},
		"08006":               {backend.CodeDatabaseAway, "cannot be reached now", true},
		diskFull:              {backend.CodeUnavailable, "The disk of the database is full", false},
		undefinedTable:        {backend.CodeUnavailable, "Put a backup in its place", false},
		insufficientPrivilege: {backend.CodeUnavailable, "Make it the owner", false},
		unknownStatement:      {backend.CodeUnavailable, "Put default_query_exec_mode=exec", false},
		duplicateStatement:    {backend.CodeUnavailable, "Put default_query_exec_mode=exec", false},
		wrongPassword:         {backend.CodeDatabaseAway, "refuses the user or the password", false},
		"58030":               {backend.CodeUnavailable, "Look into the log of PostgreSQL", false},
		"XX001":               {backend.CodeUnavailable, "Look into the log of PostgreSQL", false},
		"42601":               {backend.CodeInternal, "made a mistake", false},
	} {
		raw := fmt.Errorf("query: %w", &pgconn.PgError{Code: code, Message: "marked"})
		err := s.translate(context.Background(), raw)
		if backend.ErrorCode(err) != want.code || !strings.Contains(err.Error(), want.says) || strings.Contains(err.Error(), "marked") {
			t.Errorf("%s is %s: %v", code, backend.ErrorCode(err), err)
		}
		if isTransient(raw) != want.isTransient {
			t.Errorf("%s is tried again: %v", code, isTransient(raw))
		}
	}
}
