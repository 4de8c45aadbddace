package command

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// mostRows is how many rows of a list a server gives at once.
const mostRows = 1000

// newestRows reads the newest rows of a list, at most limit, page by page; what is what they are, such as "attempts". older reads those behind the one with an id,
// "" for the newest. Where the server gives the newest alone, it says so.
func newestRows[T any](v *visit, what string, limit int, older func(than string, limit int) ([]T, error), id func(T) string) (all []T, err error) {
	all = []T{}
	for than := ""; len(all) < limit; than = id(all[len(all)-1]) {
		size := min(limit-len(all), mostRows)
		if len(all) > 0 && than == "" { // a server of an older version gives no ids
			return all, v.tellOlder(what, len(all), "This server shows the newest rows of a list alone.")
		}
		page, err := older(than, size)
		if err != nil && len(all) > 0 && backend.ErrorCode(err) == backend.CodeUnsupported {
			return all, v.tellOlder(what, len(all), err.Error())
		}
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); len(page) < size {
			return all, nil
		}
	}
	return all, nil
}

// tellOlder says beside the results that there may be more rows than these, and why they are not listed.
func (v *visit) tellOlder(what string, n int, why string) error {
	_, err := fmt.Fprintln(v.Err, safe.Text(fmt.Sprintf("pinghome: Older %s than these %d are not listed. %s", what, n, why)))
	return outputError(err)
}
