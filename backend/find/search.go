package find

import (
	"context"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/sahilm/fuzzy"
)

// Page is what a search found.
type Page struct {
	IDs   []string // of the accounts of the page, the best first
	Total int      // how many accounts match
	All   int      // how many there are
}

// Query says what is searched.
type Query struct {
	Text string // the letters; "" for all accounts, which all have the same score
	// First are ids of accounts that come first, in this order, of those with the same score.
	First  []string
	Offset int // how many stand before the page
	Limit  int // how many accounts the page has at most
}

// Search finds the accounts whose text has all letters in their order. Those with the same
// score are in the order of their texts in lower case. A later page costs more, as all before it
// are ranked. The error is that of ctx.
func (x *Index) Search(ctx context.Context, q Query) (Page, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := &search{pattern: newPattern(q.Text), chunks: x.sorted, first: x.firstOf(q.First)}
	all := x.places.n + len(x.odd)
	from := min(max(0, q.Offset), all)
	s.most = min(from+max(0, q.Limit), all)
	s.least.Store(math.MinInt64)
	best, err := s.run(ctx)
	if err != nil {
		return Page{}, err
	}
	s.total.Add(int64(x.searchOdd(s, best)))
	best.trim()
	page := Page{IDs: []string{}, Total: int(s.total.Load()), All: all}
	for _, f := range best.list[min(from, len(best.list)):] {
		if f.id == "" {
			f.id = string(idIn(f.text))
		}
		page.IDs = append(page.IDs, f.id)
	}
	return page, nil
}

// run searches the chunks on all cores.
func (s *search) run(ctx context.Context) (*ranking, error) {
	var workers sync.WaitGroup
	rankings := make([]*ranking, max(1, min(runtime.GOMAXPROCS(0), len(s.chunks))))
	for i := range rankings {
		rankings[i] = &ranking{most: s.most, least: &s.least}
		workers.Go(func() { s.work(ctx, rankings[i]) })
	}
	workers.Wait()
	best := rankings[0]
	for _, r := range rankings[1:] {
		best.list = append(best.list, r.list...)
	}
	return best, ctx.Err()
}

// search is what the goroutines of one search share.
type search struct {
	pattern *pattern
	chunks  []*chunk
	first   first
	most    int          // how many are ranked
	next    atomic.Int64 // chunk
	total   atomic.Int64
	least   atomic.Int64 // see ranking
}

func (s *search) work(ctx context.Context, r *ranking) {
	at := make([]int, len(s.pattern.letters))
	for ctx.Err() == nil {
		i := int(s.next.Add(1)) - 1
		if i >= len(s.chunks) {
			break
		}
		s.total.Add(int64(s.searchChunk(s.chunks[i], r, at)))
	}
	r.trim()
}

// searchChunk ranks the texts of a chunk that match, and returns how many do. at has room
// for the places of the letters.
func (s *search) searchChunk(c *chunk, r *ranking, at []int) (n int) {
	p := s.pattern
	isRanked := r.most > 0 && r.accepts(p.most-c.size)
	if p.isOneBit && !isRanked {
		for _, mask := range c.masks {
			if mask&p.need != 0 {
				n++
			}
		}
		return n
	}
	for slot, mask := range c.masks {
		if mask&p.need != p.need {
			continue
		}
		text := c.text(slot)
		if !p.locate(text, at) {
			continue
		}
		n++
		if isRanked {
			s.rank(c, slot, r, at)
		}
	}
	return n
}

func (s *search) rank(c *chunk, slot int, r *ranking, at []int) {
	p, f := s.pattern, found{text: c.text(slot)}
	if len(at) > 0 {
		starts, letters := c.startsOf(slot), c.first[slot]
		if !r.accepts(p.rough(letters, c.masks[slot]&camelBit != 0, at[0]) - c.size) {
			return
		}
		highest := p.highest(f.text, starts, letters, at)
		if !r.accepts(highest) || r.isBehind(highest, f.text) && !s.first.chunks[c.number] {
			return
		}
		if f.score = p.score(f.text, starts, letters, at); !r.accepts(f.score) {
			return
		}
	}
	f.lead = s.first.lead(c.number, slot)
	r.add(f)
}

// searchOdd searches the odd texts, of which there are few.
func (x *Index) searchOdd(s *search, r *ranking) (n int) {
	for id, text := range x.odd {
		f := found{text: []byte(strings.ToLower(text)), id: id, lead: s.first.odd[id]}
		if s.pattern.typed != "" {
			matches := fuzzy.Find(s.pattern.typed, []string{text})
			if len(matches) == 0 {
				continue
			}
			f.score = matches[0].Score
		}
		r.add(f)
		n++
	}
	return n
}

// Trim gives memory back that was kept for accounts to come.
func (x *Index) Trim() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, c := range x.chunks {
		c.texts, c.starts, c.masks, c.first = slices.Clip(c.texts), slices.Clip(c.starts), slices.Clip(c.masks), slices.Clip(c.first)
	}
}
