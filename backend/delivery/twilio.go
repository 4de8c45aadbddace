package delivery

import (
	"cmp"
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
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
	got, err := t.ask(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return t.result(r, got)
}

// Probe asks for the account (https://www.twilio.com/docs/iam/api/account). An answer
// without the account is not from a gateway, and an account that is suspended or closed sends nothing.
func (t twilio) Probe(ctx context.Context) (string, error) {
	r := t.request(http.MethodGet, ".json", Message{})
	got, err := t.ask(ctx, r)
	if err != nil {
		return "", err
	}
	a, m := readTwilio(got), got.members()
	status := m.text("status")
	switch {
	case !got.isSuccess():
		return "", a.refusal(got.status).fill(got.toError(r, cmp.Or(a.explanation(), string(got.body))))
	case m.text("sid", "account_sid") == "":
		return "", got.notTheGateway(r, "with the account")
	case status != "" && !isStatusCode(status) && !strings.EqualFold(status, "active"):
		return "", &Error{Provider: r.provider, Ours: true, Status: sanitize("the account is "+status+", not active", r.sensitive...)}
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

// result reads the response. When a status of success comes without a message, it is
// not known whether the message was taken.
func (t twilio) result(r request, got response) (Receipt, error) {
	a := readTwilio(got)
	switch {
	case !got.isSuccess():
		return Receipt{}, a.refusal(got.status).fill(got.toError(r, cmp.Or(a.explanation(), string(got.body))))
	case a.isNo:
		e := a.refusal(got.status).fill(&Error{Provider: r.provider, Status: a.unsent(r)})
		if a.id != "" || a.isGuess { // in case that it was taken all the same
			e.Kind = Permanent
		}
		return Receipt{}, e
	case a.id == "":
		return Receipt{}, t.foreign(r, got, "with a message of Twilio's")
	}
	return Receipt{Provider: r.provider, Status: sanitize(a.status+" "+a.id, r.sensitive...)}, nil
}
