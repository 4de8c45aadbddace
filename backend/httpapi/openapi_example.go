package httpapi

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// exampleOf makes an example of a schema from those of its parts: the one that it has,
// else one of what it refers to, else one by its type. JSON schemas nest in these ways
// in components.json; another way has no example, and a test finds that.
func (d *describer) exampleOf(schema object) any {
	list := func(keyword string) []any { return items(schema[keyword]) }
	switch {
	case len(list("examples")) > 0:
		return list("examples")[0]
	case schema["$ref"] != nil:
		return d.exampleOf(d.named(schema["$ref"].(string)))
	case len(list("allOf")) > 0:
		return d.merged(list("allOf"))
	case len(list("oneOf")) > 0:
		return d.exampleOf(list("oneOf")[0].(object))
	case len(list("enum")) > 0:
		return list("enum")[0]
	case schema["properties"] != nil:
		members := object{}
		for name, property := range schema["properties"].(object) {
			members[name] = d.exampleOf(property.(object))
		}
		return members
	case schema["items"] != nil:
		return []any{d.exampleOf(schema["items"].(object))}
	case schema["format"] == "date-time":
		return "2026-11-20T14:05:00Z"
	case schema["format"] == "uuid":
		return "6fb4e64f-ad18-46e3-920c-92639adb137c"
	case schema["type"] == "boolean":
		return true
	}
	return nil
}

// items are the values of a list that was read from JSON, or built in Go.
func items(list any) []any {
	switch list := list.(type) {
	case []any:
		return list
	case []string:
		return listToWire(list, func(text string) any { return text })
	}
	return nil
}

// merged is an example of everything that several schemas ask for.
func (d *describer) merged(schemas []any) object {
	all := object{}
	for _, schema := range schemas {
		part, _ := d.exampleOf(schema.(object)).(object)
		maps.Copy(all, part)
	}
	return all
}

// named is a schema of the components by its reference.
func (d *describer) named(reference string) object {
	return d.schemas[strings.TrimPrefix(reference, "#/components/schemas/")].(object)
}

// problemExample is a refusal, as it is answered, in an example.
func problemExample(code backend.Code) problem {
	e := &backend.Error{Code: code, Message: meaningOf(code).title + "."}
	switch code {
	case backend.CodeInvalid:
		e.Message, e.Fields = "Some fields are wrong.", map[string][]string{"priority": {"This is missing."}}
	case backend.CodeWrong, backend.CodeWordWrong:
		e.AttemptsLeft = 4
	}
	return problemOf(e, "8a4f6c1e-5d2b-4e8a-9f63-0b1c2d3e4f50")
}

// pageExamples are examples of what pages answer.
var pageExamples = map[operationID]json.RawMessage{
	opGetDocument: json.RawMessage(`{"openapi": "3.1.0"}`),
	opGetHealth:   json.RawMessage(`{"status": "ok"}`),
	opGetReady:    json.RawMessage(`{"status": "ready"}`),
}
