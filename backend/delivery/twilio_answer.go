package delivery

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// twilioAnswer is what a response tells: the id of the message when it was taken, and a
// code with an explanation when not.
type twilioAnswer struct {
	id, status string
	code, text string // of a refusal; the text of a success, too
	fault      string // the text of "error", where there is no better one
	isNo       bool   // it says that the message was not taken, though its HTTP status may be one of success
	isGuess    bool   // that is known by a code only that is a word, and by the id that lacks
}

// readTwilio reads an answer with good will: gateways that imitate Twilio's use other
// types, spellings and names, and some put the message, or the error, into another object or
// into a list.
func readTwilio(got response) *twilioAnswer {
	m := got.members()
	if m == nil {
		m = firstObject(bytes.TrimPrefix(bytes.TrimSpace(got.body), bom))
	}
	a := &twilioAnswer{}
	a.read(m, 4)
	a.text = cmp.Or(a.text, a.fault)
	a.isGuess = !a.isNo && a.code != "" && a.id == ""
	a.isNo = a.isNo || a.isGuess
	return a
}

// read reads an object and those in it, up to depth of them one in another. What an inner one says
// counts first, but a no of any of them is a no.
func (a *twilioAnswer) read(m members, depth int) {
	if m == nil || depth == 0 {
		return
	}
	a.readFault(m["error"], depth)
	a.readFault(m["errors"], depth)
	for _, name := range []string{"data", "message", "messages", "result"} {
		a.read(firstObject(m[name]), depth-1)
	}
	a.id = cmp.Or(a.id, m.id("sid", "message_sid", "sms_message_sid", "sms_sid", "message_id", "id"))
	a.readStatus(m)
	a.readCode(m)
	fault := m.text("error_message", "error_text")
	if fault != "" && !isHarmless(fault) {
		a.isNo = true
		a.text = cmp.Or(a.text, fault)
	}
	a.text = cmp.Or(a.text, m.text("message", "detail", "description", "title"))
}

// readStatus reads how the message is, and whether it was taken at all.
func (a *twilioAnswer) readStatus(m members) {
	status := m.text("status", "message_status", "sms_status", "result")
	switch {
	case isStatusCode(status): // in an error, the HTTP status
	case slices.Contains(unsentStatuses, strings.ToLower(status)):
		a.isNo, a.status = true, status
	default:
		a.status = cmp.Or(a.status, status)
	}
	for _, name := range []string{"success", "ok", "status"} {
		said := strings.ToLower(strings.Trim(string(m[name]), `" `))
		a.isNo = a.isNo || said == "false" || said == "no" || said == "0" && name != "status"
	}
}

// readCode reads the code of a refusal. Where there is an id, a "code" says no by a number
// only: it may be a word of any kind.
func (a *twilioAnswer) readCode(m members) {
	for _, name := range []string{"error_code", "code"} {
		code := m.text(name)
		if code == "" || isHarmless(code) {
			continue
		}
		a.code = cmp.Or(a.code, code)
		a.isNo = a.isNo || name == "error_code" || strings.Trim(code, "-0123456789") == ""
	}
}

// readFault reads "error" or "errors": a text, a code, an object, a list of one of these, or
// true.
func (a *twilioAnswer) readFault(raw json.RawMessage, depth int) {
	if depth == 0 {
		return
	}
	if list := listOf(raw); list != nil {
		if len(list) > 0 {
			a.readFault(list[0], depth-1)
		}
		return
	}
	if m := membersOf(raw); m != nil {
		a.readFaultObject(m, raw, depth)
		return
	}
	text := textOf(raw)
	switch {
	case string(bytes.TrimSpace(raw)) == "true":
		a.isNo = true
	case text == "" || isHarmless(text):
	case strings.Trim(text, "0123456789") == "":
		a.isNo, a.code = true, cmp.Or(a.code, text)
	default:
		a.isNo, a.fault = true, cmp.Or(a.fault, text)
	}
}

