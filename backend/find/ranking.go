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
	text  []byte // in lower case
	id    string // of an odd text; "" for others, whose text has it
}

func compare(a, b found) int {
	return cmp.Or(cmp.Compare(b.score, a.score), bytes.Compare(a.text, b.text))
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
