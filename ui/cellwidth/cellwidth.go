// Package cellwidth knows how many cells of a terminal the characters of a text take, where x/ansi
// does not.
//
// Some signs belong to the character before them, and yet take a cell of their own in terminals,
// which count by character (wcwidth): letters and vowels of Indic scripts, the AM of Thai and Lao, and
// the voicing marks of half-width Katakana. x/ansi counts clusters, and so none for them.
package cellwidth

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// IsSpacing reports whether a character takes a cell of its own behind the one that it joins.
func IsSpacing(r rune) bool {
	switch {
	case r < '\u0900':
		return false
	case r <= '\u0dff' && unicode.Is(unicode.Lo, r): // letters of India and Sri Lanka, which viramas join to one cluster
		return true
	case r == '\u0e33' || r == '\u0eb3' || r == '\uff9e' || r == '\uff9f':
		return true
	}
	return unicode.Is(unicode.Mc, r)
}

// privatePlane is where characters stand alone, and take one cell: plane 15 is for private use.
const privatePlane, planeEnd = 0xF0000, 0xFFFFD

// Of returns how many cells a text takes. Colour sequences take none.
func Of(s string) int {
	if strings.ContainsFunc(s, IsSpacing) {
		s = separated(s)
	}
	return ansi.StringWidth(s)
}

// First returns the first cluster of a text, and its width.
func First(s string) (cluster string, width int) {
	cluster, width = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	for i, r := range cluster {
		if i > 0 && IsSpacing(r) {
			width++
		}
	}
	return cluster, width
}

// Apart calls a function of x/ansi with a text whose spacing signs stand alone, and joins them
// again in what it returns.
func Apart(s string, do func(s string) string) string {
	if !strings.ContainsFunc(s, IsSpacing) {
		return do(s)
	}
	return strings.Map(joined, do(separated(s)))
}

// separated is a text with signs that stand alone in place of the spacing ones. Private signs
// become one that is drawn as unknown in any case.
func separated(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= privatePlane && r <= planeEnd:
			return unicode.ReplacementChar
		case IsSpacing(r) && r < 0x10000:
			return privatePlane + r
		}
		return r
	}, s)
}

func joined(r rune) rune {
	if r >= privatePlane && r <= planeEnd {
		return r - privatePlane
	}
	return r
}
