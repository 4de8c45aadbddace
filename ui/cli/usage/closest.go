package usage

import "strings"

// Closest returns the known word that was probably meant: one that begins with
// what was typed, or differs from it by one or two typing errors. It returns ""
// when there is none.
func Closest(typed string, known []string) string {
	best, fewest := "", 1+min(2, len(typed)/2)
	for _, word := range known {
		if len(typed) > 1 && strings.HasPrefix(word, typed) {
			return word
		}
		if n := distance(typed, word); n < fewest {
			best, fewest = word, n
		}
	}
	return best
}

// distance counts the letters to change, add or drop (Levenshtein), row by row.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
