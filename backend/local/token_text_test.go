package local

import (
	"strings"
	"testing"
)

// FuzzParseSecret: whatever comes in a header, only a whole token passes, and
// its id is what stands in it.
func FuzzParseSecret(f *testing.F) {
	_, text := newTokenText()
	for _, seed := range []string{text, text[:len(text)-1], strings.ToUpper(text), "Bearer " + text, "ph_", "", "\x00ph_é", strings.Repeat("_", tokenLength)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := parseTokenText(text)
		switch {
		case !ok && id != "":
			t.Fatalf("%q was refused and has id %q", text, id)
		case ok && (!strings.HasPrefix(text, tokenPrefix+id+"_") || len(text) != tokenLength || strings.Trim(text, tokenAlphabet+"_") != ""):
			t.Fatalf("%q passed with id %q", text, id)
		}
	})
}

func TestEveryChangedLetterIsSeen(t *testing.T) {
	id, text := newTokenText()
	if got, ok := parseTokenText(text); !ok || got != id {
		t.Fatalf("%q: %q, %v", text, got, ok)
	}
	for i := range text {
		for _, letter := range []byte("aq7_-A\x00") {
			changed := text[:i] + string(letter) + text[i+1:]
			if _, ok := parseTokenText(changed); ok && changed != text {
				t.Errorf("%q passed for %q", changed, text)
			}
		}
	}
}
