package delivery

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// twilio uses Twilio's Messages resource, which gateways compatible with Twilio have,
// too (https://www.twilio.com/docs/messaging/api/message-resource).
type twilio struct{ gateway }

// Send posts a message. The auth token is in a header; the URL has no secret in it.
func (t twilio) Send(ctx context.Context, m Message) (Receipt, error) {
	if err := t.Check(m.To); err != nil {
		return Receipt{}, t.numberError(err)
	}
	r := t.request(http.MethodPost, "/Messages.json", m)
	r.header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.onlyOnce, r.body = true, []byte(url.Values{"From": {t.options.From}, "To": {m.To}, "Body": {m.Body}}.Encode())
	got, err := t.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return t.result(r, got)
}

// Probe asks for the account (https://www.twilio.com/docs/iam/api/account). An answer
// without the account is not from a gateway.
func (t twilio) Probe(ctx context.Context) (string, error) {
	r := t.request(http.MethodGet, ".json", Message{})
	got, err := t.do(ctx, r)
	switch {
	case err != nil:
		return "", err
	case !got.isSuccess():
		return "", t.setKind(got.status, got.toError(r, string(got.body)))
	case got.members().id("sid", "account_sid", "id") == "":
		return "", &Error{Provider: r.provider, Status: fmt.Sprintf("answered %d, but not with the account; delivery.sms.url may be wrong", got.status)}
	}
	return t.provider + " knows the account", nil
}

// request makes a request about the account, without a body.
func (t twilio) request(method, path string, m Message) request {
	credentials := base64.StdEncoding.EncodeToString([]byte(t.options.Account + ":" + string(t.options.Secret)))
	return request{
		method:    method,
		url:       t.options.URL + "/2010-04-01/Accounts/" + url.PathEscape(t.options.Account) + path,
		header:    http.Header{"Authorization": {"Basic " + credentials}},
		provider:  t.provider,
		sensitive: append(m.sensitive(), string(t.options.Secret), credentials),
	}
}

// twilioAnswer is what a response tells: the id of the message when it was taken, and a
// code with an explanation when not.
type twilioAnswer struct{ id, status, code, text string }

// readTwilio reads an answer with good will: gateways that imitate Twilio's use other
// types, spellings and names, and some put the message into another object.
func readTwilio(got response) twilioAnswer {
	m := got.members()
	for range 2 {
		inner := membersOf(m["data"])
		if inner == nil {
			inner = membersOf(m["message"])
		}
		if inner == nil {
			break
		}
		maps.Copy(inner, membersWithout(m, "data", "message", "status"))
		m = inner
	}
	a := twilioAnswer{
		id:     m.id("sid", "message_sid", "sms_message_sid", "sms_sid", "message_id", "id"),
		status: m.text("status", "message_status", "sms_status"),
		code:   m.text("error_code", "code"),
		text:   m.text("error_message", "message", "error", "detail", "description"),
	}
	if isStatusCode(a.status) { // in an error, the HTTP status
		a.status = ""
	}
	if strings.Trim(a.code, "0") == "" || isStatusCode(a.code) && strings.HasPrefix(a.code, "2") {
		a.code = "" // of a success
	}
	return a
}

// membersWithout are those of m that are not empty, but for some.
func membersWithout(m members, names ...string) members {
	rest := members{}
	for name, value := range m {
		if !slices.Contains(names, name) && textOf(value) != "" {
			rest[name] = value
		}
	}
	return rest
}

// isStatusCode reports whether a text is a status of HTTP. Codes of Twilio have five digits.
func isStatusCode(text string) bool {
	return len(text) == 3 && strings.Trim(text, "0123456789") == ""
}

// explanation is what the gateway says of an error, with its code.
func (a twilioAnswer) explanation() string {
	if a.text != "" && a.code != "" {
		return a.text + " (" + a.code + ")"
	}
	return a.text + a.code
}

// unsentStatuses are those of a message that was taken and will not be sent
// (https://www.twilio.com/docs/messaging/api/message-resource#message-status-values).
var unsentStatuses = []string{"failed", "undelivered", "canceled", "cancelled", "rejected", "error"}

// result reads the response. When a status of success comes without a message, it is
// not known whether the message was taken. Another attempt might send it twice, so
// that is a permanent error.
func (t twilio) result(r request, got response) (Receipt, error) {
	a := readTwilio(got)
	switch {
	case !got.isSuccess():
		text := a.explanation()
		if text == "" {
			text = string(got.body)
		}
		return Receipt{}, t.stopped(a.code, t.setKind(got.status, got.toError(r, text)))
	case slices.Contains(unsentStatuses, strings.ToLower(a.status)) || a.code != "":
		return Receipt{}, t.stopped(a.code, &Error{Kind: Permanent, Provider: r.provider, Status: a.unsent(r)})
	case a.id == "":
		return Receipt{}, got.foreign(r, "with a message of Twilio's")
	}
	return Receipt{Provider: r.provider, Status: sanitize(a.status+" "+a.id, r.sensitive...)}, nil
}

// unsent says why a message that has an answer of success was not sent.
func (a twilioAnswer) unsent(r request) string {
	text := a.explanation()
	if a.id != "" {
		text = cmp.Or(a.text, a.code) + " (" + a.id + ")"
	}
	return sanitize(cmp.Or(a.status, "refused")+": "+text, r.sensitive...)
}
