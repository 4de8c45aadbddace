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

// Search finds the accounts whose text has all letters of the pattern in their order, and
// returns those from offset on, at most limit. Without letters it is all accounts, in the order
// of their texts in lower case. A later page costs more, as all before it are ranked. The
// error is that of ctx.
func (x *Index) Search(ctx context.Context, typed string, offset, limit int) (Page, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := &search{pattern: newPattern(typed), chunks: x.sorted}
	s.most = min(max(0, offset)+max(0, limit), x.places.n+len(x.odd))
	s.least.Store(math.MinInt64)
	var workers sync.WaitGroup
	rankings := make([]*ranking, max(1, min(runtime.GOMAXPROCS(0), len(x.sorted))))
	for i := range rankings {
		rankings[i] = &ranking{most: s.most, least: &s.least}
		workers.Go(func() { s.work(ctx, rankings[i]) })
	}
	all := rankings[0]
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return Page{}, err
	}
	for _, r := range rankings[1:] {
		all.list = append(all.list, r.list...)
	}
	s.total.Add(int64(x.searchOdd(s.pattern, all)))
	all.trim()
	list := all.list[min(max(0, offset), len(all.list)):]
	page := Page{IDs: make([]string, len(list)), Total: int(s.total.Load()), All: x.places.n + len(x.odd)}
	for i, f := range list {
		if page.IDs[i] = f.id; f.id == "" {
			page.IDs[i] = string(idIn(f.text))
		}
	}
	return page, nil
}

// search is what the goroutines of one search share.
type search struct {
	pattern *pattern
	chunks  []*chunk
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
		s.total.Add(int64(s.pattern.searchChunk(s.chunks[i], r, at)))
	}
	r.trim()
}

// searchChunk ranks the texts of a chunk that match, and returns how many do. at has room
// for the places of the letters.
func (p *pattern) searchChunk(c *chunk, r *ranking, at []int) (n int) {
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
			p.rank(c, slot, r, at)
		}
	}
	return n
}

func (p *pattern) rank(c *chunk, slot int, r *ranking, at []int) {
	text := c.text(slot)
	if len(at) == 0 {
		r.add(found{text: text})
		return
	}
	if !r.accepts(p.highest(text, c.first[slot], at)) {
		return
	}
	if score := p.score(text, c.startsOf(slot), at); r.accepts(score) {
		r.add(found{score: score, text: text})
	}
}

// searchOdd searches the odd texts, of which there are few.
func (x *Index) searchOdd(p *pattern, r *ranking) (n int) {
	for id, text := range x.odd {
		f := found{text: []byte(strings.ToLower(text)), id: id}
		if p.typed != "" {
			matches := fuzzy.Find(p.typed, []string{text})
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
