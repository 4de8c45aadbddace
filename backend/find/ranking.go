package find

import (
	"bytes"
	"cmp"
	"slices"
	"sync/atomic"
)

// found is one text that matches.
type found struct {
	score int
	lead  int    // more is further before others with the same score; 0 for most
	text  []byte // in lower case
	id    string // of an odd text; "" for others, whose text has it
}

func compare(a, b found) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.lead, a.lead), bytes.Compare(a.text, b.text))
}

// ranking is the best of what one goroutine has found.
type ranking struct {
	most int // how many of them are kept
	list []found
	// least is the score that is too low for the page when it is not reached: the highest that any of
	// the goroutines has as its last one.
	least *atomic.Int64
	last  *found // nobody behind it is kept; nil before there are enough
}

// accepts says that a text with this score may be on the page.
func (r *ranking) accepts(score int) bool { return int64(score) >= r.least.Load() }

// isBehind says that a text with this score at most, that does not come first of those with it, is not
// on the page.
func (r *ranking) isBehind(score int, text []byte) bool {
	return r.last != nil && score <= r.last.score && (score < r.last.score || r.last.lead > 0 || bytes.Compare(text, r.last.text) > 0)
}

func (r *ranking) add(f found) {
	if r.last != nil && compare(f, *r.last) > 0 {
		return
	}
	r.list = append(r.list, f)
	if len(r.list) >= 2*r.most+spare {
		r.trim()
	}
}

// spare lets a short page be trimmed seldom.
const spare = 32

// trim keeps the best.
func (r *ranking) trim() {
	slices.SortFunc(r.list, compare)
	if len(r.list) < r.most {
		return
	}
	r.list = r.list[:r.most]
	if r.most == 0 {
		return
	}
	last := r.list[r.most-1]
	r.last = &last
	for score := int64(last.score); ; {
		least := r.least.Load()
		if score <= least || r.least.CompareAndSwap(least, score) {
			return
		}
	}
}

// first is which accounts come first of those with the same score: how far, from 1 on.
type first struct {
	places map[place]int
	chunks map[int]bool // that have one of them
	odd    map[string]int
}

// firstOf finds the accounts; those that are not there are left out.
func (x *Index) firstOf(ids []string) first {
	f := first{map[place]int{}, map[int]bool{}, map[string]int{}}
	for i, id := range slices.Backward(ids) {
		lead := len(ids) - i
		if at, isThere := x.find(id); isThere {
			f.places[at], f.chunks[at.chunk()] = lead, true
		}
		f.odd[id] = lead
	}
	return f
}

func (f *first) lead(chunk, slot int) int {
	if !f.chunks[chunk] {
		return 0
	}
	return f.places[placeOf(chunk, slot)]
}
