package httpapi

import (
	"encoding/json"
	"strings"
	"sync"
)

// examples are the values that the document shows, by schema and field, so that
// a refusal shows the same.
var examples = sync.OnceValue(func() map[string]map[string]json.RawMessage {
	var c struct {
		Schemas map[string]struct {
			Properties map[string]struct{ Example json.RawMessage }
		}
	}
	if err := json.Unmarshal(components, &c); err != nil {
		panic(err) // components.json is embedded, and a test reads it
	}
	all := map[string]map[string]json.RawMessage{}
	for name, schema := range c.Schemas {
		all[name] = map[string]json.RawMessage{}
		for field, property := range schema.Properties {
			if property.Example != nil {
				all[name][field] = property.Example
			}
		}
	}
	return all
})

// suchAs ends a sentence with what would be right for a field, where that is known.
func suchAs(schema, field string) string {
	if example := examples()[schema][field]; example != nil {
		return ", such as " + spaced(example) + "."
	}
	return "."
}

// suchAsBody is suchAs for the whole body.
func suchAsBody(schema string) string {
	body, err := json.Marshal(examples()[schema])
	if err != nil || len(examples()[schema]) == 0 {
		return "."
	}
	return ", such as " + spaced(body) + "."
}

// spaced writes JSON as people do.
func spaced(text []byte) string {
	return strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(string(text))
}
