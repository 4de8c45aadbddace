package mask

import "strconv"

// mostAssigned is how many masks an Assigner keeps before it begins anew: some MiB, and more than a
// person pages through.
const mostAssigned = 20_000

// Assigner gives values masks as they come, one after the other, and keeps them: a value that comes
// again has the same mask, and no two have the same. It is for lists of which only parts are
// read; the masks of All depend on which values are in the list. The zero value is empty.
type Assigner struct {
	signs Signs
	masks map[Value]string
	used  map[string]Value // by mask
	count map[string]int   // by mask: the number of the last one that has one
}

// Mask is the mask of a value. taken are masks that other values have elsewhere.
func (a *Assigner) Mask(v Value, taken map[string]Value, signs Signs) string {
	if a.signs != signs || len(a.masks) > mostAssigned {
		*a = Assigner{signs: signs}
	}
	if a.masks == nil {
		a.masks, a.used, a.count = map[Value]string{}, map[string]Value{}, map[string]int{}
	}
	owner := func(text string) (Value, bool) {
		if other, isTaken := taken[text]; isTaken && other != v {
			return other, true
		}
		other, isUsed := a.used[text]
		return other, isUsed && other != v
	}
	text, isThere := a.masks[v]
	if _, isTaken := owner(text); isThere && !isTaken {
		return text
	}
	delete(a.used, text)
	text = a.apart(v, owner)
	a.masks[v], a.used[text] = text, v
	return text
}

// apart is a mask that no other value has: a little more is shown where the value differs from
// the one that has its mask, or at its end, and else it has a number.
func (a *Assigner) apart(v Value, owner func(text string) (Value, bool)) string {
	whole := secretOf(v)
	first := whole.text(a.signs)
	other, isTaken := owner(first)
	if !isTaken {
		return first
	}
	end := len(whole.runes)
	for n := 1; n <= mostShown; n++ {
		for range mostShown {
			at := commonStart(whole.runes, secretOf(other).runes)
			text := whole.showing(at, at+n).text(a.signs)
			if other, isTaken = owner(text); !isTaken {
				return text
			}
		}
		if text := whole.showing(end-n, end).text(a.signs); !isOwned(text, owner) {
			return text
		}
	}
	for n := max(2, a.count[first]+1); ; n++ {
		text := first + a.signs.Number + strconv.Itoa(n)
		if !isOwned(text, owner) {
			a.count[first] = n
			return text
		}
	}
}

func isOwned(text string, owner func(text string) (Value, bool)) bool {
	_, isOwned := owner(text)
	return isOwned
}
