package backend

import (
	"strings"
	"testing"
)

// TestTextOfOthersIsDecoded has beginnings of files as editors on other systems save them.
func TestTextOfOthersIsDecoded(t *testing.T) {
	for content, want := range map[string]string{
		"": "", "a\n": "a\n", "\xef\xbb\xbfa": "a", "\xef\xbb\xbf": "", "\xef\xbb\xbf\xef\xbb\xbfa": "\ufeffa", "a\xef\xbb\xbf": "a\ufeff", "山田 \ufffd": "山田 \ufffd",
		"\xff\xfea\x00": "! UTF-16", "\xfe\xff\x00a": "! UTF-16", "\xff\xfe": "! UTF-16", "\xff\xfe\x00\x00a\x00\x00\x00": "! UTF-32", "\x00\x00\xfe\xff": "! UTF-32",
		"Gr\xfc\xdfe": "! line 1 has the byte 0xFC", "a\nb\nr\xe9": "! line 3 has the byte 0xE9", "\xef\xbb": "! 0xEF", "\xed\xa0\x80": "! 0xED",
	} {
		got, err := DecodeText([]byte(content))
		if reason, isWrong := strings.CutPrefix(want, "! "); isWrong {
			if got != "" || err == nil || !strings.Contains(err.Error(), reason) || !strings.HasSuffix(err.Error(), "; save it as UTF-8") {
				t.Errorf("%q: %q, %v", content, got, err)
			}
		} else if got != want || err != nil {
			t.Errorf("%q: %q, %v", content, got, err)
		}
	}
}
