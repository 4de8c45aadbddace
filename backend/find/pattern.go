package find

import (
	"bytes"
	"math"
	"unicode/utf8"
)

// pattern is what is looked for.
type pattern struct {
	typed   string
	letters [][]byte // each without its case
	bits    []uint64 // of each letter
	need    uint64   // the bits of all of them
	// most is the most that the letters can add to a score, with every bonus that there is;
	// unlimited where that is not known.
	most int
	// isOneBit: what has the bit of the only letter has the letter.
	isOneBit bool
}

// The bonuses and penalties of sahilm/fuzzy.
const (
	bonusFirst     = 10 // the letter is the first one of the text
	bonusStart     = 20 // it begins a word
	bonusAdjacent  = 5  // it follows the letter before; each further one adds twice of all so far, and this
	penaltyLeading = -5 // for each byte before the first letter that is found
	leastPenalty   = -15
	longestExact   = 36 // letters; the bonuses of more may be greater than an int, and run over
	unlimited      = math.MaxInt / 2
)

func newPattern(typed string) *pattern {
	p := &pattern{typed: typed}
	adjacent := 0
	for _, r := range typed {
		letter := canonical(r)
		p.letters = append(p.letters, utf8.AppendRune(nil, letter))
		p.bits = append(p.bits, bitOf(letter))
		p.need |= bitOf(letter)
		if len(p.letters) > 1 {
			bonus := adjacent*2 + bonusAdjacent
			adjacent += bonus
		}
	}
	p.most = adjacent + len(p.letters)*(bonusStart+1)
	if len(p.letters) == 0 || len(p.letters) > longestExact {
		p.most = unlimited
	}
	p.isOneBit = len(p.letters) == 1 && hasOwnBit(p.letters[0])
	return p
}

// locate finds the letters one after the other, each at its first place behind the one before,
// and notes the places in at. false: they are not all there.
func (p *pattern) locate(text []byte, at []int) bool {
	from := 0
	for i, letter := range p.letters {
		found := 0
		switch {
		case len(letter) > 1:
			found = bytes.Index(text[from:], letter)
		case from == len(text) || text[from] != letter[0]: // a call costs more than a look where letters are side by side
			found = bytes.IndexByte(text[from:], letter[0])
		}
		if found < 0 {
			return false
		}
		at[i] = from + found
		from += found + len(letter)
	}
	return true
}
