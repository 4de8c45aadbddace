package cli

import "context"

// examineSpellings looks for values that are the same in two spellings, from before
// that was found out.
func (d *database) examineSpellings(ctx context.Context) finding {
	found, err := d.db.Collisions(ctx)
	switch {
	case err != nil:
		return wrong("spellings", "%v", err)
	case len(found) == 0:
		return fine("spellings", "no username and no channel is there twice")
	}
	c := found[0]
	if c.Priority == 0 {
		return wrong("spellings", "%d usernames and channels are there twice, in two spellings; both work. The first is %q of the account %s: change the username of one of the two",
			len(found), c.Value, c.Customer)
	}
	return wrong("spellings", "%d channels are there twice, in two spellings; both work. The first is channel %d of the account %s, %q: delete one of the two",
		len(found), c.Priority, c.Customer, c.Value)
}
