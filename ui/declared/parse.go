package declared

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/unicode/norm"
)

// Parse reads a document in TOML, or in JSON where it begins with a brace. Its texts come in Unicode's normal form C, as
// accounts have them. Errors are sentences with the row where that is known.
func Parse(content []byte) (d Document, err error) {
	content = norm.NFC.Bytes(content)
	if trimmed := bytes.TrimSpace(content); len(trimmed) > 0 && trimmed[0] == '{' {
		err = parseJSON(content, &d)
	} else {
		err = parseTOML(content, &d)
	}
	if err == nil {
		err = d.check()
	}
	return d, err
}

func parseTOML(content []byte, d *Document) error {
	decoder := toml.NewDecoder(bytes.NewReader(content))
	err := decoder.DisallowUnknownFields().Decode(d)
	var strict *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &strict) && len(strict.Errors) > 0:
		row, _ := strict.Errors[0].Position()
		return fmt.Errorf("row %d: %s", row, unknown(strings.Join(strict.Errors[0].Key(), "."), "[[channel]]"))
	case errors.As(err, &wrong):
		row, column := wrong.Position()
		if key := wrong.Key(); len(key) > 0 && kinds[key[len(key)-1]] != "" {
			name := key[len(key)-1]
			if strings.Contains(wrong.Error(), "already") { // as go-toml has it
				return fmt.Errorf("row %d: %s is there twice", row, name)
			}
			return fmt.Errorf("row %d: %s is %s", row, name, kinds[name])
		}
		return fmt.Errorf("row %d, column %d: this is no TOML (%s)", row, column, strings.TrimPrefix(wrong.Error(), "toml: "))
	}
	return err
}

// unknown says that there is no setting with a name. channels is how the format has them.
func unknown(name, channels string) string {
	return fmt.Sprintf("there is no setting %q; there are name, surname, username and %s with type, value, label and enabled", name, channels)
}

// kinds says what a setting is, in words.
var kinds = map[string]string{"name": aText, "surname": aText, "username": aText, "type": aText, "value": aText, "label": aText, "hidden": aText,
	"enabled": "true or false, without quotes", "channel": "a list: begin each one with [[channel]]", "channels": "a list of objects in brackets"}

const aText = "a text in quotes"

func parseJSON(content []byte, d *Document) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	rowOf := func(offset int64) int { return 1 + bytes.Count(content[:offset], []byte("\n")) }
	if err := decoder.Decode(d); err != nil {
		if wrong, is := errors.AsType[*json.UnmarshalTypeError](err); is {
			name := wrong.Field[strings.LastIndexByte(wrong.Field, '.')+1:]
			return fmt.Errorf("row %d: %s is %s, and not a %s", rowOf(wrong.Offset), name, kinds[name], wrong.Value)
		}
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("the object has no end")
		}
		if syntax, is := errors.AsType[*json.SyntaxError](err); is {
			return fmt.Errorf("row %d: this is no JSON (%s)", rowOf(syntax.Offset), strings.TrimPrefix(err.Error(), "json: "))
		}
		if name := unknownField.FindStringSubmatch(err.Error()); name != nil {
			at := regexp.MustCompile(regexp.QuoteMeta(name[1]) + `\s*:`).FindIndex(content)
			if at == nil { // it is written with escapes
				return errors.New(unknown(strings.Trim(name[1], `"`), "channels"))
			}
			return fmt.Errorf("row %d: %s", rowOf(int64(at[0])), unknown(strings.Trim(name[1], `"`), "channels"))
		}
		return fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the end of the object")
	}
	if name := doubled(json.NewDecoder(bytes.NewReader(content))); name != "" {
		return fmt.Errorf("%s is there twice", name)
	}
	return nil
}

// unknownField matches what encoding/json says of a field that it does not know.
var unknownField = regexp.MustCompile(`unknown field (".*")$`)

// doubled is the name of a member that an object has twice, in any case as encoding/json takes it, in the next value of
// a document without faults; "" for none.
func doubled(d *json.Decoder) string {
	token, _ := d.Token()
	begin, isNested := token.(json.Delim)
	if !isNested {
		return ""
	}
	known := map[string]bool{}
	for d.More() {
		if begin == '{' {
			token, _ := d.Token()
			name, _ := token.(string)
			if known[strings.ToLower(name)] {
				return name
			}
			known[strings.ToLower(name)] = true
		}
		if name := doubled(d); name != "" {
			return name
		}
	}
	_, _ = d.Token() // the end
	return ""
}
