package backend

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ByteOrderMark is what some programs put before UTF-8. A sender of JSON must not, and a
// reader may ignore it (RFC 8259, 8.1).
const ByteOrderMark = "\xef\xbb\xbf"

// Marks of other encodings at the beginning of a text (Unicode 16.0, 23.8). That of UTF-32
// begins as the one of UTF-16 does.
var otherMarks = []struct{ mark, name string }{{"\xff\xfe\x00\x00", "UTF-32"}, {"\x00\x00\xfe\xff", "UTF-32"}, {"\xff\xfe", "UTF-16"}, {"\xfe\xff", "UTF-16"}}

// DecodeText returns the text of a file or an answer that others have written, without the
// ByteOrderMark before it. The error is a clause for the person: the text is in another
// encoding than UTF-8.
func DecodeText(content []byte) (string, error) {
	for _, other := range otherMarks {
		if bytes.HasPrefix(content, []byte(other.mark)) {
			return "", errors.New("it is " + other.name + " text; save it as UTF-8")
		}
	}
	content = bytes.TrimPrefix(content, []byte(ByteOrderMark))
	for i := 0; i < len(content); {
		r, size := utf8.DecodeRune(content[i:])
		if r == utf8.RuneError && size == 1 {
			return "", fmt.Errorf("it is not UTF-8 text (line %d has the byte 0x%02X); save it as UTF-8", 1+bytes.Count(content[:i], []byte("\n")), content[i])
		}
		i += size
	}
	return string(content), nil
}

// PlainName returns the name of a member or a parameter without what spellings of it differ
// in: includeTypes and Include-Types are include_types. It is for comparing only.
func PlainName(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}
