package httpapi_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rules that the recommended sets of Redocly's and Spectral's linters have for a document
// of this kind, and two of our own: every parameter and every body has an example, and every
// example is allowed by its schema.

// node is a part of the document, with where it stands.
type node struct {
	path  []string
	value map[string]any
}

func (n node) String() string { return strings.Join(n.path, " ") }

// text is a member that is a text, "" for none.
func (n node) text(name string) string {
	text, _ := n.value[name].(string)
	return text
}

// nodes are all objects of the document, but for those in examples.
func nodes(t *testing.T) []node {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(documentText(), &root); err != nil {
		t.Fatal(err)
	}
	var all []node
	var walk func(path []string, value any)
	walk = func(path []string, value any) {
		switch value := value.(type) {
		case map[string]any:
			all = append(all, node{path, value})
			for name, member := range value {
				_, isList := member.([]any)
				isExample := name == "example" || name == "examples" && isList || name == "value" && slices.Contains(path, "examples")
				if !isExample {
					walk(append(slices.Clip(path), name), member)
				}
			}
		case []any:
			for i, item := range value {
				walk(append(slices.Clip(path), strconv.Itoa(i)), item)
			}
		}
	}
	walk(nil, root)
	return all
}

// inDocument returns the nodes at a path, of which "*" is any key.
func inDocument(t *testing.T, path ...string) []node {
	t.Helper()
	found := slices.DeleteFunc(nodes(t), func(n node) bool {
		return !slices.EqualFunc(n.path, path, func(key, want string) bool { return want == "*" || key == want })
	})
	if len(found) == 0 {
		t.Fatalf("nothing at %v", path)
	}
	return found
}

func TestDocumentNamesWhoseItIs(t *testing.T) {
	info := inDocument(t, "info")[0]
	if info.text("title") == "" || info.text("version") == "" || info.text("description") == "" {
		t.Errorf("info: %v", info.value)
	}
	if contact := inDocument(t, "info", "contact")[0]; contact.text("name") == "" || !strings.HasPrefix(contact.text("url"), "https://") {
		t.Errorf("contact: %v", contact.value)
	}
	if licence := inDocument(t, "info", "license")[0]; licence.text("name") == "" || licence.text("identifier") != "MIT" {
		t.Errorf("license: %v", licence.value)
	}
	for _, server := range inDocument(t, "servers", "*") {
		if url := server.text("url"); !strings.HasPrefix(url, "/") || strings.HasSuffix(url, "/") || server.text("description") == "" {
			t.Errorf("server: %v", server.value)
		}
	}
}

func TestDocumentDescribesEveryOperation(t *testing.T) {
	described, ids := map[string]bool{}, map[string]bool{}
	for _, tag := range inDocument(t, "tags", "*") {
		if described[tag.text("name")] || tag.text("description") == "" {
			t.Errorf("tag: %v", tag.value)
		}
		described[tag.text("name")] = true
	}
	used := map[string]bool{}
	for _, o := range operationNodes(t) {
		id := o.text("operationId")
		if !regexp.MustCompile(`^[A-Za-z]+$`).MatchString(id) || ids[id] {
			t.Errorf("%v: the operationId is %q", o, id)
		}
		ids[id] = true
		if o.text("summary") == "" || o.text("description") == "" || o.text("summary")+"." == o.text("description") {
			t.Errorf("%v: %q, %q", o, o.text("summary"), o.text("description"))
		}
		for _, tag := range listOf(o.value["tags"]) {
			used[tag] = true
		}
		if len(listOf(o.value["tags"])) != 1 {
			t.Errorf("%v has tags %v", o, o.value["tags"])
		}
		kinds := ""
		for status := range o.value["responses"].(map[string]any) {
			kinds += status[:1]
		}
		if !strings.Contains(kinds, "2") || !strings.Contains(kinds, "4") {
			t.Errorf("%v answers %v", o, o.value["responses"])
		}
	}
	for tag := range used {
		delete(described, tag)
	}
	if len(described) > 0 || len(used) != len(inDocument(t, "tags", "*")) {
		t.Errorf("tags without operations: %v; used: %v", described, used)
	}
}

