package terminal

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// noon is when the terminal of these tests sends its first byte.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// keyboard is a scanner whose time stands still between two reads.
type keyboard struct {
	scanner
	passed time.Duration // since noon
	got    []string
}

// send sends bytes in one read.
func (k *keyboard) send(text string) { k.note(k.feed([]byte(text), noon.Add(k.passed))) }

// wait lets a second pass without a byte.
func (k *keyboard) wait() {
	if _, ok := k.deadline(); ok {
		k.note(k.expire())
	}
}

func (k *keyboard) note(msgs []tea.Msg) {
	for _, msg := range msgs {
		switch msg := msg.(type) {
		case tea.KeyMsg:
			k.got = append(k.got, msg.String())
		case replyMsg:
			k.got = append(k.got, "reply "+string(msg))
		default:
			k.got = append(k.got, fmt.Sprintf("%T", msg))
		}
	}
}

// keysOf returns what bytes become that arrive at once, after a second of silence.
func keysOf(text string) []string {
	var k keyboard
	k.send(text)
	k.wait()
	return k.got
}

func wantKeys(t *testing.T, text string, want ...string) {
	t.Helper()
	if got := keysOf(text); !slices.Equal(got, want) {
		t.Errorf("%q is %q, want %q", text, got, want)
	}
}

func TestPlainKeys(t *testing.T) {
	for text, want := range map[string]string{
		"j": "j", "jk": "jk", "ä": "ä", "\r": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "ctrl+h", " ": " ",
		"\x00": "ctrl+@", "\x03": "ctrl+c", "\x1a": "ctrl+z", "\x1b": "esc", "🙂": "🙂",
		"\x1b[A": "up", "\x1bOB": "down", "\x1b[Z": "shift+tab", "\x1b[1;5C": "ctrl+right", "\x1b[1;2H": "shift+home",
		"\x1b[3~": "delete", "\x1b[5~": "pgup", "\x1b[15~": "f5", "\x1bOP": "f1", "\x1b[24~": "f12",
		"\x1bj": "alt+j", "\x1b\r": "alt+enter", "\x1b\x7f": "alt+backspace", "\x1bä": "alt+ä", "\x1b ": "alt+ ",
		"\x1b[[A": "f1", "\x1b[[E": "f5", "\x1b[1;3D": "alt+left", "\x1b\x1b[D": "alt+left", "\x1b\x1bOD": "alt+left",
		"\x1b[I": "tea.FocusMsg", "\x1b[O": "tea.BlurMsg",
	} {
		wantKeys(t, text, want)
	}
	for _, report := range []string{"\x1b[?997;1n", "\x1b[?997;2n"} {
		wantKeys(t, report, "terminal.coloursMsg")
		wantKeys(t, "j"+report+"k", "j", "terminal.coloursMsg", "k")
	}
	for _, other := range []string{"\x1b[?997n", "\x1b[?997;3n", "\x1b[0n", "\x1b[?996n"} {
		wantKeys(t, other)
	}
	wantKeys(t, "a b\rc", "a", " ", "b", "enter", "c")
	wantKeys(t, "\x1b\x1b", "esc", "esc")
	wantKeys(t, "\x1b\x03", "esc", "ctrl+c")
}

// TestTheKeypad is about application mode, which other programs leave on (xterm's
// ctlseqs, VT220-style function keys), and about urxvt(7).
func TestTheKeypad(t *testing.T) {
	for i := range 10 {
		wantKeys(t, "\x1bO"+string(rune('p'+i)), fmt.Sprint(i))
	}
	for letter, want := range map[string]string{
		"M": "enter", "j": "*", "k": "+", "l": ",", "m": "-", "n": ".", "o": "/", "X": "=",
		"a": "ctrl+up", "b": "ctrl+down", "c": "ctrl+right", "d": "ctrl+left",
	} {
		wantKeys(t, "\x1bO"+letter, want)
	}
	for _, letter := range []string{"e", "z", "T", "Y", "]", "~", "I"} {
		wantKeys(t, "\x1bO"+letter)
	}
	wantKeys(t, "\x1bOq\x1bOr\x1bOs", "1", "2", "3")
	wantKeys(t, "\x1b[7$", "shift+home")
	wantKeys(t, "\x1b[7^", "ctrl+home")
	wantKeys(t, "\x1b[a", "shift+up")
}

