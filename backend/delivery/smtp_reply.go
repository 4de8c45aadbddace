package delivery

import (
	"bufio"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

// reply is a reply of a mail server (RFC 5321, 4.2), of one line or more.
type reply struct {
	code  int      // from 200 to 599, of the last line
	lines []string // what stands behind the code in each line; UTF-8, and else as it was sent
}

// maxReplyLine is how many bytes of a line are kept. A line has at most 512 (RFC 5321,
// 4.5.3.1.5), and of a status 200 characters are shown.
const maxReplyLine = 2048

// errNoReply is about what a server says that is no reply of SMTP.
var errNoReply = errors.New("said what is no reply of a mail server")

// readReply reads one reply. Servers send more than the standard has, and this is read as
// well: a code without any text, not even a space (which RFC 5321, 4.2, allows), lines that
// end with LF, lines that are too long, and text in Latin-1.
func readReply(in *bufio.Reader) (reply, error) {
	var r reply
	for {
		line, err := readReplyLine(in)
		if err != nil {
			return reply{}, err
		}
		code, text, isLast, ok := parseReplyLine(line)
		if !ok {
			return reply{}, errNoReply
		}
		r.code, r.lines = code, append(r.lines, text)
		if isLast {
			return r, nil
		}
	}
}

// readReplyLine reads a line, and keeps its first maxReplyLine bytes. A line without an end
// is an error: it may be half of one.
func readReplyLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if left := maxReplyLine - len(line); left > 0 {
			line = append(line, part[:min(left, len(part))]...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return strings.TrimRight(string(line), "\r\n"), err
	}
}

// parseReplyLine takes a line apart; ok is false when it is none of a reply.
func parseReplyLine(line string) (code int, text string, isLast, ok bool) {
	if len(line) < 3 || line[0] < '2' || line[0] > '5' || !isDigit(line[1]) || !isDigit(line[2]) {
		return 0, "", false, false
	}
	code = int(line[0]-'0')*100 + int(line[1]-'0')*10 + int(line[2]-'0')
	switch rest := line[3:]; {
	case rest == "":
		return code, "", true, true
	case rest[0] == ' ' || rest[0] == '-':
		return code, asUTF8(rest[1:]), rest[0] == ' ', true
	}
	return 0, "", false, false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// asUTF8 takes text that is not UTF-8 for Latin-1, in which every byte is a character. A
// line that was cut within a character is UTF-8 all the same.
func asUTF8(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	for cut := 1; cut < utf8.UTFMax && len(text) > maxReplyLine-utf8.UTFMax-4 && cut < len(text); cut++ {
		if shorter := text[:len(text)-cut]; utf8.ValidString(shorter) {
			return shorter
		}
	}
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = rune(text[i])
	}
	return string(runes)
}

// enhancedCode matches the enhanced status code of a line (RFC 3463, 2).
var enhancedCode = regexp.MustCompile(`^[245]\.[0-9]{1,3}\.[0-9]{1,3}(?:\s|$)`)

// enhanced is the enhanced status code, "" without one.
func (r reply) enhanced() string {
	if len(r.lines) == 0 {
		return ""
	}
	return strings.TrimSpace(enhancedCode.FindString(r.lines[0]))
}

// text is the whole text behind the code. Of an enhanced status code that is repeated in
// every line (RFC 2034, 4) only the first is left.
func (r reply) text() string {
	enhanced := r.enhanced()
	lines := make([]string, len(r.lines))
	for i, line := range r.lines {
		if i > 0 && enhanced != "" && strings.HasPrefix(line+" ", enhanced+" ") {
			line = line[len(enhanced):]
		}
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(strings.Join(lines, " "))
}
