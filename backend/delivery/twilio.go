package delivery

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// twilio uses Twilio's Messages resource, which gateways compatible with Twilio have,
// too (https://www.twilio.com/docs/messaging/api/message-resource).
type twilio struct{ gateway }

// twilioAnswer is the body of a response: a message when it was taken, and a code
// with an explanation when not.
type twilioAnswer struct {
	SID          string `json:"sid"`
	Status       any    `json:"status"` // in a message a string such as "queued", in an error the HTTP status
	ErrorCode    *int   `json:"error_code"`
	ErrorMessage string `json:"error_message"`
	Code         int    `json:"code"`
	Message      string `json:"message"`
}

// Send posts a message. The auth token is in a header; the URL has no secret in it.
func (t twilio) Send(ctx context.Context, m Message) (Receipt, error) {
	if err := t.Check(m.To); err != nil {
		return Receipt{}, t.numberError(err)
	}
	r := t.request(http.MethodPost, "/Messages.json", m)
	r.header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.body = []byte(url.Values{"From": {t.options.From}, "To": {m.To}, "Body": {m.Body}}.Encode())
	got, err := t.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return t.result(r, got)
}

// Probe asks for the account (https://www.twilio.com/docs/iam/api/account).
func (t twilio) Probe(ctx context.Context) (string, error) {
	r := t.request(http.MethodGet, ".json", Message{})
	got, err := t.do(ctx, r)
	if err == nil && !got.isSuccess() {
		err = t.setKind(got.status, got.toError(r, string(got.body)))
	}
	return t.provider + " knows the account", err
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

// result reads the response. When a status of success comes without a message, it is
// not known whether the message was taken. Another attempt might send it twice, so
// that is a permanent error.
func (t twilio) result(r request, got response) (Receipt, error) {
	var answer twilioAnswer
	isReadable := json.Unmarshal(got.body, &answer) == nil
	status, _ := answer.Status.(string)
	switch {
	case !got.isSuccess() && answer.Message != "":
		return Receipt{}, t.setKind(got.status, got.toError(r, fmt.Sprintf("%s (%d)", answer.Message, answer.Code)))
	case !got.isSuccess():
		return Receipt{}, t.setKind(got.status, got.toError(r, string(got.body)))
	case !isReadable || answer.SID == "":
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider,
			Status: fmt.Sprintf("answered %d, but not with a message of Twilio's; it is not known whether the message was taken", got.status)}
	case status == "failed" || status == "undelivered" || answer.ErrorCode != nil:
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: sanitize(fmt.Sprintf("%s: %s (%s)", status, answer.ErrorMessage, answer.SID), r.sensitive...)}
	}
	return Receipt{Provider: r.provider, Status: sanitize(status+" "+answer.SID, r.sensitive...)}, nil
}
