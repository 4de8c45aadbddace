package find_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/backend/find"
)

func indexOf(texts []string) *find.Index {
	x := &find.Index{}
	for _, text := range texts {
		x.Put(text)
	}
	return x
}

func idOf(text string) string { return text[strings.LastIndex(text, " ")+1:] }

// expected are the ids that sahilm/fuzzy finds, the best first, and its scores. texts are in the order
// in which those with the same score stand.
func expected(typed string, texts []string) (ids []string, scores []int) {
	for _, m := range fuzzy.Find(typed, texts) {
		ids, scores = append(ids, idOf(m.Str)), append(scores, m.Score)
	}
	return ids, scores
}

func sorted(texts []string) []string {
	return slices.SortedFunc(slices.Values(texts), func(a, b string) int { return strings.Compare(find.Folded(a), find.Folded(b)) })
}

// same fails when a search finds anything else than sahilm/fuzzy, on any page.
func same(t *testing.T, x *find.Index, ordered []string, typed string) {
	t.Helper()
	want, scores := expected(typed, ordered)
	for _, limit := range []int{0, 1, 7, len(ordered) + 5} {
		for _, offset := range []int{0, 3, len(want) / 2, len(want), len(want) + 9} {
			page, err := x.Search(context.Background(), find.Query{Text: typed, Offset: offset, Limit: limit})
			if err != nil {
				t.Fatal(err)
			}
			from := min(offset, len(want))
			part := want[from:min(from+limit, len(want))]
			if page.Total != len(want) || page.All != len(ordered) || !slices.Equal(page.IDs, part) {
				t.Fatalf("%q from %d, %d at most:\n%d of %d %q, want\n%d of %d %q\nwith the scores %v", typed, offset, limit,
					page.Total, page.All, page.IDs, len(want), len(ordered), part, scores)
			}
		}
	}
}

// TestSearchIsThatOfFuzzy: for what is typed of names, addresses, companies and ids, in any case.
func TestSearchIsThatOfFuzzy(t *testing.T) {
	texts := people(1000)
	x, ordered := indexOf(texts), sorted(texts)
	random := rand.New(rand.NewPCG(3, 4))
	for _, typed := range []string{"s", "smi", "anna", "smla", "john smith", "ss", "aa", "e.e", "@", "x-", "mcarthur", "MAC", "ə", "Ə", "ольга", "山", "ß", "\u212a", "\u017f",
		"zzzz", "acme gmbh", "....", "0199", "ping-home.org", strings.Repeat("a", 45), "\xff", "a\x00", "'", "ı", "İ"} {
		same(t, x, ordered, typed)
	}
	for range 60 {
		same(t, x, ordered, typedOf(random, texts[random.IntN(len(texts))]))
	}
}

// typedOf is some letters of a text, as a person would type them.
func typedOf(random *rand.Rand, text string) string {
	letters := []rune(text)
	at := random.IntN(len(letters))
	var typed []rune
	for n := 1 + random.IntN(10); n > 0 && at < len(letters); n-- {
		typed = append(typed, letters[at])
		at++
		if random.IntN(4) == 0 {
			at += random.IntN(8)
		}
	}
	if random.IntN(2) == 0 {
		return strings.ToUpper(string(typed))
	}
	return string(typed)
}

// TestSearchOfAnyTextIsThatOfFuzzy: also of such that look like no account.
func TestSearchOfAnyTextIsThatOfFuzzy(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	letters := []string{"a", "A", "b", "B", "s", "S", "k", " ", "-", ".", "/", "\\", "_", "é", "É", "\u212a", "ſ", "ß", "ẞ", "å", "\u212b", "ǆ", "ǅ", "Ǆ", "\xff", "\x00", "日", "🙂"}
	for range 60 {
		texts := make([]string, 1+random.IntN(60))
		for i := range texts {
			var text strings.Builder
			for range random.IntN(25) {
				text.WriteString(letters[random.IntN(len(letters))])
			}
			texts[i] = fmt.Sprintf("%s %04d", &text, i)
		}
		x, ordered := indexOf(texts), sorted(texts)
		for range 10 {
			var typed strings.Builder
			for range 1 + random.IntN(5) {
				typed.WriteString(letters[random.IntN(len(letters))])
			}
			same(t, x, ordered, typed.String())
		}
		same(t, x, ordered, strings.Repeat("a", 1+random.IntN(60)))
	}
}

