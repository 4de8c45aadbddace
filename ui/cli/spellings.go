package cli

import (
	"context"
	"fmt"

	"github.com/account-settings/pinghome/storage"
)

// mostSpellings is how many values that are there twice the doctor lists.
const mostSpellings = 20

// examineSpellings looks for values that are the same in two spellings, from before
// that was found out.
func (d *database) examineSpellings(ctx context.Context) (all []finding) {
	found, err := storage.Collisions(ctx, d.db)
	switch {
	case err != nil:
		return []finding{wrong("spellings", "%v", err)}
	case len(found) == 0:
		return []finding{fine("spellings", "no username and no channel is there twice")}
	}
	for i, c := range found {
		if i == mostSpellings {
			return append(all, wrong("spellings", "%d more are there twice", len(found)-i))
		}
		all = append(all, wrong("spellings", "%s", describeTwin(c)))
	}
	return all
}

// describeTwin says which value is there twice, and what to do about it. Values are
// quoted as they are kept: it is their spellings that differ.
func describeTwin(c storage.Collision) string {
	if c.Priority > 0 {
		return fmt.Sprintf("channel %d of the account %s, %q, is the same as its channel %d, in another spelling; both work. Delete one of the two",
			c.Priority, c.Customer, c.Value, c.OtherPriority)
	}
	other := "of another account"
	if c.Other != "" {
		other = "of the account " + c.Other
	}
	return fmt.Sprintf("the username %q of the account %s is that %s, in another spelling; both work. Change one of the two", c.Value, c.Customer, other)
}

// noteSpellings takes note of values that are there twice, for those who start the
// program: report is called with a sentence, if there are any.
func (d *database) noteSpellings(ctx context.Context, report func(sentence string)) {
	found, err := storage.KnownCollisions(ctx, d.db)
	switch n := len(found); {
	case err != nil || n == 0: // nothing can be done about an error here, and the doctor tells it
	case n == 1:
		report("1 username or channel is there twice, in two spellings: pinghome doctor names it")
	default:
		report(fmt.Sprintf("%d usernames or channels are there twice, in two spellings: pinghome doctor lists them", n))
	}
}