func operationNodes(t *testing.T) []node {
	t.Helper()
	return slices.DeleteFunc(inDocument(t, "paths", "*", "*"), func(n node) bool { return n.path[2] == "servers" })
}

// listOf are the texts of a list.
func listOf(value any) (texts []string) {
	list, _ := value.([]any)
	for _, item := range list {
		text, _ := item.(string)
		texts = append(texts, text)
	}
	return texts
}

// TestDocumentHasParametersOfItsPaths: each {name} is a parameter, and no parameter is twice
// in an operation.
func TestDocumentHasParametersOfItsPaths(t *testing.T) {
	doc, _ := document()
	for path, item := range doc.Paths.Map() {
		for method, o := range item.Operations() {
			seen := map[string]bool{}
			for _, p := range o.Parameters {
				if seen[p.Value.In+p.Value.Name] || p.Value.In == "path" && !strings.Contains(path, "{"+p.Value.Name+"}") {
					t.Errorf("%s %s: the parameter %s", method, path, p.Value.Name)
				}
				seen[p.Value.In+p.Value.Name] = true
			}
			for _, name := range regexp.MustCompile(`{(\w+)}`).FindAllStringSubmatch(path, -1) {
				if !seen["path"+name[1]] {
					t.Errorf("%s %s: no parameter %s", method, path, name[1])
				}
			}
		}
	}
}

// TestDocumentIsOpenAPI31: nothing is left of 3.0, no list is empty that must not be, and each
// component is used and each that is used is there.
func TestDocumentIsOpenAPI31(t *testing.T) {
	used, there := map[string]bool{}, map[string]bool{}
	for _, n := range nodes(t) {
		if reference := n.text("$ref"); reference != "" {
			used[reference] = true
		}
		if len(n.path) == 3 && n.path[0] == "components" && n.path[1] != "securitySchemes" {
			there["#/"+strings.Join(n.path, "/")] = true
		}
		if n.value["nullable"] != nil {
			t.Errorf("%v is nullable", n)
		}
		for _, name := range []string{"required", "enum"} {
			list, isList := n.value[name].([]any)
			texts := slices.Compact(slices.Sorted(slices.Values(listOf(n.value[name]))))
			if isList && (len(list) == 0 || len(texts) != len(list)) {
				t.Errorf("%v has %s %v", n, name, list)
			}
		}
	}
	for reference := range there {
		if !used[reference] {
			t.Errorf("%s is not used", reference)
		}
		delete(used, reference)
	}
	if len(used) > 0 {
		t.Errorf("not there: %v", used)
	}
}

// TestDocumentHasExamples: of each parameter, each body and each part of a body, which their
// schemas allow.
func TestDocumentHasExamples(t *testing.T) {
	allows := func(example any, path ...string) {
		t.Helper()
		text, err := json.Marshal(example)
		if err != nil {
			t.Fatal(err)
		}
		if err := documentSchemas().allows(text, path...); err != nil {
			t.Errorf("%v: the example %s: %v", path, text, err)
		}
	}
	shared := map[string]any{}
	for _, n := range inDocument(t, "components", "examples", "*") {
		shared["#/"+strings.Join(n.path, "/")] = n.value["value"]
	}
	bodies := 0
	for _, n := range nodes(t) {
		if len(n.path) == 3 && n.path[1] == "parameters" {
			if n.value["example"] == nil || n.text("description") == "" {
				t.Errorf("%v has no example, or no description", n)
			}
			allows(n.value["example"], append(slices.Clip(n.path), "schema")...)
		}
		if len(n.path) > 1 && n.path[len(n.path)-2] == "content" {
			bodies++
			examples, _ := n.value["examples"].(map[string]any)
			if len(examples) == 0 {
				t.Errorf("%v has no example", n)
			}
			for _, example := range examples {
				allows(shared[node{nil, example.(map[string]any)}.text("$ref")], append(slices.Clip(n.path), "schema")...)
			}
		}
		if list, isList := n.value["examples"].([]any); isList {
			for _, example := range list {
				allows(example, n.path...)
			}
		}
	}
	if bodies < len(operationNodes(t)) {
		t.Errorf("%d bodies", bodies)
	}
}
