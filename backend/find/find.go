// Package find finds accounts by some of their letters, among a million, as fast as they are
// typed.
//
// What is found and in which order is what github.com/sahilm/fuzzy finds in the texts: all
// letters of the pattern in their order, in any case, and the best score first. Texts with
// the same score are in their own order in lower case, in which names come first.
//
// It is fast since hardly any text is looked at twice: texts of one length stand in chunks,
// the shortest first, which have the best scores. A mask of the letters in each text tells
// most of those apart that cannot match; the others are only counted, unless their letters
// could score more than what the page has already. All cores share the chunks.
//
// In reading order: text.go (how a text is stored), chunk.go (where), places.go (which account is
// where), pattern.go (what is looked for), score.go, search.go (Search) and ranking.go (the page).
package find

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
)

// Index is the texts of accounts. The zero value is none. It is safe for use by many
// goroutines at once.
type Index struct {
	mu     sync.RWMutex
	chunks []*chunk         // in the order in which they were made; an account's place names one
	sorted []*chunk         // by the length of their texts
	open   map[int][]*chunk // by that length, too; nil before the first
	places places
	odd    map[string]string // the texts by account that are searched as they are; see isOdd
	seed   maphash.Seed
}

// Len is the number of accounts.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.places.n + len(x.odd)
}

// Put adds an account, or replaces its text. The text ends with a space and the id, and the id
// has no space.
func (x *Index) Put(text string) {
	id := idOf(text)
	folded, isOdd := fold(text)
	x.mu.Lock()
	defer x.mu.Unlock()
	at, isThere := x.find(id)
	if isThere && !isOdd && string(x.chunks[at.chunk()].text(at.slot())) == string(folded.text) {
		x.chunks[at.chunk()].set(at.slot(), folded) // another letter may be upper-case
		return
	}
	x.remove(id)
	if isOdd {
		if x.odd == nil {
			x.odd = map[string]string{}
		}
		x.odd[strings.Clone(id)] = strings.Clone(text)
		return
	}
	x.add(id, folded)
}

// Delete removes an account, where it is there.
func (x *Index) Delete(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

// idOf is the id at the end of a text.
func idOf(text string) string { return text[strings.LastIndexByte(text, ' ')+1:] }

// idIn is the id at the end of a stored text.
func idIn(text []byte) []byte {
	at := len(text)
	for at > 0 && text[at-1] != ' ' {
		at--
	}
	return text[at:]
}

func (x *Index) hash(id string) uint64 { return maphash.String(x.seed, id) }

// find is where an account is.
func (x *Index) find(id string) (place, bool) {
	if x.open == nil {
		return 0, false
	}
	return x.places.find(x.hash(id), func(p place) bool { return string(idIn(x.textAt(p))) == id })
}

func (x *Index) textAt(p place) []byte { return x.chunks[p.chunk()].text(p.slot()) }

func (x *Index) add(id string, t foldedText) {
	if x.open == nil {
		x.seed, x.open = maphash.MakeSeed(), map[int][]*chunk{}
	}
	size := len(t.text)
	chunks := x.open[size]
	i := slices.IndexFunc(chunks, (*chunk).hasRoom)
	if i < 0 {
		c := newChunk(len(x.chunks), size)
		x.chunks = append(x.chunks, c)
		at, _ := slices.BinarySearchFunc(x.sorted, size, func(c *chunk, size int) int { return c.size - size })
		x.sorted = slices.Insert(x.sorted, at, c)
		chunks = slices.Insert(chunks, 0, c)
		x.open[size], i = chunks, 0
	}
	x.places.add(x.hash(id), placeOf(chunks[i].number, chunks[i].add(t)), x.hashAt)
}

func (x *Index) hashAt(p place) uint64 { return maphash.Bytes(x.seed, idIn(x.textAt(p))) }

// remove takes an account away. The last one of its chunk takes its place.
func (x *Index) remove(id string) {
	delete(x.odd, id)
	at, isThere := x.find(id)
	if !isThere {
		return
	}
	c := x.chunks[at.chunk()]
	x.places.remove(x.hash(id), at)
	last := placeOf(c.number, c.n-1)
	if last != at {
		x.places.move(x.hashAt(last), last, at)
	}
	c.remove(at.slot())
}
