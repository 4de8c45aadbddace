package find

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// foldedText is a text as it is stored: its letters without their case, each of as many bytes
// as in the text itself.
type foldedText struct {
	text []byte
	// starts has a bit for each byte of the text that begins a word, but not the first: it follows a
	// separator, or it is an upper-case letter behind a lower-case one.
	starts []byte
	mask   uint64 // the bits of all its letters, and camelBit
	first  uint64 // the bits of those that begin a word
}

// separators are those of sahilm/fuzzy.
const separators = "/-_ .\\"

func isSeparator(r rune) bool { return r < utf8.RuneSelf && separates[r] }

// separates is faster than a search in separators.
var separates = func() (separates [utf8.RuneSelf]bool) {
	for _, r := range separators {
		separates[r] = true
	}
	return separates
}()

// fold brings a text into the form in which it is stored. It is odd where that is not possible
// without changing what the search finds: a letter would have another number of bytes, or
// the search of sahilm/fuzzy ends at a NUL.
func fold(text string) (t foldedText, isOdd bool) {
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		return t, true
	}
	t = foldedText{text: make([]byte, 0, len(text)), starts: make([]byte, startsSize(len(text)))}
	var last rune
	for at, r := range text {
		letter := canonical(r)
		if letter != r && utf8.RuneLen(letter) != utf8.RuneLen(r) {
			return t, true
		}
		bit := bitOf(letter)
		t.mask |= bit
		isCamel := unicode.IsUpper(r) && unicode.IsLower(last)
		if at > 0 && (isCamel || isSeparator(last)) {
			t.starts[at/8] |= 1 << (at % 8)
			t.first |= bit
		}
		if isCamel {
			t.mask |= camelBit
		}
		t.text = utf8.AppendRune(t.text, letter)
		last = r
	}
	return t, false
}

func startsSize(textSize int) int { return (textSize + 7) / 8 }

func isStart(starts []byte, at int) bool { return starts[at/8]>>(at%8)&1 != 0 }

// canonical is one letter for all that are the same without regard to case: the ASCII one in
// lower case, else the first one in Unicode's order.
func canonical(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	first := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		first = min(first, next)
	}
	if first < utf8.RuneSelf {
		return canonical(first)
	}
	return first
}

// ownBits is how many letters have a bit of a mask of their own; the others share those that
// are left.
const ownBits = len(frequent)

const frequent = "abcdefghijklmnopqrstuvwxyz0123456789 .-_@"

var bits = func() (bits [utf8.RuneSelf]uint64) {
	for r := range rune(utf8.RuneSelf) {
		if i := strings.IndexRune(frequent, r); i >= 0 {
			bits[r] = 1 << i
		} else {
			bits[r] = sharedBit(r)
		}
	}
	return bits
}()

// camelBit is in the mask of a text in which an upper-case letter begins a word behind a lower-case
// one; no letter has it.
const camelBit uint64 = 1 << 63

func sharedBit(r rune) uint64 { return 1 << (ownBits + int(r)%(63-ownBits)) }

// bitOf is the bit of a letter in a mask.
func bitOf(letter rune) uint64 {
	if letter < utf8.RuneSelf {
		return bits[letter]
	}
	return sharedBit(letter)
}

// hasOwnBit says that a text whose mask has the bit of the letter has the letter.
func hasOwnBit(letter []byte) bool {
	return len(letter) == 1 && bytes.IndexByte([]byte(frequent), letter[0]) >= 0
}
