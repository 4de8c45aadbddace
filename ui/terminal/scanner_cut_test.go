package terminal

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestPastes(t *testing.T) {
	wantKeys(t, "\x1b[200~quit\rq\x03\x1b[Aq\x1b[201~j", "[quit\rq\x03\x1b[Aq]", "j")
	wantKeys(t, "\x1b[200~\x1b[201~j", "j")
	const text = "\x1b[200~a\x1b[20ä\xff\x1b[201~j"
	for cut, got := range cutTwice(text) {
		if want := []string{"[a\x1b[20ä\ufffd]", "j"}; !slices.Equal(got, want) {
			t.Errorf("cut after %v bytes it is %q", cut, got)
		}
	}
}

// cutTwice sends a text in three pieces, in all ways, and returns what each becomes.
func cutTwice(text string) map[[2]int][]string {
	got := map[[2]int][]string{}
	for second := range len(text) {
		for first := range second + 1 {
			var k keyboard
			k.send(text[:first])
			k.send(text[first:second])
			k.send(text[second:])
			got[[2]int{first, second}] = k.got
		}
	}
	return got
}

// TestAPasteWhoseEndIsLost is over after half a second, and ctrl+c works also before.
func TestAPasteWhoseEndIsLost(t *testing.T) {
	for _, rest := range []string{"", "\x1b", "\x1b[201"} {
		var k keyboard
		k.send("\x1b[200~abc" + rest)
		if at, ok := k.deadline(); !ok || at.Sub(noon) != restLimit {
			t.Errorf("it is over at %v", at)
		}
		k.wait()
		k.send("j")
		if want := []string{"[abc" + rest + "]", "j"}; !slices.Equal(k.got, want) {
			t.Errorf("%q, want %q", k.got, want)
		}
	}
	wantKeys(t, "\x1b[200~abc\x03", "[abc]", "ctrl+c")
	wantKeys(t, "\x1b[200~\x03", "ctrl+c")
}

func TestAHugePasteIsBounded(t *testing.T) {
	var k keyboard
	k.send("\x1b[200~")
	for range 30 {
		k.send(strings.Repeat("x", maxPaste/10))
	}
	k.send("\x1b[201~j")
	if len(k.got) != 2 || len(k.got[0]) != maxPaste+2 || k.got[1] != "j" {
		t.Errorf("%d messages, the first of %d bytes", len(k.got), len(k.got[0]))
	}
}

// TestCutsChangeNothing sends everything that a terminal sends, cut at random places.
func TestCutsChangeNothing(t *testing.T) {
	parts := append([]string{"j", "\x1b[A", "\x1bOs", "\x1b[99;5u", "ä", "🙂", "\x1b[200~paste\x1b[201~", "\x1b]11;rgb:0/0/0\x07", " ", "\r"}, replies...)
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 2))
		var whole strings.Builder
		for range 20 {
			whole.WriteString(parts[random.IntN(len(parts))])
		}
		var k keyboard
		for text := whole.String(); text != ""; {
			n := 1 + random.IntN(min(len(text), 5))
			k.send(text[:n])
			text = text[n:]
		}
		k.wait()
		if got, want := strings.Join(k.got, ""), strings.Join(keysOf(whole.String()), ""); got != want {
			t.Fatalf("%q in pieces is %q, want %q", whole.String(), got, want)
		}
	}
}

// FuzzScanner sends random bytes with random cuts. Nothing panics, and after a second
// of silence every plain key works.
func FuzzScanner(f *testing.F) {
	for _, reply := range replies {
		f.Add([]byte(reply), uint8(3))
	}
	f.Add([]byte("\x1b[200~abc\x1b[201~\x1b\x1b[D\x1bO5A\x9b\xff"), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, cut uint8) {
		var k keyboard
		for len(data) > 0 {
			n := min(len(data), 1+int(cut)%7)
			k.send(string(data[:n]))
			data = data[n:]
			if len(k.buf) > 4*maxSequence && k.mode == keys {
				t.Fatalf("%d bytes are kept", len(k.buf))
			}
		}
		k.wait()
		k.wait()
		if _, ok := k.deadline(); ok {
			t.Fatalf("after a second, %q is still awaited", k.buf)
		}
		for _, key := range []string{"j", "q", "\x03", "\r", "ä", "\x1b[A"} {
			k.got = nil
			k.send(key)
			if len(k.got) != 1 {
				t.Fatalf("%q is %q", key, k.got)
			}
		}
	})
}