// TestKeysWithAProtocol is about "CSI u", as the kitty protocol and fixterms have it,
// and about xterm's modifyOtherKeys. Other programs leave them on, too.
func TestKeysWithAProtocol(t *testing.T) {
	for text, want := range map[string]string{
		"\x1b[99;5u": "ctrl+c", "\x1b[27u": "esc", "\x1b[13u": "enter", "\x1b[13;2u": "enter", "\x1b[9;2u": "shift+tab", "\x1b[127u": "backspace",
		"\x1b[106u": "j", "\x1b[106;1u": "j", "\x1b[106;129u": "j", "\x1b[106;65u": "j", "\x1b[106;2u": "J", "\x1b[49:33;2u": "!",
		"\x1b[99;69u": "ctrl+c", "\x1b[99;133u": "ctrl+c", "\x1b[1089::99;5u": "ctrl+c", "\x1b[106;3u": "alt+j", "\x1b[32u": " ", "\x1b[57400u": "1",
		"\x1b[57414u": "enter", "\x1b[57419u": "up", "\x1b[1;129A": "up", "\x1b[1;133A": "ctrl+up", "\x1b[106;1:1u": "j", "\x1b[106;1:2u": "j",
		"\x1b[27;5;99~": "ctrl+c", "\x1b[27;2;13~": "enter", "\x1b[27;2;65~": "A", "\x1b[27;5;27~": "esc", "\x1b[91;5u": "esc", "\x1b[109;5u": "enter",
		"\x1b[127;5u": "alt+backspace", "\x1b[47;5u": "ctrl+_", "\x1b[?1u": "terminal.protocolMsg",
	} {
		wantKeys(t, text, want)
	}
	for _, text := range []string{
		"\x1b[106;1:3u", "\x1b[99;5:3u", "\x1b[1;1:3A", "\x1b[3;1:3~", // releases
		"\x1b[105;5u", "\x1b[99;6u", "\x1b[99;9u", "\x1b[49;2u", "\x1b[57441;2u", "\x1b[57358u", "\x1b[57428u", "\x1b[u",
	} {
		wantKeys(t, text)
	}
}

// replies are what terminals send by themselves, or asked by another program.
var replies = []string{
	"\x1bP>|tmux 3.3a\x1b\\", "\x1bP1$r0m\x1b\\", "\x1bP1+r544e=787465\x1b\\", "\x1bP!|00000000\x1b\\",
	"\x1b_Gi=31;OK\x1b\\", "\x1b^quit\x1b\\", "\x1bXdelete\x1b\\",
	"\x1b[?62;22c", "\x1b[>1;10;0c", "\x1b[24;80R", "\x1b[0n", "\x1b[?2026;2$y", "\x1b[8;24;80t", "\x1b[?997;3n", "\x1b[<0;3;4x",
	"\x90>|XTerm(390)\x9c", "\x9b?62c", "\x8fz", "\x1b[M !!",
}

func TestRepliesAreNoKeys(t *testing.T) {
	for _, reply := range replies {
		wantKeys(t, reply)
		for i := range reply {
			var k keyboard
			k.send(reply[:i])
			k.send(reply[i:])
			k.wait()
			if len(k.got) > 0 {
				t.Errorf("%q, cut after %d bytes, is %q", reply, i, k.got)
			}
		}
		wantKeys(t, reply+"j", "j")
	}
	for _, colour := range []string{"10;rgb:dada/adad/fefe", "11;rgb:0000/0000/0000", "4;1;rgb:00/00/00", "52;c;cXVpdA=="} {
		wantKeys(t, "\x1b]"+colour+"\x1b\\j", "reply "+colour, "j")
		wantKeys(t, "\x1b]"+colour+"\x07j", "reply "+colour, "j")
	}
}

