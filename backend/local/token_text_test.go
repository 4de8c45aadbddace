package local

import (
	"strings"
	"testing"
)

// FuzzParseTokenText: of all texts only a whole token is parsed, with the id in it.
func FuzzParseTokenText(f *testing.F) {
	_, text := newTokenText()
	for _, seed := range []string{text, text[:len(text)-1], strings.ToUpper(text), "Bearer " + text, "ph_", "", "\x00ph_é", strings.Repeat("_", tokenLength)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := parseTokenText(text)
		switch {
		case !ok && id != "":
			t.Fatalf("%q is no token, but has the id %q", text, id)
		case ok && (!strings.HasPrefix(text, tokenPrefix+id+"_") || len(text) != tokenLength || strings.Trim(text, tokenAlphabet+"_") != ""):
			t.Fatalf("%q was parsed with the id %q", text, id)
		}
	})
}

func TestParseTokenTextRefusesAnyChange(t *testing.T) {
	id, text := newTokenText()
	if got, ok := parseTokenText(text); !ok || got != id {
		t.Fatalf("%q: %q, %v", text, got, ok)
	}
	for i := range text {
		for _, letter := range []byte("aq7_-A\x00") {
			changed := text[:i] + string(letter) + text[i+1:]
			if _, ok := parseTokenText(changed); ok && changed != text {
				t.Errorf("%q was parsed, made of %q", changed, text)
			}
		}
	}
}
