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

// components are the schemas and parameters of the document. What they say is
// written by hand; which operation uses them is in the table of routes.
//
//go:embed components.json
var components []byte

// object is a JSON object that is being built.
type object = map[string]any

// document is the OpenAPI 3.0 description of the API, made once.
var document = sync.OnceValue(func() []byte {
	paths := object{}
	for _, rt := range routes {
		item, _ := paths[rt.path].(object)
		if item == nil {
			item = object{}
			paths[rt.path] = item
		}
		item[strings.ToLower(rt.method)] = rt.describe()
	}
	var servers []object
	for _, prefix := range prefixes {
		servers = append(servers, object{"url": prefix})
	}
	root := object{"url": "/"}
	paths["/openapi.json"] = page("getDocument", "Get this document", append([]object{root}, servers...))
	paths["/healthz"] = page("getHealth", "Ask whether the server runs", []object{root})
	paths["/readyz"] = page("getReady", "Ask whether requests are welcome", []object{root}, backend.CodeUnavailable, backend.CodeBusy)
	b, err := json.MarshalIndent(object{
		"openapi": "3.0.3",
		"info": object{"title": "PingHome account settings", "version": "1.0.0",
			"description": "Customers and their personal notification channels. " +
				"Every operation is the same under each of the four servers. " +
				"What is marked x-pinghome-extension is not part of PingHome's public documentation."},
		"servers":    servers,
		"security":   []object{{"token": []string{}}},
		"paths":      paths,
		"components": json.RawMessage(components),
	}, "", " ")
	if err != nil {
		panic(err) // components.json is embedded, and a test reads it
	}
	return b
})

func ref(kind, name string) object { return object{"$ref": "#/components/" + kind + "/" + name} }

// headers are the ones of an answer, with the one that every answer has.
func headers(names ...string) object {
	all := object{}
	for _, name := range append(names, headerRequestID) {
		all[name] = ref("headers", name)
	}
	return all
}

// page is what needs no token and is not about a customer.
func page(id, summary string, servers []object, codes ...backend.Code) object {
	responses := object{"200": object{"description": summary, "headers": headers(),
		"content": object{"application/json": object{"schema": object{"type": "object"}}}}}
	for _, code := range append(codes, backend.CodeRateLimited, backend.CodeInternal) {
		responses[strconv.Itoa(meaningOf(code).status)] = object{"description": meaningOf(code).title, "headers": headers("Retry-After"),
			"content": object{"application/problem+json": object{"schema": ref("schemas", "Problem")}}}
	}
	return object{"servers": servers, "get": object{"operationId": id, "summary": summary, "security": []object{},
		"x-pinghome-extension": true, "responses": responses}}
}

// describe is the route as an operation.
func (rt *route) describe() object {
	op := object{"operationId": rt.id, "summary": rt.summary, "parameters": rt.parameters(), "responses": rt.responses()}
	if rt.extension {
		op["x-pinghome-extension"] = true
	}
	if rt.body != noBody {
		op["requestBody"] = object{"required": rt.body == needsBody,
			"content": object{"application/json": object{"schema": ref("schemas", rt.request)}}}
	}
	return op
}

func (rt *route) parameters() []object {
	names := []string{"request_id"}
	switch rt.whose {
	case inPath:
		names = append(names, "customer_id")
	case byToken:
		names = append(names, "acting_for")
	}
	if strings.Contains(rt.path, "{message_id}") {
		names = append(names, "message_id")
	}
	switch {
	case isRead(rt.method):
		names = append(names, "if_none_match")
	case rt.whose == everybodys: // of all accounts together there is no revision
		names = append(names, "idempotency_key")
	default:
		names = append(names, "if_match", "idempotency_key")
	}
	var list []object
	for _, name := range append(names, rt.query...) {
		list = append(list, ref("parameters", name))
	}
	return list
}

// responses has the success, and for each status that can come the codes that
// come with it.
func (rt *route) responses() object {
	data := object{"nullable": true, "enum": []any{nil}}
	if rt.data != "" {
		data = ref("schemas", rt.data)
	}
	if rt.list {
		data = object{"type": "array", "items": data}
	}
	status := "200"
	if rt.status != 0 {
		status = strconv.Itoa(rt.status)
	}
	success := object{"description": rt.summary, "headers": headers(), "content": object{"application/json": object{"schema": object{
		"type": "object", "required": []string{"message", "data"},
		"properties": object{"message": object{"type": "string", "minLength": 1}, "data": data, "warning": ref("schemas", "Warning")}}}}}
	all := object{status: success}
	if isRead(rt.method) || rt.data == "Profile" { // which every change of it answers
		success["headers"] = headers("ETag")
	}
	if isRead(rt.method) {
		all["304"] = object{"description": "Nothing has changed since the answer with that ETag", "headers": headers("ETag")}
	}
	byStatus := map[int][]string{}
	for _, code := range rt.refusals() {
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

// refusals are all the codes that an operation can answer with.
func (rt *route) refusals() []backend.Code {
	codes := slices.Concat(rt.refuses, []backend.Code{backend.CodeUnauthorized, backend.CodeNotFound, backend.CodeInvalid, backend.CodeRateLimited,
		backend.CodeInternal, backend.CodeBusy, backend.CodeUnavailable})
	if rt.body != noBody {
		codes = append(codes, codeBadJSON, codeBodyTooBig, codeBadType)
	}
	if !isRead(rt.method) {
		codes = append(codes, backend.CodeKeyReused, backend.CodeReadOnly)
		if rt.whose != everybodys {
			codes = append(codes, backend.CodeStale)
		}
	}
	return slices.Sorted(maps.Keys(setOf(codes)))
}

func setOf(codes []backend.Code) map[backend.Code]bool {
	set := map[backend.Code]bool{}
	for _, code := range codes {
		set[code] = true
	}
	return set
}
