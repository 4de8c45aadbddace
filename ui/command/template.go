package command

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
	"time"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// parseTemplate reads a template, with the functions that gh has for its own.
func parseTemplate(text string) (*template.Template, error) {
	if strings.TrimSpace(text) == "" {
		return nil, exit.Usage("--template is empty; give it a value or leave it out.")
	}
	t, err := template.New("template").Funcs(templateFunctions(nil, time.Now)).Funcs(textFunctions(false)).Parse(text)
	if err != nil {
		return nil, exit.Usage("--template cannot be read: %s.", strings.TrimPrefix(err.Error(), "template: "))
	}
	return t, nil
}

// templateFunctions are join, pluck, tablerow, tablerender, timeago, timefmt and truncate.
func templateFunctions(rows *[][]string, now func() time.Time) template.FuncMap {
	return template.FuncMap{
		"join": func(separator string, list []any) string { return strings.Join(texts(list), separator) },
		"pluck": func(field string, list []any) (plucked []any) {
			for _, item := range list {
				object, _ := item.(map[string]any)
				plucked = append(plucked, object[field])
			}
			return plucked
		},
		"tablerow":    func(cells ...any) string { *rows = append(*rows, texts(cells)); return "" },
		"tablerender": func() string { return rendered(rows) },
		"timeago": func(text any) (string, error) {
			at, err := timeOf(text)
			return shell.Ago(now(), at), err
		},
		"timefmt": func(layout string, text any) (string, error) {
			at, err := timeOf(text)
			return at.Format(layout), err
		},
		"truncate": func(width int, text any) string { return draw.Cut(textOf(text), width) },
	}
}

func timeOf(value any) (time.Time, error) {
	text, isText := value.(string)
	at, err := time.Parse(time.RFC3339, text)
	if !isText || err != nil {
		return at, fmt.Errorf("%v is no time", value)
	}
	return at, nil
}

func texts(list []any) []string {
	cells := make([]string, len(list))
	for i, value := range list {
		cells[i] = textOf(value)
	}
	return cells
}

// textOf is a value as it is printed: null is nothing.
func textOf(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// rendered is the rows so far as a table, and empties them.
func rendered(rows *[][]string) string {
	if len(*rows) == 0 {
		return ""
	}
	columns := 0
	for _, row := range *rows {
		columns = max(columns, len(row))
	}
	for i, row := range *rows {
		for len(row) < columns {
			row = append(row, "")
		}
		(*rows)[i] = row
	}
	const unbounded = 1 << 20
	var text bytes.Buffer
	out := bufio.NewWriter(&text)
	writeColumns(out, *rows, unbounded)
	*rows = nil
	_ = out.Flush() // a buffer takes everything
	return text.String()
}

// templated is a document by the template. What others have written is made safe for a terminal.
func (v *visit) templated(document json.RawMessage) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, outputError(err)
	}
	if v.isTerminal() {
		value = made(value, safe.Text)
	}
	var rows [][]string
	var text bytes.Buffer
	if err := v.template.Funcs(templateFunctions(&rows, v.Now)).Funcs(textFunctions(v.isTerminal() && os.Getenv("NO_COLOR") == "")).Execute(&text, value); err != nil {
		if wrong, is := errors.AsType[template.ExecError](err); is {
			err = wrong.Err
		}
		return nil, exit.Usage("--template cannot be used: %v.", err)
	}
	text.WriteString(rendered(&rows))
	return text.Bytes(), nil
}

// made is a JSON value with all its texts replaced.
func made(value any, replace func(string) string) any {
	switch value := value.(type) {
	case string:
		return replace(value)
	case []any:
		for i := range value {
			value[i] = made(value[i], replace)
		}
	case map[string]any:
		for name := range value {
			value[name] = made(value[name], replace)
		}
	}
	return value
}
