package httpapi

import (
	"cmp"
	"encoding/json"
	"mime"
	"strings"
	"unicode"
)

// Text that a server wrote, made fit for a screen.

// maxText is how many characters of a server's text are shown: three lines of a
// small window.
const maxText = 200

// maxFields is how many wrong fields of an answer are kept; no request has more.
const maxFields = 16

// cleanText makes one short line of a text, without characters that move the
// cursor or turn the text around. HTML is no text: it becomes "".
func cleanText(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(c rune) bool { return !isShown(c) }), " ")
	text = strings.ToValidUTF8(text, "�")
	if looksLikeHTML(text) {
		return ""
	}
	if runes := []rune(text); len(runes) > maxText {
		return strings.TrimSpace(string(runes[:maxText-1])) + "…"
	}
	return text
}

// isShown reports whether a character is shown as it is. The others separate
// words. Characters of format are invisible; only the zero-width joiner is needed, by
// letters and emoji.
func isShown(c rune) bool {
	const joiner = '\u200d'
	return !unicode.IsSpace(c) && !unicode.IsControl(c) && c != unicode.ReplacementChar && (!unicode.Is(unicode.Cf, c) || c == joiner)
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

// plainText is the text of a body that is no JSON object: plain text or a JSON
// string.
func plainText(body []byte, contentType string) string {
	var text string
	if json.Unmarshal(body, &text) == nil {
		return cleanText(text)
	}
	kind, _, _ := mime.ParseMediaType(contentType)
	if kind != "text/plain" && kind != "" {
		return ""
	}
	return cleanText(string(body[:min(len(body), 4*maxText)]))
}

// jsonText is the text of a JSON string, "" for anything else.
func jsonText(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return cleanText(text)
}

// jsonTexts are the texts of a string or of a list of strings.
func jsonTexts(raw json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return []string{jsonText(raw)}
	}
	var texts []string
	for _, entry := range list {
		texts = append(texts, jsonText(entry))
	}
	return texts
}

// firstText is the first of the members that is a text with something in it.
func firstText(members map[string]json.RawMessage, names ...string) string {
	for _, name := range names {
		if text := jsonText(members[name]); text != "" {
			return text
		}
	}
	return ""
}

// fieldErrors reads the member "errors" of a refusal: by field, a list of
// sentences, or a list of objects that name their field. other is the first
// sentence without a field.
func fieldErrors(raw json.RawMessage) (fields map[string][]string, other string) {
	add := func(field string, sentences []string) {
		for _, s := range sentences {
			switch {
			case s == "":
			case field == "":
				other = cmp.Or(other, s)
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
			add(cleanText(field), jsonTexts(sentences))
		}
		return fields, other
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, jsonText(raw)
	}
	for _, entry := range list {
		var members map[string]json.RawMessage
		if json.Unmarshal(entry, &members) != nil {
			add("", []string{jsonText(entry)})
			continue
		}
		add(firstText(members, "field", "name", "param", "property", "path"), []string{firstText(members, "message", "detail", "msg", "error")})
	}
	return fields, other
}
