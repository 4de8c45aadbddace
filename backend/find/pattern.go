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
	// most is the most that the letters can add to a score, with every bonus that there is, and
	// mostPlain the same for a text without camelBit; unlimited where that is not known.
	most, mostPlain int
	// starts are the letters that mostPlain has as the beginning of a word, though they may be side
	// by side with the one before.
	starts []start
	// isOneBit: what has the bit of the only letter has the letter.
	isOneBit bool
}

// start is a letter that adds less to the score of a text in which it begins no word.
type start struct {
	bit  uint64
	less int
}

// The bonuses and penalties of sahilm/fuzzy.
const (
	bonusFirst     = 10 // the letter is the first one of the text
	bonusStart     = 20 // it begins a word
	bonusAdjacent  = 5  // it follows the letter before; each further one adds twice of all so far, and this
	penaltyLeading = -5 // for each byte before the first letter that is found
	leastPenalty   = -15
	mostOfFirst    = bonusStart + penaltyLeading // what the first letter can add: one byte at least is before it where it begins a word
	longestExact   = 36                          // letters; the bonuses of more may be greater than an int, and run over
	unlimited      = math.MaxInt / 2
)

func newPattern(typed string) *pattern {
	p := &pattern{typed: typed}
	for _, r := range typed {
		letter := canonical(r)
		p.letters = append(p.letters, utf8.AppendRune(nil, letter))
		p.bits = append(p.bits, bitOf(letter))
		p.need |= bitOf(letter)
	}
	p.addBounds()
	p.isOneBit = len(p.letters) == 1 && hasOwnBit(p.letters[0])
	return p
}

// addBounds finds most and mostPlain. Without camelBit, a letter that is side by side with the one
// before begins a word only where that one is a separator.
func (p *pattern) addBounds() {
	p.most, p.mostPlain = unlimited, unlimited
	if len(p.letters) == 0 || len(p.letters) > longestExact {
		return
	}
	p.most = len(p.letters) + mostOfFirst
	p.mostPlain = p.most
	adjacent := 0
	for i, before := range p.letters[:len(p.letters)-1] {
		bonus := adjacent*2 + bonusAdjacent
		adjacent += bonus
		p.most += bonus + bonusStart
		switch {
		case isSeparator(rune(before[0])):
			p.mostPlain += bonus + bonusStart
		case bonus < bonusStart:
			p.mostPlain += bonusStart
			p.starts = append(p.starts, start{p.bits[i+1], bonusStart - bonus})
		default:
			p.mostPlain += bonus
		}
	}
}

// rough is a bound that what the letters add to the score of a text is never above. Of the text it
// has only the place of the first letter, which letters begin words, and whether it has camelBit.
func (p *pattern) rough(first uint64, isCamel bool, at int) int {
	if p.most == unlimited {
		return unlimited
	}
	most := p.most
	if !isCamel {
		most = p.mostPlain
		for _, s := range p.starts {
			if first&s.bit == 0 {
				most -= s.less
			}
		}
	}
	most -= mostOfFirst
	switch {
	case first&p.bits[0] != 0:
		return most + bonusStart + max(max(at, 1)*penaltyLeading, leastPenalty)
	case at == 0:
		return most + bonusFirst
	}
	return most + max(at*penaltyLeading, leastPenalty)
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
