package command

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/safe"
)

// output is how a command prints the values that it returns.
type output struct {
	fields, format string             // --json and --template
	names          []string           // of all fields
	flags          *pflag.FlagSet     // nil where there are no values
	template       *template.Template // nil without --template
	picked         []string           // the fields that are printed
	shape          any                // a zero value of what is printed, in the shape of the API
	isList         bool               // a list of those is printed
	isAfterChange  bool               // printing comes after a change
}

// allFields is --json without fields, where that prints all of them.
const allFields = "*"

func (o *output) bind(f *pflag.FlagSet, shape any, mayShowAll bool) {
	names := namesOf(shape)
	o.flags, o.names, o.shape = f, names, shape
	f.StringVar(&o.fields, "json", "", "`FIELDS` print these fields as JSON, such as "+strings.Join(names[:min(2, len(names))], ",")+"; without any, list them")
	if mayShowAll {
		f.Lookup("json").Usage = "`FIELDS` print these fields as JSON, or all of them"
		f.Lookup("json").NoOptDefVal = allFields
	}
	f.StringVarP(&o.format, "template", "t", "", "`TEMPLATE` print the JSON by a Go template")
	usage.TakeFields(f.Lookup("json"), names)
}

// check reads both flags. Behind --json without fields, an argument may name them.
func (o *output) check(args []string) (err error) {
	if o.flags == nil {
		return nil
	}
	if !o.flags.Changed("json") {
		if o.flags.Changed("template") {
			return exit.Usage("--template needs --json with the fields that it uses.")
		}
		return nil
	}
	fields := o.fields
	if fields == allFields && o.flags.Lookup("json").NoOptDefVal == allFields {
		fields = strings.Join(o.names, ",")
		if len(args) > 0 {
			fields = args[0]
		}
	}
	for field := range strings.SplitSeq(fields, ",") {
		field = strings.TrimSpace(field)
		if !slices.Contains(o.names, field) {
			return usage.UnknownField(field, o.names)
		}
		if !slices.Contains(o.picked, field) {
			o.picked = append(o.picked, field)
		}
	}
	if o.flags.Changed("template") {
		o.template, err = parseTemplate(o.format)
	}
	return err
}

// checkOutput reads both flags. Before a change, it tries a template on a value that has everything.
func (v *visit) checkOutput() error {
	if err := v.output.check(v.args); err != nil || v.template == nil || !v.isAfterChange {
		return err
	}
	document, err := v.pick(sampleOf(v.shape))
	if err != nil {
		return outputError(err)
	}
	if v.isList {
		document = slices.Concat([]byte("["), bytes.Repeat(append(document, ','), sampleSize-1), document, []byte("]"))
	}
	_, err = v.templated(document)
	return err
}

// isJSON reports whether values are printed as JSON, or by a template.
func (o *output) isJSON() bool { return o.picked != nil }

// show prints a value: its fields, or else text, which has been made safe for a terminal.
func (v *visit) show(value any, text string) error {
	if v.isJSON() {
		object, err := v.pick(value)
		if err != nil {
			return outputError(err)
		}
		return v.writeJSON(object)
	}
	return v.print(text)
}

// print prints text that has been made safe for a terminal; nothing for "".
func (v *visit) print(text string) error {
	if text == "" {
		return nil
	}
	_, err := io.WriteString(v.Out, text+"\n")
	return outputError(err)
}

// say prints sentences.
func (v *visit) say(text string) error { return v.print(safeLines(text)) }

func safeLines(text string) string { return strings.Join(safe.Lines(text), "\n") }

// done prints the result of a change: the fields of a value, or else a sentence.
func (v *visit) done(value any, format string, args ...any) error {
	return v.show(value, safeLines(fmt.Sprintf(format, args...)))
}

// showList prints a list of values: their fields, or else a table.
func showList[T any](v *visit, list []T, titles columns, row func(T) []string) error {
	if !v.isJSON() {
		rows := make([][]string, len(list))
		for i, value := range list {
			rows[i] = row(value)
		}
		return v.table(titles, rows)
	}
	objects := make([]json.RawMessage, len(list))
	for i, value := range list {
		object, err := v.pick(value)
		if err != nil {
			return outputError(err)
		}
		objects[i] = object
	}
	all, err := json.Marshal(objects)
	if err != nil {
		return outputError(err)
	}
	return v.writeJSON(all)
}

// pick is a JSON object of the fields that were asked for, in the order in which they were. A field
// that the value does not have is null.
func (v *visit) pick(value any) (json.RawMessage, error) {
	all, err := json.Marshal(v.Data(value))
	if err != nil {
		return nil, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(all, &members); err != nil {
		return nil, err
	}
	var object bytes.Buffer
	for i, name := range v.picked {
		member := members[name]
		if member == nil {
			member = json.RawMessage("null")
		}
		fmt.Fprintf(&object, "%c%q:%s", "{,"[min(i, 1)], name, member)
	}
	object.WriteByte('}')
	return object.Bytes(), nil
}

// writeJSON prints a document, indented, or by the template. Where the template cannot be used on what came of a
// change, nothing of that is lost: it is printed as without the template.
func (v *visit) writeJSON(document json.RawMessage) error {
	if v.template != nil {
		text, err := v.templated(document)
		switch {
		case err == nil:
			_, err = v.Out.Write(text)
			return outputError(err)
		case !v.isAfterChange:
			return err
		}
		v.template = nil
		return cmp.Or(v.writeJSON(document), error(unwritten{err}))
	}
	var text bytes.Buffer
	if err := json.Indent(&text, document, "", "  "); err != nil {
		return outputError(err)
	}
	_, err := fmt.Fprintln(v.Out, safe.JSON(unescaped(text.String())))
	return outputError(err)
}

// unescaped undoes what encoding/json does for web pages.
func unescaped(text string) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(text)
}

// namesOf are the names of the fields of a struct as JSON, in their order.
func namesOf(value any) (names []string) {
	t := reflect.TypeOf(value)
	for _, field := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" && name != "-" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// unwritten is the error of a command whose output could not be written.
type unwritten struct{ error }

// outputError is the error of a command whose output could not be written.
func outputError(err error) error {
	if err != nil {
		return unwritten{exit.Failed("The output could not be written: %v.", err)}
	}
	return nil
}

// afterChange says of such an error that the change was made.
func afterChange(err error) error {
	if isUnwritten, is := errors.AsType[unwritten](err); is {
		return exit.Failed("It was done. %v", isUnwritten.error)
	}
	return err
}
