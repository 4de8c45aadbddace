package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

// apiRequest is what the flags of "pinghome api" say.
type apiRequest struct {
	raw, typed []string // key=value
	file       string   // the body; "" for none
}

// methods are those that the API has.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}

func apiCall() spec {
	var r apiRequest
	return spec{use: "api METHOD PATH", short: "send a request to the API, on a database as well, and print the answer", args: between(2, "METHOD", "PATH"), isChange: true, isRequest: true,
		example: "pinghome api GET /v1/customer\npinghome api GET /v1/customer/{customer_id}/journal -f limit=5\n" +
			"pinghome api PATCH /v1/customer -f name=Augusta\npinghome api PUT /v1/customer/{customer_id}/notification-channel/enabled -F priority=3 -F enabled=false",
		flags: func(f *pflag.FlagSet) {
			f.StringArrayVarP(&r.raw, "raw-field", "f", nil, "`KEY=VALUE` a text in the body, or with GET in the query; may be given several times")
			f.StringArrayVarP(&r.typed, "field", "F", nil, "`KEY=VALUE` the same, of which true, false, null and numbers are no texts, and @FILE is what is in a file")
			f.StringVar(&r.file, "input", "", "`FILE` the body (- for standard input)")
		},
		check: func(c *cobra.Command) error {
			switch f := c.Flags(); {
			case f.Changed("input") && strings.TrimSpace(r.file) == "":
				return exit.Usage("--input is empty; name a file, or - for standard input.")
			case f.Changed("input") && len(r.raw)+len(r.typed) > 0:
				return exit.Usage("Give the body by --input, or its members by --field and --raw-field.")
			}
			return nil
		},
		run: r.run}
}

func (r *apiRequest) run(ctx context.Context, v *visit) error {
	method := strings.ToUpper(v.args[0])
	if !slices.Contains(methods, method) {
		return exit.Usage("There is no method %q; use %s.", v.args[0], strings.Join(methods, ", "))
	}
	isRead := method == "GET" || method == "HEAD"
	if !isRead && v.WhyReadOnly != "" {
		return &backend.Error{Code: backend.CodeReadOnly, Message: v.WhyReadOnly}
	}
	path := "/" + strings.TrimPrefix(strings.ReplaceAll(v.args[1], "{customer_id}", url.PathEscape(v.Account.ID)), "/")
	if _, err := url.ParseRequestURI(path); err != nil || strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == '#' || r == 0x7f }) {
		return exit.Usage("PATH is a path on the server, such as /v1/customer, and not %q.", v.args[1])
	}
	members, err := r.members(ctx, v)
	if err != nil {
		return err
	}
	var body []byte
	switch {
	case r.file != "":
		body, err = v.bytes(ctx, r.file)
	case members == nil:
	case isRead:
		path = withQuery(path, members)
	default:
		body, err = objectOf(members)
	}
	if err != nil {
		return err
	}
	status, answer, err := v.Call(ctx, method, path, body)
	if err != nil {
		return err
	}
	return v.showAnswer(status, answer, !isRead)
}

// member is one KEY=VALUE, of which the value is a JSON text.
type member struct {
	key   string
	value json.RawMessage
}

func (r *apiRequest) members(ctx context.Context, v *visit) (list []member, err error) {
	add := func(text string, read func(string) (json.RawMessage, error)) error {
		key, value, hasValue := strings.Cut(text, "=")
		if !hasValue || key == "" {
			return exit.Usage("A field is KEY=VALUE, and not %q.", text)
		}
		if slices.ContainsFunc(list, func(m member) bool { return m.key == key }) {
			return exit.Usage("The field %q is given twice.", key)
		}
		content, err := read(value)
		list = append(list, member{key, content})
		return err
	}
	asText := func(value string) (json.RawMessage, error) { return json.Marshal(value) }
	for _, text := range r.raw {
		if err := add(text, asText); err != nil {
			return nil, err
		}
	}
	for _, text := range r.typed {
		err := add(text, func(value string) (json.RawMessage, error) {
			if path, isFile := strings.CutPrefix(value, "@"); isFile {
				content, err := v.all(ctx, path)
				if err != nil {
					return nil, err
				}
				return asText(content)
			}
			if isTyped(value) {
				return json.RawMessage(value), nil
			}
			return asText(value)
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// isTyped reports whether a text is a truth, null or a number as JSON has it.
func isTyped(text string) bool {
	var number json.Number
	return text == "true" || text == "false" || text == "null" || json.Unmarshal([]byte(text), &number) == nil && !strings.HasPrefix(text, `"`)
}

func withQuery(path string, members []member) string {
	query := url.Values{}
	for _, m := range members {
		var text string
		if json.Unmarshal(m.value, &text) != nil {
			text = string(m.value)
		}
		query.Set(m.key, text)
	}
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return path + separator + query.Encode()
}

func objectOf(members []member) ([]byte, error) {
	object := map[string]json.RawMessage{}
	for _, m := range members {
		object[m.key] = m.value
	}
	return json.Marshal(object)
}

// showAnswer prints the body of an answer. A refusal is an error, too.
func (v *visit) showAnswer(status int, answer []byte, isChange bool) error {
	if len(answer) > 0 {
		text := string(answer)
		var indented bytes.Buffer
		if v.isTerminal() && json.Indent(&indented, bytes.TrimSpace(answer), "", "  ") == nil {
			text = indented.String()
		}
		if json.Valid(answer) {
			text = safe.JSON(text)
		} else if v.isTerminal() {
			text = strings.Join(safe.Lines(text), "\n")
		}
		if _, err := fmt.Fprintln(v.Out, strings.TrimRight(text, "\n")); err != nil {
			return outputError(err)
		}
	}
	if status < 300 {
		return nil
	}
	var problem struct {
		Code   backend.Code `json:"code"`
		Detail string       `json:"detail"`
		Errors map[string][]string
	}
	_ = json.Unmarshal(answer, &problem) // a server of others has none
	if problem.Detail == "" {
		problem.Detail = fmt.Sprintf("The server answered with status %d.", status)
	}
	for _, field := range slices.Sorted(maps.Keys(problem.Errors)) {
		problem.Detail += " " + field + ": " + strings.Join(problem.Errors[field], " ")
	}
	return exit.OfStatus(status, problem.Code, isChange, problem.Detail)
}
