package httpapi

import (
	_ "embed"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/account-settings/pinghome/backend"
)

// components are the schemas, parameters and headers of the document. A body's
// schema is null there: it comes from the table of operations.
//
//go:embed components.json
var components string

// object is a JSON object that is being built.
type object = map[string]any

// document is the OpenAPI 3.0 description of the API, made once.
var document = sync.OnceValue(func() []byte {
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
		item[strings.ToLower(o.method)] = o.describe()
	}
	b, err := json.MarshalIndent(object{
		"openapi": "3.0.3",
		"info": object{"title": "PingHome account settings", "version": "1.0.0",
			"description": "Customers and their personal notification channels. " +
				"Every operation is the same under each of the four servers. " +
				"What is marked x-pinghome-extension is not part of PingHome's public documentation."},
		"servers":    servers(prefixes),
		"security":   []object{{"token": []string{}}},
		"paths":      paths,
		"components": json.RawMessage(withBodies(components)),
	}, "", " ")
	if err != nil {
		panic(err) // it is made of literals, and a test reads it
	}
	return b
})

// withBodies puts the schemas of all bodies into the components.
func withBodies(components string) string {
	var pairs []string
	for _, o := range operations {
		if o.body != nil {
			pairs = append(pairs, `"`+o.body.name+`": null`, `"`+o.body.name+`": `+o.body.schema())
		}
	}
	return strings.NewReplacer(pairs...).Replace(components)
}

func servers(bases []string) []object {
	var list []object
	for _, base := range bases {
		if base == "" {
			base = "/"
		}
		list = append(list, object{"url": base})
	}
	return list
}

func ref(kind, name string) object { return object{"$ref": "#/components/" + kind + "/" + name} }

// headers are the ones of an answer, with the one that every answer has.
func headers(names ...string) object {
	all := object{}
	for _, name := range append(names, headerRequestID) {
		all[name] = ref("headers", name)
	}
	return all
}

// describe is the operation in the document.
func (o *operation) describe() object {
	op := object{"operationId": o.id, "summary": o.summary}
	if o.isExtension {
		op["x-pinghome-extension"] = true
	}
	if o.page != nil {
		op["security"], op["responses"] = []object{}, o.pageResponses()
		return op
	}
	op["parameters"], op["responses"] = o.parameters(), o.responses()
	if o.body != nil {
		op["requestBody"] = object{"required": !o.bodyIsOptional,
			"content": object{"application/json": object{"schema": ref("schemas", o.body.name)}}}
	}
	return op
}

// pageResponses describes the answers of a page, which has a form of its own.
func (o *operation) pageResponses() object {
	responses := object{"200": object{"description": o.summary, "headers": headers(),
		"content": object{"application/json": object{"schema": object{"type": "object"}}}}}
	for _, code := range with(o.refusals, backend.CodeRateLimited, backend.CodeInternal) {
		responses[strconv.Itoa(meaningOf(code).status)] = object{"description": meaningOf(code).title, "headers": headers("Retry-After"),
			"content": object{"application/problem+json": object{"schema": ref("schemas", "Problem")}}}
	}
	return responses
}

func (o *operation) parameters() []object {
	names := []string{"request_id"}
	switch o.subject {
	case accountInPath:
		names = append(names, "customer_id")
	case ownAccount:
		names = append(names, "acting_for")
	case noAccount, allAccounts:
	}
	if strings.Contains(o.path, "{message_id}") {
		names = append(names, "message_id")
	}
	switch {
	case o.role == roleQuery:
		names = append(names, "if_none_match")
	case o.subject == allAccounts: // of all accounts together there is no revision
		names = append(names, "idempotency_key")
	default:
		names = append(names, "if_match", "idempotency_key")
	}
	var list []object
	for _, name := range append(names, o.query...) {
		list = append(list, ref("parameters", name))
	}
	return list
}

// responses describes the success, and each status of a refusal with its codes.
func (o *operation) responses() object {
	data := object{"nullable": true, "enum": []any{nil}}
	if o.data != "" {
		data = ref("schemas", o.data)
	}
	if o.isList {
		data = object{"type": "array", "items": data}
	}
	status := "200"
	if o.status != 0 {
		status = strconv.Itoa(o.status)
	}
	members := object{"message": object{"type": "string", "minLength": 1}, "data": data, "warning": ref("schemas", "Warning")}
	if o.pageData != "" {
		members["page"] = ref("schemas", o.pageData)
	}
	success := object{"description": o.summary, "headers": headers(), "content": object{"application/json": object{"schema": object{
		"type": "object", "required": []string{"message", "data"},
		"properties": members}}}}
	all := object{status: success}
	if o.role == roleQuery || o.data == "Profile" { // every change of the profile answers with it
		success["headers"] = headers("ETag")
	}
	if o.role == roleQuery {
		all["304"] = object{"description": "Nothing has changed since the answer with that ETag", "headers": headers("ETag")}
	}
	byStatus := map[int][]string{}
	for _, code := range o.allRefusals() {
		status := meaningOf(code).status
		byStatus[status] = append(byStatus[status], string(code))
	}
	for status, codes := range byStatus {
		all[strconv.Itoa(status)] = refusal(status, codes)
	}
	return all
}

func refusal(status int, codes []string) object {
	sent := headers("Retry-After")
	if status == http.StatusUnauthorized {
		sent = headers("WWW-Authenticate")
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	return object{"description": strings.Join(codes, ", "),
		"headers": sent,
		"content": object{"application/problem+json": object{"schema": object{
			"allOf": []object{ref("schemas", "Problem"), {"type": "object", "properties": object{"code": object{"enum": codes}}}}}}}}
}

// allRefusals are the operation's own and those that every one of its kind has.
func (o *operation) allRefusals() []backend.Code {
	codes := with(o.refusals, backend.CodeUnauthorized, backend.CodeNotFound, backend.CodeInvalid, backend.CodeRateLimited,
		backend.CodeInternal, backend.CodeBusy, backend.CodeDatabaseAway, backend.CodeUnavailable)
	if o.body != nil {
		codes = append(codes, codeBadJSON, codeBodyTooBig, codeBadType)
	}
	if o.role == roleCommand {
		codes = append(codes, backend.CodeKeyReused, backend.CodeReadOnly, backend.CodeUnknownOutcome)
		if o.subject != allAccounts {
			codes = append(codes, backend.CodeStale)
		}
	}
	set := map[backend.Code]bool{}
	for _, code := range codes {
		set[code] = true
	}
	return slices.Sorted(maps.Keys(set))
}