// TestAControlStringThatDoesNotEnd is over after half a second of silence, of any
// length, and ctrl+c ends it at once.
func TestAControlStringThatDoesNotEnd(t *testing.T) {
	for _, opener := range []string{"\x1b]", "\x1bP", "\x1bX", "\x1b^", "\x1b_"} {
		for _, rest := range []string{"", "tests and quits", strings.Repeat("q", 3*maxReply), "q\x1b"} {
			var k keyboard
			k.send(opener + rest)
			if at, ok := k.deadline(); !ok || at.Sub(noon) != restLimit {
				t.Errorf("%q is over at %v", opener, at)
			}
			k.wait()
			k.send("j")
			if !slices.Equal(k.got, []string{"j"}) {
				t.Errorf("%q and %d bytes, then j: %.40q", opener, len(rest), k.got)
			}
		}
		var k keyboard
		k.send(opener + "qq")
		for range 8 { // typed on, after it has lost its end
			k.passed += 100 * time.Millisecond
			k.send("j")
		}
		if got := strings.Join(k.got, ""); got != "jjjj" {
			t.Errorf("%q and a key every 100 ms: %q", opener, got)
		}
		wantKeys(t, opener+"qq\x03", "ctrl+c")
		wantKeys(t, opener+"qq\x1b[A", "up") // broken off by another sequence
		wantKeys(t, opener+"qq\x18j", "j")
	}
}

func TestASequenceThatDoesNotEnd(t *testing.T) {
	for _, start := range []string{"\x1b[", "\x1b[1;", "\x1b[?", "\x1b[<0;1", "\x1bO", "\x1bO1;", "\x1b[M", "\x1b[[", "\x1b[" + strings.Repeat("1;2;3", 5000)} {
		wantKeys(t, start)
		wantKeys(t, start+"\x03", "ctrl+c")
		var k keyboard
		k.send(start)
		k.wait()
		k.send("j")
		if !slices.Equal(k.got, []string{"j"}) {
			t.Errorf("%.20q, then j: %q", start, k.got)
		}
	}
	wantKeys(t, "\x1b["+strings.Repeat("1;2;3", 5000)+"Aj", "j")
}

func TestTextThatIsCutInsideACharacter(t *testing.T) {
	const text = "äöü漢字🙂"
	for cut, got := range cutTwice(text) {
		if got := strings.Join(got, ""); got != text {
			t.Errorf("cut after %v bytes it is %q", cut, got)
		}
	}
}

// TestInvalidUTF8IsShown: every byte that belongs to no character is one U+FFFD.
func TestInvalidUTF8IsShown(t *testing.T) {
	wantKeys(t, "\xff", "\ufffd")
	wantKeys(t, "\xc3", "\ufffd")
	wantKeys(t, "\xe2\x82", "\ufffd\ufffd")
	wantKeys(t, "\xc3(", "\ufffd(")
	wantKeys(t, "\xed\xa0\x80", "\ufffd\ufffd\ufffd") // half of a surrogate pair
	wantKeys(t, "\x1b\xff", "alt+\ufffd")
	var k keyboard
	k.send("\xc4") // of ě, of which the second byte is also that of a control sequence
	k.wait()
	k.send("\x9bB")
	if got := strings.Join(k.got, ""); got != "\ufffd\ufffdB" {
		t.Errorf("a character in two pieces, of which one is late, is %q", got)
	}
}

// TestALoneEscIsAKeySoon: it is not waited for as long as for the rest of a sequence.
func TestALoneEscIsAKeySoon(t *testing.T) {
	var k keyboard
	k.send("\x1b")
	if at, ok := k.deadline(); !ok || at.Sub(noon) != escLimit {
		t.Errorf("esc is a key at %v", at)
	}
	k.send("[A") // the rest came in time
	if !slices.Equal(k.got, []string{"up"}) {
		t.Errorf("%q", k.got)
	}
	if _, ok := k.deadline(); ok {
		t.Error("something is still awaited")
	}
}
