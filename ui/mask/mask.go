// Package mask hides the private part of addresses, numbers and URLs, so that they are not
// read over a shoulder or from a picture. At least half of a private part is hidden. The masks
// of different values are different, so that the values can be told apart.
//
//   - mask.go: the masks of a list of values
//   - assigner.go: the masks of values that come one after the other
//   - secret.go: the private part of one value, and how much of it is shown
package mask

import (
	"strconv"

	"github.com/account-settings/pinghome/backend"
)

// Value is the value of a channel of a type.
type Value struct {
	Type backend.ChannelType
	Text string
}

// Signs are the signs in masks.
type Signs struct {
	Hidden string // in place of what is hidden
	Number string // before the number of a mask that is there already
}

// One is the mask of a value that is not told from others.
func One(v Value, signs Signs) string { return secretOf(v).text(signs) }

// All returns the masks of different values, no two of which are the same. Where two values
// would look the same, a little more is shown of them, where they differ; where that would show
// more than half of one, its mask has a number. The first of them in the list has none.
func All(list []Value, signs Signs) map[Value]string {
	secrets := map[Value]secret{}
	var order []Value
	groups := map[string][]Value{}
	for _, v := range list {
		if _, isThere := secrets[v]; isThere {
			continue
		}
		secrets[v] = secretOf(v)
		text := secrets[v].text(signs)
		order, groups[text] = append(order, v), append(groups[text], v)
	}
	for _, same := range groups {
		if len(same) > 1 {
			tellApart(same, secrets, signs)
		}
	}
	masks, taken := map[Value]string{}, map[string]bool{}
	for _, v := range order {
		text := secrets[v].text(signs)
		for n := 2; taken[text]; n++ {
			text = secrets[v].text(signs) + signs.Number + strconv.Itoa(n)
		}
		masks[v], taken[text] = text, true
	}
	return masks
}

// mostShown is how many characters are shown in one place to tell values apart, at most.
const mostShown = 4

// tellApart shows as little more of some secrets as makes their masks different: at the first
// place where they differ, at their ends, or at the place where each differs from the one that
// is most like it. Those that it cannot tell apart look the same.
func tellApart(same []Value, secrets map[Value]secret, signs Signs) {
	first := len(secrets[same[0]].runes)
	for _, v := range same[1:] {
		first = min(first, commonStart(secrets[same[0]].runes, secrets[v].runes))
	}
	places := []func(i, n int) secret{
		func(i, n int) secret { return secrets[same[i]].showing(first, first+n) },
		func(i, n int) secret { s := secrets[same[i]]; return s.showing(len(s.runes)-n, len(s.runes)) },
		func(i, n int) secret {
			at := 0
			for j, other := range same {
				if j != i {
					at = max(at, commonStart(secrets[same[i]].runes, secrets[other].runes))
				}
			}
			return secrets[same[i]].showing(at, at+n)
		},
	}
	best, different := make([]secret, len(same)), 1
	for n := 1; n <= mostShown && different < len(same); n++ {
		for _, place := range places {
			shown, texts := make([]secret, len(same)), map[string]bool{}
			for i := range same {
				shown[i] = place(i, n)
				texts[shown[i].text(signs)] = true
			}
			if len(texts) > different {
				best, different = shown, len(texts)
			}
		}
	}
	if different == 1 {
		return
	}
	for i, v := range same {
		secrets[v] = best[i]
	}
}

// commonStart is how many characters two texts begin with that are the same.
func commonStart(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
