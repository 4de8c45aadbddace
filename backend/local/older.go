package local

import (
	"errors"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// checkCursor refuses what is no id of a row: compared with ids, it would stand somewhere among
// them. "" is the beginning of a list.
func checkCursor(than string) error {
	id, err := uuid.Parse(than)
	if than == "" || err == nil && id.String() == than {
		return nil
	}
	var faults backend.FieldErrors
	faults.Add("cursor", errors.New("This is no id of a row. Leave it out to begin with the newest."))
	return faults.Err()
}
