package httpapi

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"mime"
	"net"
	"strings"
	"syscall"
	"unicode"

	"github.com/account-settings/pinghome/backend"
)

// maxWords is how many characters of a server's own words are shown: three
// lines of a small window.
const maxWords = 200

// maxFields is how many wrong fields of an answer are kept; no request has more.
const maxFields = 16

// isShown reports whether a character of a server's words goes to the screen
// as it is; the others end a word.
func isShown(c rune) bool {
	return !unicode.IsSpace(c) && !unicode.IsControl(c) && !backend.IsBidiControl(c) && c != unicode.ReplacementChar
}

func looksLikeHTML(text string) bool {
	start := strings.ToLower(text[:min(len(text), 512)])
	for _, mark := range []string{"<!doctype", "<html", "<head", "<body", "<script", "</"} {
		if strings.Contains(start, mark) {
			return true
		}
	}
	return strings.HasPrefix(start, "<")
}

// plainWords are the words of a body that is no JSON object: a text, or a
// JSON string.
func plainWords(answered received) string {
	var text string
	if json.Unmarshal(answered.body, &text) == nil {
		return clean(text)
	}
	kind, _, _ := mime.ParseMediaType(answered.header.Get("Content-Type"))
	if kind != "text/plain" && kind != "" {
		return ""
	}
	return clean(string(answered.body[:min(len(answered.body), 4*maxWords)]))
}

// words reads a member that is a text.
func words(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return clean(text)
}

// fieldWords reads `errors`: by field, as a list of sentences, or as a list of
// objects that name their field. first is a sentence that belongs to none.
func fieldWords(raw json.RawMessage) (fields map[string][]string, first string) {
	add := func(field string, sentences []string) {
		for _, s := range sentences {
			switch {
			case s == "":
			case field == "":
				first = orFirst(first, s)
			case len(fields) < maxFields || fields[field] != nil:
				if fields == nil {
					fields = map[string][]string{}
				}
				fields[field] = append(fields[field], s)
			}
		}
	}
	var byField map[string]json.RawMessage
	if json.Unmarshal(raw, &byField) == nil {
		for field, sentences := range byField {
			add(clean(field), sentenceList(sentences))
		}
		return fields, first
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, words(raw)
	}
	for _, entry := range list {
		var object map[string]json.RawMessage
		if json.Unmarshal(entry, &object) != nil {
			add("", []string{words(entry)})
			continue
		}
		add(firstWords(object, "field", "name", "param", "property", "path"), []string{firstWords(object, "message", "detail", "msg", "error")})
	}
	return fields, first
}

// sentenceList reads one sentence or several.
func sentenceList(raw json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return []string{words(raw)}
	}
	var sentences []string
	for _, entry := range list {
		sentences = append(sentences, words(entry))
	}
	return sentences
}

func firstWords(object map[string]json.RawMessage, names ...string) string {
	for _, name := range names {
		if said := words(object[name]); said != "" {
			return said
		}
	}
	return ""
}

func orFirst(first, next string) string {
	if first != "" {
		return first
	}
	return next
}

// whyNot is the cause of a failed connection in words.
func whyNot(err error) string {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &name):
		return "its name is not known here"
	case errors.As(err, &certificate), errors.As(err, &authority):
		return "its certificate is not to be trusted"
	case errors.Is(err, errNotThisMachine):
		return "plain http goes to this machine only"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody answers there"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it did not answer in time"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "there is no way to it"
	}
	return "the connection broke"
}