func (a *twilioAnswer) readFaultObject(m members, raw json.RawMessage, depth int) {
	a.readFault(m["errors"], depth-1)
	code, text := m.text("error_code", "code"), m.text("message", "error_message", "detail", "title", "description", "error")
	switch {
	case code != "" && isHarmless(code), code == "" && text != "" && isHarmless(text):
		return
	case code == "" && text == "": // of another form, such as {"to": ["is invalid"]}
		if a.isNo || len(filled(m)) == 0 {
			return
		}
		text = string(raw)
	}
	a.isNo, a.code, a.text = true, cmp.Or(a.code, code), cmp.Or(a.text, text)
}

// filled are those of m that have something in them.
func filled(m members) members {
	rest := members{}
	for name, value := range m {
		if plain := string(bytes.TrimSpace(value)); textOf(value) != "" || !slices.Contains([]string{"null", "false", "[]", "{}"}, plain) && !strings.HasPrefix(plain, `"`) {
			rest[name] = value
		}
	}
	return rest
}

// listOf reads a JSON list; nil for anything else.
func listOf(raw json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

// firstObject is a JSON object, or the first value of a list when that is one; nil for
// anything else.
func firstObject(raw json.RawMessage) members {
	if list := listOf(raw); len(list) > 0 {
		raw = list[0]
	}
	return membersOf(raw)
}

// harmlessWords are what codes and errors say of a message that was taken.
var harmlessWords = []string{"ok", "success", "successful", "succeeded", "sent", "queued", "accepted", "delivered", "created", "noerror", "no error", "no", "false"}

// isHarmless reports whether a code or the text of an error says that there is no error.
func isHarmless(text string) bool {
	word := strings.ToLower(strings.Trim(strings.ReplaceAll(text, "_", " "), " .!"))
	return strings.Trim(text, "0") == "" || isStatusCode(text) && strings.HasPrefix(text, "2") || slices.Contains(harmlessWords, word)
}

// isStatusCode reports whether a text is a status of HTTP. Codes of Twilio have five digits.
func isStatusCode(text string) bool {
	return len(text) == 3 && strings.Trim(text, "0123456789") == ""
}

// explanation is what the gateway says of an error, with its code.
func (a *twilioAnswer) explanation() string {
	if a.text != "" && a.code != "" {
		return a.text + " (" + a.code + ")"
	}
	return a.text + a.code
}

// unsentStatuses are those of a message that was taken and will not be sent
// (https://www.twilio.com/docs/messaging/api/message-resource#message-status-values), and of a
// request that was refused, as other gateways say it.
var unsentStatuses = append([]string{"error", "fail", "failure", "denied", "refused", "invalid"}, messageStatuses...)

// messageStatuses are those of them that are about a message, not about the request.
var messageStatuses = []string{"failed", "undelivered", "undeliverable", "canceled", "cancelled", "rejected", "blocked", "expired"}

// refusal says whom an answer is about that says no. A request that was refused is about the
// number when its code or its words say so; a message that was taken and refused then, unless its code
// says otherwise.
func (a *twilioAnswer) refusal(status int) gatewayRefusal {
	isAboutNumber, isKnown := isNumberCode(a.code)
	isSuccess := status >= 200 && status <= 299
	switch {
	case isKnown:
	case isSuccess && slices.Contains(messageStatuses, strings.ToLower(a.status)):
		isAboutNumber = true
	case isSuccess, status == 400, status == 422:
		isAboutNumber = isNumberText(cmp.Or(a.text, a.code))
	}
	return gatewayRefusal{a.code, isAboutNumber, toCorrect(status, a.code)}
}

// unsent says why a message that has an answer of success was not sent.
func (a *twilioAnswer) unsent(r request) string {
	said, text := "refused", a.explanation()
	if slices.Contains(unsentStatuses, strings.ToLower(a.status)) {
		said = a.status
	}
	if a.id != "" {
		text = strings.TrimSpace(cmp.Or(a.text, a.code) + " (" + a.id + ")")
	}
	return sanitize(said+": "+text, r.sensitive...)
}
