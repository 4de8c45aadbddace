package safe

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// poison are names that an attacker could give to a customer.
var poison = []string{
	"\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x1b]8;;http://evil\x1b\\x", "\x1b]52;c;ZXZpbA==\x07", "\x1bPq\x1b\\",
	"\u009b31m", "\u009d0;x\u009c", "a\rb", "a\bb", "a\x07b", "user\u202egpj.exe", "\u2066x\u2069", "\x1b]unterminated",
	"\x7f", "a\u200bb", "\U000e0041", "\u2028", "\xff\xfe", "\x9b31m", "\xc2", "a\x9d0;x\x9c",
}

func TestTextFromOthersCannotControlTheTerminal(t *testing.T) {
	for _, p := range poison {
		for name, got := range map[string]string{"Text": Text(p), "Lines": strings.Join(Lines(p), ""), "Drawn": Drawn(p)} {
			if !utf8.ValidString(got) {
				t.Errorf("%s(%q) = %q is not UTF-8", name, p, got)
			}
			for _, r := range got {
				if unicode.IsControl(r) || isDanger(r) {
					t.Errorf("%s(%q) = %q lets %U through", name, p, got, r)
				}
			}
		}
	}
}

func TestDangerousCharactersAreShownAndNotDropped(t *testing.T) {
	for in, want := range map[string]string{
		"user\u202egpj":  "user<U+202E>gpj",
		"a\x1b[31mb":     "a␛[31mb",
		"del\x7f":        "del␡",
		"a\u180eb\u034f": "a<U+180E>b<U+034F>",
		"\U0001d173a":    "<U+1D173>a",
		"\u06dda\u00a0b": "\u06dda\u00a0b", // a sign around numbers, and a space
		"❤\ufe0f":        "❤\ufe0f",
		"one\ntwo\tx":    "one two x",
		"plain":          "plain",
		"Zoë 👩‍👩‍👧":      "Zoë 👩‍👩‍👧",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJSONSaysTheSame(t *testing.T) {
	for _, p := range append(poison, "plain", "Zoë 👩‍👩‍👧") {
		encoded, err := json.MarshalIndent(map[string]string{"name": p}, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		got := JSON(string(encoded))
		if strings.ContainsFunc(strings.ReplaceAll(got, "\n", ""), isDanger) {
			t.Errorf("%q lets a dangerous character through", got)
		}
		var before, after map[string]string
		if json.Unmarshal(encoded, &before) != nil || json.Unmarshal([]byte(got), &after) != nil || before["name"] != after["name"] {
			t.Errorf("%q became %q", before["name"], after["name"])
		}
	}
}

// TestLogsSayTheSame: what a log quotes of others is escaped, and no line is lost.
func TestLogsSayTheSame(t *testing.T) {
	for _, p := range append(poison, "plain", "Zoë 👩‍👩‍👧") {
		var plain, cleaned bytes.Buffer
		slog.New(slog.NewJSONHandler(&plain, nil)).Error("it failed", "error", p)
		slog.New(slog.NewJSONHandler(JSONWriter(&cleaned), nil)).Error("it failed", "error", p)
		line := strings.TrimSuffix(cleaned.String(), "\n")
		if strings.ContainsFunc(line, isDanger) || !utf8.ValidString(line) {
			t.Errorf("%q lets a dangerous character through", line)
		}
		var before, after struct{ Error string }
		if json.Unmarshal(plain.Bytes(), &before) != nil || json.Unmarshal(cleaned.Bytes(), &after) != nil || before != after {
			t.Errorf("%q became %q", before, after)
		}
	}
}

func TestOurOwnColoursStayInDrawnText(t *testing.T) {
	in := "\x1b[1;38;5;12mx\x1b[0m\u202ey\x1b[2J"
	if got, want := Drawn(in), "\x1b[1;38;5;12mx\x1b[0m·y·[2J"; got != want {
		t.Errorf("Drawn = %q, want %q", got, want)
	}
}

func FuzzText(f *testing.F) {
	for _, p := range poison {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, got := range map[string]string{"Text": Text(s), "Lines": strings.Join(Lines(s), ""), "JSON": strings.Map(noControl, JSON(s))} {
			for _, r := range got {
				if unicode.IsControl(r) || isDanger(r) {
					t.Fatalf("%s(%q) lets %U through", name, s, r)
				}
			}
			if !utf8.ValidString(got) {
				t.Fatalf("%s(%q) is not UTF-8", name, s)
			}
		}
	})
}

// noControl drops the control characters that a document has of its own.
func noControl(r rune) rune {
	if r < 0x20 {
		return -1
	}
	return r
}
