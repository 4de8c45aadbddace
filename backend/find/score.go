package find

import "bytes"

// sahilm/fuzzy looks at each letter of the pattern between its first place behind the letter
// before and that of the next one, and takes the first of its places there that scores most. So
// only three scores count there: that of the first place, which alone can be adjacent to the
// letter before; that of the start of a word; and none.

// highest is a bound that the score of a text is never above, cheap to compute. at are the places
// that locate found, first is which letters begin words.
func (p *pattern) highest(text, starts []byte, first uint64, at []int) int {
	if len(p.letters) > longestExact {
		return unlimited
	}
	sum, adjacent := max(at[0]*penaltyLeading, leastPenalty), 0
	for i, letter := range p.letters {
		here, next := at[i], len(text)
		if i+1 < len(at) {
			next = at[i+1]
		}
		best := staticScore(starts, here)
		if i > 0 && endsWith(text[:here], p.letters[i-1]) {
			bonus := adjacent*2 + bonusAdjacent
			adjacent += bonus
			best += bonus
		}
		if best < bonusStart && first&p.bits[i] != 0 && next > here+len(letter) {
			best = bonusStart
		}
		sum += best
	}
	return sum + len(p.letters) - len(text)
}

func endsWith(text, letter []byte) bool {
	if len(letter) == 1 {
		return text[len(text)-1] == letter[0] // it has the place of a letter before
	}
	return bytes.HasSuffix(text, letter)
}

// score is that of sahilm/fuzzy for a text with these starts of words. at are the places that
// locate found, first is which letters begin words.
func (p *pattern) score(text, starts []byte, first uint64, at []int) int {
	sum, adjacent, chosen, end := len(p.letters)-len(text), 0, -1, -1
	for i, letter := range p.letters {
		here, next := at[i], len(text)
		if i+1 < len(at) {
			next = at[i+1]
		}
		score, best := staticScore(starts, here), -1
		if end == here {
			bonus := adjacent*2 + bonusAdjacent
			score += bonus
			adjacent += bonus
		}
		if score > best {
			best, chosen = score, here
		}
		if best < bonusStart && first&p.bits[i] != 0 {
			best, chosen = p.betterStart(text[:next], starts, letter, here+len(letter), best, chosen)
		}
		if i == 0 {
			sum += max(chosen*penaltyLeading, leastPenalty)
		}
		sum += best
		end = chosen + len(letter)
	}
	return sum
}

func staticScore(starts []byte, at int) int {
	switch {
	case at == 0:
		return bonusFirst
	case isStart(starts, at):
		return bonusStart
	}
	return 0
}

// betterStart looks from a place on for one that scores more.
func (p *pattern) betterStart(text, starts, letter []byte, from, best, chosen int) (score, at int) {
	for from < len(text) {
		found := bytes.Index(text[from:], letter)
		if found < 0 {
			break
		}
		from += found
		if s := staticScore(starts, from); s > best {
			best, chosen = s, from
			if s == bonusStart {
				break
			}
		}
		from += len(letter)
	}
	return best, chosen
}
