package mask

import (
	"strconv"

	"github.com/account-settings/pinghome/ui/draw"
)

// Short returns the masks in w cells at most, in the order of the list. Those that do not fit
// are cut in the middle, or elsewhere where others look the same then; where all places are the
// same, they have numbers. The masks are different ones.
func Short(masks []string, w int, signs Signs) []string {
	short := make([]string, len(masks))
	groups := map[string][]int{}
	for i, text := range masks {
		short[i] = draw.Middle(text, w)
		groups[short[i]] = append(groups[short[i]], i)
	}
	for _, same := range groups {
		if len(same) > 1 {
			shortenApart(masks, same, w, short)
		}
	}
	taken := map[string]bool{}
	for i, text := range short {
		for n := 2; taken[short[i]] && n <= len(masks)+1; n++ {
			number := signs.Number + strconv.Itoa(n)
			short[i] = draw.Middle(text, w-draw.Width(number)) + number
		}
		taken[short[i]] = true
	}
	return short
}

// shortenApart cuts masks at the first place, from their ends on, where they are different.
func shortenApart(masks []string, same []int, w int, short []string) {
	const places = 6
	for i := range places + 1 {
		behind := (w - 1) * (places - i) / places // cells that are kept at the end
		cut, texts := make([]string, len(same)), map[string]bool{}
		for j, at := range same {
			text := masks[at]
			cut[j] = draw.Clip(text, w-1-behind) + "…" + draw.Part(text, draw.Width(text)-behind, behind)
			texts[cut[j]] = true
		}
		if len(texts) == len(same) {
			for j, at := range same {
				short[at] = cut[j]
			}
			return
		}
	}
}
