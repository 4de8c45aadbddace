package find

// place is where an account is: the number of its chunk and the slot in it.
type place uint32

const slotBits = 12

func placeOf(chunk, slot int) place { return place(chunk<<slotBits | slot) } //nolint:gosec // a million chunks need more memory than there is

func (p place) chunk() int { return int(p >> slotBits) }
func (p place) slot() int  { return int(p & (1<<slotBits - 1)) }

// places finds the place of an account by the hash of its id: a table with open addressing, which
// has no ids of its own. A map has several times the memory of it.
type places struct {
	cells []uint32 // a place plus firstPlace, or what an empty cell has; a power of two of them
	n     int      // accounts
	used  int      // cells that are not free, also of accounts that are gone
}

const (
	cellFree uint32 = iota
	cellGone
	firstPlace
)

// cell is the index of the first cell from a hash on that is accepted, or is free.
func (t *places) cell(hash uint64, accepts func(cell uint32) bool) int {
	mask := uint64(len(t.cells) - 1) //nolint:gosec // there is a cell at least
	for at := hash & mask; ; at = (at + 1) & mask {
		if t.cells[at] == cellFree || accepts(t.cells[at]) {
			return int(at) //nolint:gosec // below the number of cells
		}
	}
}

func (t *places) find(hash uint64, is func(place) bool) (place, bool) {
	if t.n == 0 {
		return 0, false
	}
	cell := t.cells[t.cell(hash, func(cell uint32) bool { return cell >= firstPlace && is(place(cell-firstPlace)) })]
	if cell == cellFree {
		return 0, false
	}
	return place(cell - firstPlace), true
}

// add adds an account that is not there. hashAt is the hash of the account at a place.
func (t *places) add(hash uint64, p place, hashAt func(place) uint64) {
	if t.used*4 >= len(t.cells)*3 { // more than three quarters would make the ways long
		old := t.cells
		t.cells = make([]uint32, max(64, 1<<bitsFor(t.n*2)))
		t.used = t.n
		for _, cell := range old {
			if cell >= firstPlace {
				t.cells[t.cell(hashAt(place(cell-firstPlace)), neverAccepts)] = cell
			}
		}
	}
	t.cells[t.cell(hash, neverAccepts)] = uint32(p) + firstPlace
	t.n++
	t.used++
}

func neverAccepts(uint32) bool { return false }

func bitsFor(n int) (bits int) {
	for 1<<bits < n {
		bits++
	}
	return bits
}

func (t *places) remove(hash uint64, p place) {
	t.cells[t.cellOf(hash, p)] = cellGone
	t.n--
}

func (t *places) move(hash uint64, from, to place) {
	t.cells[t.cellOf(hash, from)] = uint32(to) + firstPlace
}

func (t *places) cellOf(hash uint64, p place) int {
	return t.cell(hash, func(cell uint32) bool { return cell == uint32(p)+firstPlace })
}
