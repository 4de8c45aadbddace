package usage

import "strings"

// Closest returns the known word that was probably meant: one that begins with
// what was typed, or is the beginning of it but for two letters, or differs from it by a typing error, or by two where it
// is long. It returns "" when there is none.
func Closest(typed string, known []string) string {
	const long = 6
	best, fewest := "", 2
	switch {
	case len(typed) < 2:
		return ""
	case len(typed) >= long:
		fewest = 3
	}
	for _, word := range known {
		if strings.HasPrefix(word, typed) {
			return word
		}
		n := distance(typed, word)
		if len(word) > 1 && strings.HasPrefix(typed, word) && n <= 2 {
			n = 1
		}
		if n < fewest {
			best, fewest = word, n
		}
	}
	return best
}

// distance counts the letters to change, add, drop or swap with the next one, row by row: the optimal string alignment
// (Damerau and Levenshtein).
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
