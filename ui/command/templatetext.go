package command

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/account-settings/pinghome/ui/safe"
)

// textFunctions are those of gh's templates that are about one text: autocolor, color, contains, hasPrefix, hasSuffix,
// hyperlink and regexMatch. hasColors is whether autocolor colours.
func textFunctions(hasColors bool) template.FuncMap {
	return template.FuncMap{
		"color": colored,
		"autocolor": func(style string, text any) (string, error) {
			inColor, err := colored(style, text)
			if !hasColors {
				return textOf(text), err
			}
			return inColor, err
		},
		"contains":  func(part string, text any) bool { return strings.Contains(textOf(text), part) },
		"hasPrefix": func(part string, text any) bool { return strings.HasPrefix(textOf(text), part) },
		"hasSuffix": func(part string, text any) bool { return strings.HasSuffix(textOf(text), part) },
		"hyperlink": func(link, text any) string {
			shown := textOf(text)
			if shown == "" {
				shown = textOf(link)
			}
			return fmt.Sprintf("\x1b]8;;%s\x1b\\%s\x1b]8;;\x1b\\", safe.Text(textOf(link)), shown)
		},
		"regexMatch": func(pattern string, text any) (bool, error) { return regexp.MatchString(pattern, textOf(text)) },
	}
}

// colors are the names of colours in their order in ECMA-48.
var colors = []string{"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}

// attributes are what may stand behind a colour and a plus sign, one letter each: bold, dim, underlined, inverse, bright.
var attributes = map[rune]int{'b': 1, 'd': 2, 'u': 4, 'i': 7, 'h': 0}

// colored is a text in a style as gh has it: a colour, maybe with attributes behind it, such as "green+b", and the colour
// behind the text after a colon, "white+b:red".
func colored(style string, text any) (string, error) {
	const foreground, background, bright = 30, 40, 60
	front, behind, hasBehind := strings.Cut(style, ":")
	codes := []string{}
	for i, part := range []string{front, behind} {
		if i > 0 && !hasBehind {
			break
		}
		name, letters, _ := strings.Cut(part, "+")
		code := slices.Index(colors, name)
		if code < 0 && name != "" && name != "default" {
			return "", fmt.Errorf("there is no colour %q; there are %s", name, strings.Join(colors, ", "))
		}
		code += []int{foreground, background}[i]
		for _, letter := range letters {
			attribute, isKnown := attributes[letter]
			switch {
			case !isKnown:
				return "", fmt.Errorf("there is no attribute %q of a colour; there are b, d, u, i and h", letter)
			case letter == 'h':
				code += bright
			default:
				codes = append(codes, fmt.Sprint(attribute))
			}
		}
		if name != "" && name != "default" {
			codes = append(codes, fmt.Sprint(code))
		}
	}
	return "\x1b[" + strings.Join(codes, ";") + "m" + textOf(text) + "\x1b[0m", nil
}
