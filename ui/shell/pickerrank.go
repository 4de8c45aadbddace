package shell

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// How well an item matches what was typed, the best first.
const (
	beginsText  = iota // every word that was typed begins a word of the item, and the first one its text
	beginsWords        // every one begins a word
	hasWords           // every one is somewhere in it
	hasLetters         // its letters are, in their order
)

// find are the items that match. Those that have the words that were typed come before those that
// have their letters, and stand in their given order; these are ranked by sahilm/fuzzy, and behind
// them stand those that were found otherwise.
func (p *Picker) find(text string) fuzzy.Matches {
	words := strings.Fields(strings.ToLower(text))
	ranked := make([]fuzzy.Matches, hasLetters+1)
	isRanked := make([]bool, len(p.items))
	add := func(rank int, m fuzzy.Match) {
		if !isRanked[m.Index] {
			ranked[rank], isRanked[m.Index] = append(ranked[rank], m), true
		}
	}
	for i, it := range p.items {
		if rank, hits := it.rank(words); rank < hasLetters {
			add(rank, fuzzy.Match{Str: it.searched(), Index: i, MatchedIndexes: hits})
		}
	}
	for _, m := range fuzzy.FindFrom(text, p) {
		add(hasLetters, m)
	}
	for i, it := range p.items {
		if it.IsFound {
			add(hasLetters, fuzzy.Match{Str: it.searched(), Index: i})
		}
	}
	return slices.Concat(ranked...)
}

// rank tells how well an item matches words in lower case, and where they are in what is shown
// of it. Its names count, too; they are not shown.
func (it Item) rank(words []string) (rank int, hits []int) {
	shown := strings.ToLower(it.searched())
	if _, title, _ := strings.Cut(shown, ": "); !strings.HasPrefix(shown, words[0]) && !strings.HasPrefix(title, words[0]) {
		rank = beginsWords
	}
	for _, word := range words {
		at, begins := findWord(shown, word)
		isNamed, beginsName := findWord(it.Names, word)
		switch {
		case at < 0 && isNamed < 0:
			return hasLetters, nil
		case !begins && !beginsName:
			rank = hasWords
		}
		if at >= 0 && len(shown) == len(it.searched()) { // else lower case has other places
			for i := range word {
				hits = append(hits, at+i)
			}
		}
	}
	slices.Sort(hits)
	return rank, slices.Compact(hits)
}

// findWord returns where a word is in a text, -1 for nowhere, and whether it begins a word there.
// Of several places it is the first at which it does.
func findWord(text, word string) (at int, begins bool) {
	at = -1
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return at, false
		}
		i += from
		if r, size := utf8.DecodeLastRuneInString(text[:i]); size == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return i, true
		}
		if at < 0 {
			at = i
		}
		from = i + len(word)
	}
}
