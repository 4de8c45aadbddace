package delivery

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// kannel uses the sendsms interface of Kannel's smsbox (user guide 1.4.5,
// "Using the HTTP interface to send SMS messages").
type kannel struct{ gateway }

// Send asks the gateway to send a message. The interface takes its parameters only
// in the query of a GET, so the password is in the URL, and no error may quote that.
func (k kannel) Send(ctx context.Context, m Message) (Receipt, error) {
	if err := k.Check(m.To); err != nil {
		return Receipt{}, k.numberError(err)
	}
	r := k.request(m, url.Values{"from": {k.options.From}, "to": {m.To}, "text": {m.Body}, "charset": {"UTF-8"}, "coding": {coding(m.Body)}})
	r.onlyOnce = true
	got, err := k.ask(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return k.result(r, got)
}

// request makes a request with the username and password, and with parameters.
func (k kannel) request(m Message, parameters url.Values) request {
	parameters.Set("username", k.options.Account)
	parameters.Set("password", string(k.options.Secret))
	query := parameters.Encode()
	return request{
		method:    http.MethodGet,
		url:       k.options.URL + "/cgi-bin/sendsms?" + query,
		provider:  k.provider,
		sensitive: append(m.sensitive(), query, url.QueryEscape(string(k.options.Secret)), string(k.options.Secret)),
	}
}

// Probe asks for a message to no number: Kannel checks the password, and then misses the number and sends
// nothing (smsbox_req_sendsms in gw/smsbox.c). Any other answer is not the right one.
func (k kannel) Probe(ctx context.Context) (string, error) {
	r := k.request(Message{}, url.Values{})
	got, err := k.ask(ctx, r)
	switch {
	case err != nil:
		return "", err
	case got.status == http.StatusBadRequest && strings.HasPrefix(got.line(), "Missing receiver number"):
		return k.provider + " accepts the username and the password", nil
	case got.isSuccess():
		return "", got.notTheGateway(r, "in Kannel's words")
	}
	_, err = k.result(r, got)
	return "", err
}

// takenWords begin the answer of a Kannel that took the message: "0: Accepted for delivery", "3: Queued
// for later delivery", and, where it does not wait for the bearerbox (immediate-sendsms-reply), "Sent." or
// "Sent. Message splits: 2" (smsbox_req_handle in gw/smsbox.c).
var takenWords = []string{"0:", "3:", "Sent."}

func isTaken(text string) bool {
	return slices.ContainsFunc(takenWords, func(words string) bool { return strings.HasPrefix(text, words) })
}

// kannelRefusals are what Kannel says of a message that it does not take, by how it begins
// (smsbox_req_handle and sendsms_thread in gw/smsbox.c). Its statuses have several meanings,
// and old ones answer all of it with a status of success.
var kannelRefusals = []struct {
	words string
	gatewayRefusal
}{
	{"Not routable", gatewayRefusal{isAboutNumber: true}},
	{"Number(s) has", gatewayRefusal{isAboutNumber: true}},      // denied by lists
	{"Garbage 'to' field", gatewayRefusal{isAboutNumber: true}}, // old versions
	{"Authorization failed", gatewayRefusal{correct: correctAccount}},
	{"Sender missing", gatewayRefusal{correct: correctSender}},
	{"Sending failed", gatewayRefusal{}},
	{"Temporal failure", gatewayRefusal{}},
}

// result reads the response, a line of text: one of takenWords says
// that the message was taken, and one of kannelRefusals that it was not. Any other text with a status of
// success is not from Kannel.
func (k kannel) result(r request, got response) (Receipt, error) {
	text := got.line()
	for _, known := range kannelRefusals {
		if strings.HasPrefix(text, known.words) {
			return Receipt{}, known.fill(got.toError(r, text))
		}
	}
	switch {
	case !got.isSuccess():
		return Receipt{}, gatewayRefusal{correct: toCorrect(got.status, "")}.fill(got.toError(r, text))
	case !isTaken(text):
		return Receipt{}, k.foreign(r, got, "in Kannel's words")
	}
	return Receipt{Provider: r.provider, Status: sanitize(text, r.sensitive...)}, nil
}

// line is the body as text, without what some programs put around it.
func (p response) line() string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(string(p.body)), string(bom)))
}

// coding is the parameter "coding" for a text: "0" for GSM's 7-bit alphabet with 160
// characters a message, "2" for UCS-2 with 70.
func coding(text string) string {
	for _, r := range text {
		if !strings.ContainsRune(gsm7, r) {
			return "2"
		}
	}
	return "0"
}

// gsm7 is the default alphabet of GSM with its extension table (3GPP TS
// 23.038, 6.2.1 and 6.2.1.1).
const gsm7 = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡" +
	"ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà" +
	"\f^{}\\[~]|€"
