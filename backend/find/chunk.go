package find

// chunkRoom is how many accounts a chunk has at most: few enough to search them in less than a
// millisecond, after which a search looks whether it was given up.
const chunkRoom = 1 << slotBits

// chunk is some accounts whose texts have the same length.
type chunk struct {
	number, size int // among all chunks; of a text in bytes
	n            int // accounts
	texts        []byte
	starts       []byte
	masks, first []uint64
}

func newChunk(number, size int) *chunk { return &chunk{number: number, size: size} }

func (c *chunk) hasRoom() bool { return c.n < chunkRoom }

func (c *chunk) text(slot int) []byte { return c.texts[slot*c.size : (slot+1)*c.size] }

func (c *chunk) startsOf(slot int) []byte {
	size := startsSize(c.size)
	return c.starts[slot*size : (slot+1)*size]
}

func (c *chunk) add(t foldedText) (slot int) {
	c.texts = append(c.texts, t.text...)
	c.starts = append(c.starts, t.starts...)
	c.masks = append(c.masks, t.mask)
	c.first = append(c.first, t.first)
	c.n++
	return c.n - 1
}

func (c *chunk) set(slot int, t foldedText) {
	copy(c.text(slot), t.text)
	copy(c.startsOf(slot), t.starts)
	c.masks[slot], c.first[slot] = t.mask, t.first
}

// remove puts the last account into the place of one that goes.
func (c *chunk) remove(slot int) {
	last := c.n - 1
	c.set(slot, foldedText{c.text(last), c.startsOf(last), c.masks[last], c.first[last]})
	clear(c.text(last)) // nothing is left of it
	c.n = last
	c.texts, c.starts = c.texts[:last*c.size], c.starts[:last*startsSize(c.size)]
	c.masks, c.first = c.masks[:last], c.first[:last]
}
