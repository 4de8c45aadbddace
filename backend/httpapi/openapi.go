package httpapi

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

// components are the schemas of answers, the parameters and the headers of the
// document. The schemas of bodies come from the table of operations.
//
//go:embed components.json
var components []byte

// object is a JSON object that is being built.
type object = map[string]any

// document is the OpenAPI 3.1 description of the API, made once.
var document = sync.OnceValue(func() []byte {
	d := newDescriber()
	b, err := json.MarshalIndent(object{
		"openapi":    "3.1.0",
		"info":       information,
		"servers":    servers(prefixes),
		"tags":       tags,
		"security":   []object{{"token": []string{}}},
		"paths":      d.paths(),
		"components": d.components,
	}, "", " ")
	if err != nil {
		panic(err) // it is made of literals, and a test reads it
	}
	return b
})

// describer builds the document. What several operations have in common it puts
// into the components, once.
type describer struct {
	components, schemas, responses, examples object
}

func newDescriber() *describer {
	d := &describer{responses: object{}, examples: object{}}
	if err := json.Unmarshal(components, &d.components); err != nil {
		panic(err) // the file is embedded, and a test reads it
	}
	d.schemas = d.components["schemas"].(object)
	d.components["responses"], d.components["examples"] = d.responses, d.examples
	for _, o := range operations {
		if o.body != nil {
			d.schemas[o.body.name] = json.RawMessage(o.body.schema())
		}
	}
	return d
}

// paths has the operations by path and method.
func (d *describer) paths() object {
	paths := object{}
	for _, o := range operations {
		item, _ := paths[o.path].(object)
		if item == nil {
			item = object{}
			paths[o.path] = item
		}
		if o.page != nil {
			item["servers"] = servers(o.bases())
		}
		item[strings.ToLower(o.method)] = d.operation(o)
	}
	return paths
}

// servers are addresses below the one from which the document was read.
func servers(bases []string) []object {
	var list []object
	for _, base := range bases {
		if base == "" {
			base = "/"
		}
		list = append(list, object{"url": base, "description": baseNotes[base]})
	}
	return list
}

func ref(kind, name string) object { return object{"$ref": "#/components/" + kind + "/" + name} }

// headers are the ones of an answer, with those that every answer has, or may have.
func headers(names ...string) object {
	all := object{}
	for _, name := range append(names, headerRequestID, headerPolicy, headerLeft) {
		all[name] = ref("headers", name)
	}
	return all
}

// content is a body of one type, with the example that the components have under a name.
func content(contentType string, schema object, examples ...string) object {
	named := object{}
	for _, name := range examples {
		named[name] = ref("examples", name)
	}
	return object{contentType: object{"schema": schema, "examples": named}}
}
