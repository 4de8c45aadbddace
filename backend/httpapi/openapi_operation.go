package httpapi

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// operation is an operation in the document.
func (d *describer) operation(o *operation) object {
	text := explanations[o.id]
	op := object{"operationId": o.id, "summary": o.summary, "description": text.description, "tags": []string{text.tag}}
	if o.isExtension {
		op["x-pinghome-extension"] = true
	}
	if o.page != nil {
		op["security"], op["responses"] = []object{}, d.pageResponses(o)
		return op
	}
	op["parameters"], op["responses"] = o.parameters(), d.answers(o)
	if o.body != nil {
		d.examples[o.body.name] = object{"value": o.body.example()}
		op["requestBody"] = object{"required": !o.bodyIsOptional,
			"content": content("application/json", ref("schemas", o.body.name), o.body.name)}
	}
	return op
}

// pageResponses describes the answers of a page, which has a form of its own.
func (d *describer) pageResponses(o *operation) object {
	example := string(o.id)
	d.examples[example] = object{"value": pageExamples[o.id]}
	all := object{"200": object{"description": "The page", "headers": headers(),
		"content": content("application/json", object{"type": "object"}, example)}}
	d.addRefusals(all, with(o.refusals, backend.CodeRateLimited, backend.CodeInternal))
	return all
}

func (o *operation) parameters() []object {
	names := []string{"request_id", "traceparent"}
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

// answers describes the success, and each status of a refusal with its codes.
func (d *describer) answers(o *operation) object {
	status := "200"
	if o.status != 0 {
		status = strconv.Itoa(o.status)
	}
	schema, example := d.success(o)
	success := object{"description": "Done", "headers": headers(), "content": content("application/json", schema, example)}
	all := object{status: success}
	if o.role == roleQuery || o.data == "Profile" { // every change of the profile answers with it
		success["headers"] = headers("ETag")
	}
	if slices.ContainsFunc(o.query, func(name string) bool { return name == paramCursor || name == paramAfter || name == paramOffset }) {
		success["headers"] = headers("ETag", "Link")
	}
	if o.role == roleQuery {
		all["304"] = object{"description": "Nothing has changed since the answer with that ETag", "headers": headers("ETag")}
	}
	d.addRefusals(all, o.allRefusals())
	return all
}

// success is the schema of the answer to what was done, and the name of an example.
func (d *describer) success(o *operation) (schema object, example string) {
	data := object{"type": "null"}
	example = "Nothing"
	if o.data != "" {
		data, example = ref("schemas", o.data), o.data
	}
	if o.isList {
		data, example = object{"type": "array", "items": data}, example+"List"
	}
	members := object{"message": object{"type": "string", "minLength": 1, "examples": []string{"Done."}}, "data": data}
	if o.pageData != "" {
		members["page"] = ref("schemas", o.pageData)
		example += o.pageData
	}
	d.examples[example] = object{"value": d.exampleOf(object{"properties": maps.Clone(members)})}
	members["warning"] = ref("schemas", "Warning") // which most answers do not have
	return object{"type": "object", "required": []string{"message", "data"}, "properties": members}, example
}

// addRefusals adds the answers that refuse, one for each status.
func (d *describer) addRefusals(answers object, codes []backend.Code) {
	byStatus := map[int][]backend.Code{}
	for _, code := range codes {
		status := meaningOf(code).status
		byStatus[status] = append(byStatus[status], code)
	}
	for status, list := range byStatus {
		answers[strconv.Itoa(status)] = d.refusal(status, list)
	}
}

// refusal is the answer that refuses with one of these codes.
func (d *describer) refusal(status int, codes []backend.Code) object {
	var texts []string
	for _, code := range slices.Compact(slices.Sorted(slices.Values(codes))) {
		texts = append(texts, string(code))
		d.examples[string(code)] = object{"value": problemExample(code)}
	}
	name := strconv.Itoa(status) + "-" + strings.Join(texts, "-")
	sent := headers("Retry-After")
	if status == http.StatusUnauthorized {
		sent = headers("WWW-Authenticate")
	}
	schema := object{"allOf": []object{ref("schemas", "Problem"), {"type": "object", "properties": object{"code": object{"type": "string", "enum": texts}}}}}
	d.responses[name] = object{"description": strings.Join(texts, ", "), "headers": sent,
		"content": content("application/problem+json", schema, texts...)}
	return ref("responses", name)
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
