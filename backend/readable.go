package backend

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/backend/phone"
)

// ReadableEmail returns an address as people are shown it: its domain in the characters
// of its script where these hide nothing (see readableHost), and else as A-labels.
// CleanEmail makes the same of it as of the address.
func ReadableEmail(email string) string {
	if isReadable(email) {
		return email
	}
	local, domain, hasAt := CutEmail(email)
	if !hasAt {
		return email
	}
	return local + "@" + readableHost(domain)
}

// ReadableValue returns the value of a channel as people are shown it: a number in groups,
// as its country writes it for others, and everything else as ReadableHost. CleanValue
// makes the same of it as of the value.
func ReadableValue(t ChannelType, value string) string {
	if t == TypeSMS {
		return phone.Group(value)
	}
	return ReadableHost(t, value)
}

// ReadableHost returns the value of a channel with its host as people are shown it: an
// email as ReadableEmail, a URL in the same way, and a number as it is. CleanValue makes
// the same of it as of the value.
func ReadableHost(t ChannelType, value string) string {
	if isReadable(value) {
		return value
	}
	switch t {
	case TypeEmail:
		return ReadableEmail(value)
	case TypeWebhook, TypePush:
		u, err := url.Parse(value)
		if err != nil || u.Hostname() == "" {
			return value
		}
		if readable := readableHost(u.Hostname()); readable != u.Hostname() {
			before, after, _ := strings.Cut(value, u.Hostname()) // no scheme has a dot or xn-- in it
			return before + readable + after
		}
	case TypeSMS:
	}
	return value
}

// isReadable reports whether a value has nothing that can be shown in another way, as most.
func isReadable(value string) bool {
	return IsASCII(value) && !strings.Contains(value, "xn--") && !strings.Contains(value, "XN--")
}

// UnicodeEmail returns an address with its domain in the characters of its script, also
// where ReadableEmail shows A-labels. It is for searching.
func UnicodeEmail(email string) string {
	local, domain, hasAt := CutEmail(email)
	ascii, err := ASCIIDomain(domain)
	if !hasAt || err != nil || !strings.Contains(ascii, "xn--") {
		return email
	}
	readable, err := domains.ToUnicode(ascii)
	if err != nil {
		return email
	}
	return local + "@" + readable
}

// readableHost returns a name with those of its labels in the characters of their script
// that isPlain finds, and the others as A-labels. What it returns is the same name: it is
// converted back.
func readableHost(host string) string {
	ascii, err := ASCIIDomain(host)
	if err != nil || !strings.Contains(ascii, "xn--") {
		return host
	}
	labels := strings.Split(ascii, ".")
	top := ""
	for i := len(labels) - 1; i >= 0; i-- {
		readable, err := domains.ToUnicode(labels[i])
		if top == "" {
			top = readable
		}
		if err == nil && isPlain(readable, top) {
			labels[i] = readable
		}
	}
	readable := strings.Join(labels, ".")
	if again, err := ASCIIDomain(readable); err != nil || again != ascii {
		return ascii
	}
	return readable
}

// isPlain reports whether a label looks like no other one that a person may know. The
// rule is that of browsers (UTS 39, 5.2, "highly restrictive", and
// https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md), made stricter where
// that is shorter: letters, marks, digits and hyphens of one script in use, ASCII letters
// beside no other script, and no label that is made of Latin's doubles alone, unless the
// top-level domain is of the same script.
func isPlain(label, top string) bool {
	script, hasOwn := "", false // whether a letter is its own, and no double of a Latin one
	for _, r := range label {
		of := scriptOf(r)
		switch {
		case r == '-' || r >= '0' && r <= '9':
			continue
		case of == "" || of == "Latin" && !isUsualLatin(r):
			return false
		case of == "Inherited": // a mark of the letter before it
			if script == "" || script == "Latin" {
				return false
			}
			continue
		case script == "":
			script = of
		case script != of:
			if script = together(script, of); script == "" {
				return false
			}
		}
		hasOwn = hasOwn || unicode.IsLetter(r) && !strings.ContainsRune(latinDoubles, r)
	}
	return hasOwn || script == "" || script == scriptOf([]rune(top + " ")[0])
}

// together returns what two scripts that are written in one word count as, "" for others:
// Japanese, Korean and Chinese write Han characters among their own.
func together(a, b string) string {
	for _, group := range []string{"Han Hiragana Katakana", "Han Hangul", "Han Bopomofo"} {
		if isIn(group, a) && isIn(group, b) {
			if a == "Han" {
				return b
			}
			return a
		}
	}
	return ""
}

func isIn(group, script string) bool { return strings.Contains(" "+group+" ", " "+script+" ") }

// usualScripts are those that living languages are commonly written in (UAX 31, table 5).
var usualScripts = strings.Fields(`Latin Arabic Armenian Bengali Bopomofo Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi
Han Hangul Hebrew Hiragana Kannada Katakana Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan`)

// scriptOf returns the script of a letter, mark or digit, "Inherited" for marks of all
// scripts, and "" for everything else.
func scriptOf(r rune) string {
	switch {
	case r == '\u30fc': // the sign for a long vowel
		return "Katakana"
	case !unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl):
		return ""
	case unicode.Is(unicode.Inherited, r):
		return "Inherited"
	}
	for _, name := range usualScripts {
		if unicode.Is(unicode.Scripts[name], r) {
			return name
		}
	}
	return ""
}

// isUsualLatin reports whether a Latin letter is one of the alphabets of living languages
// with accents, and none that is hardly told from one of ASCII.
func isUsualLatin(r rune) bool {
	const alike = "ıĸþð"
	const more = "ơưǎǐǒǔǖǘǚǜșț"
	return !strings.ContainsRune(alike, r) && (r <= '\u017f' || r >= '\u1ea0' && r <= '\u1ef9' || strings.ContainsRune(more, r))
}

// latinDoubles are lower-case letters of other scripts that look like Latin ones or like
// digits in common fonts (a choice from UTS 39, confusables.txt).
const latinDoubles = "аЬЪвгԁеёһііїјкӏмнопрԛгѕстԏхуѵүԝъьыѡзҙӡэюҽ" + // Cyrillic
	"αβεγηικνορσςτυχωϲϳθ" + // Greek
	"ագզէլհյոսւօցքռպփխճշ" + // Armenian
	"იოყძხჽჿვპ" + // Georgian
	"דוחיןסװײ" + // Hebrew
	"ሀሠሰስበነተከዐዕዘጠፐ" + // Ethiopic
	"ටഠധനറടပဝခဂငထ" + // Sinhala, Malayalam, Myanmar
	"டபదఠಠธทนบพรหเแดลปฟมวง" + // Tamil, Telugu, Kannada, Thai
	"一丨丶丿二十工口三川〇ㄧㄒㄈㄚトエニロノハー" // Han, Bopomofo, Katakana