// TestTheBestOfManyAreThoseOfFuzzy: also of short texts that are nearly alike, of which a page has the
// few best.
func TestTheBestOfManyAreThoseOfFuzzy(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 100 {
		alphabet := []string{"a", "A", "b", ".", " ", "é", "É"}[:2+random.IntN(6)]
		word := func(most int) string {
			var text strings.Builder
			for range 1 + random.IntN(most) {
				text.WriteString(alphabet[random.IntN(len(alphabet))])
			}
			return text.String()
		}
		texts := make([]string, 200)
		for i := range texts {
			texts[i] = fmt.Sprintf("%s %03d", word(8), i)
		}
		x, ordered := indexOf(texts), sorted(texts)
		for range 5 {
			same(t, x, ordered, word(4))
		}
	}
}

// TestAllAreFoundWithoutLetters, in the order of their texts.
func TestAllAreFoundWithoutLetters(t *testing.T) {
	texts := people(300)
	x := indexOf(texts)
	var want []string
	for _, text := range sorted(texts) {
		want = append(want, idOf(text))
	}
	for _, offset := range []int{0, 10, 290, 300, 1000} {
		page, err := x.Search(t.Context(), find.Query{Offset: offset, Limit: 20})
		if part := want[min(offset, 300):min(offset+20, 300)]; err != nil || page.Total != 300 || !slices.Equal(page.IDs, part) {
			t.Errorf("from %d: %+v, %v; want %q", offset, page, err, part)
		}
	}
}

// TestIndexFollowsItsAccounts: what was put, changed and removed in any order is found as it is now.
func TestIndexFollowsItsAccounts(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	texts := people(2000)
	x := &find.Index{}
	kept := map[string]string{}
	for range 20_000 {
		text := texts[random.IntN(len(texts))]
		id := idOf(text)
		switch random.IntN(4) {
		case 0:
			x.Delete(id)
			delete(kept, id)
			continue
		case 1:
			text = strings.ToUpper(text[:len(text)-len(id)]) + id
		case 2:
			text = "\u212a" + text
		}
		x.Put(text)
		kept[id] = text
	}
	ordered := sorted(slices.Collect(func(yield func(string) bool) {
		for _, text := range kept {
			if !yield(text) {
				return
			}
		}
	}))
	if x.Len() != len(ordered) {
		t.Errorf("%d accounts, want %d", x.Len(), len(ordered))
	}
	for _, typed := range []string{"smi", "k", "anna", "SMITH", "-7", "o'b"} {
		same(t, x, ordered, typed)
	}
}

// TestSomeComeFirst of those with the same score, and no others.
func TestSomeComeFirst(t *testing.T) {
	x := indexOf([]string{"Ann Lee 1", "Bob Lee 2", "Eve Lee 3", "\u212aim Lee 4", "Zoë Lee 5", "Lee 6"})
	for text, want := range map[string]string{"": "5 4 2 1 3 6", "lee": "6 2 1 3 5 4", "zoë": "5"} {
		page, err := x.Search(t.Context(), find.Query{Text: text, First: []string{"5", "4", "gone", "2"}, Limit: 9})
		if got := strings.Join(page.IDs, " "); err != nil || got != want {
			t.Errorf("%q finds %s, %v; want %s", text, got, err, want)
		}
	}
}

// TestSearchEndsWithItsContext.
func TestSearchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := indexOf(people(10)).Search(ctx, find.Query{Text: "a", Offset: 0, Limit: 5}); err == nil {
		t.Error("a search that was given up has an answer")
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("Anna Smits anna@acme.example Acme", "as")
	f.Add("\u212aim Öz", "kö")
	f.Fuzz(func(t *testing.T, text, typed string) {
		if typed == "" || len(text) > 2000 {
			return
		}
		texts := []string{"Anna 0"}
		for i := range 150 { // more than are kept for a short page
			at := i * 7 % (len(text) + 1)
			texts = append(texts, fmt.Sprintf("%s%s %d", text[at:], text[:at/(1+i%3)], 1+i))
		}
		same(t, indexOf(texts), sorted(texts), typed)
	})
}
