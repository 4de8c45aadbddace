package delivery

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// kannel speaks the sendsms interface of Kannel's smsbox (user guide 1.4.5,
// "Using the HTTP interface to send SMS messages").
type kannel struct{ gateway }

// Send asks for the message to be sent. The interface takes its parameters in
// the query of a GET and no form in a POST, so the password is in the URL, and
// no error may ever quote that.
func (k kannel) Send(ctx context.Context, m Message) (Receipt, error) {
	if err := k.Check(m.To); err != nil {
		return Receipt{}, k.refused(err)
	}
	query := url.Values{
		"username": {k.options.Account}, "password": {string(k.options.Secret)}, "from": {k.options.From}, "to": {m.To},
		"text": {m.Body}, "charset": {"UTF-8"}, "coding": {coding(m.Body)},
	}.Encode()
	r := request{
		method:   http.MethodGet,
		url:      k.options.URL + "/cgi-bin/sendsms?" + query,
		provider: k.name,
		secrets:  append(m.secrets(), query, url.QueryEscape(string(k.options.Secret)), string(k.options.Secret)),
	}
	got, err := k.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return k.verdict(r, got)
}

// verdict reads the answer, which is a line of text: one that begins with 0 or
// 3 says that the message was taken. Other words of success are not Kannel's;
// asking again might send the message twice, so they are an end.
func (k kannel) verdict(r request, got answer) (Receipt, error) {
	said := strings.TrimSpace(string(got.body))
	isTaken := strings.HasPrefix(said, "0:") || strings.HasPrefix(said, "3:")
	switch {
	case !got.isSuccess():
		e := k.unlessOurs(got.status, got.fault(r, said))
		if got.status == http.StatusForbidden { // for two things, of which one can be mended
			switch {
			case strings.HasPrefix(said, "Not routable"):
				e.Kind = Permanent
			case strings.HasPrefix(said, "Authorization failed"):
				e = k.wrongSecret(e)
			}
		}
		return Receipt{}, e
	case !isTaken:
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider,
			Status: fmt.Sprintf("answered %d, but not in Kannel's words; it is not known whether the message was taken", got.status)}
	}
	return Receipt{Provider: r.provider, Status: words(said, r.secrets...)}, nil
}

// The two alphabets that Kannel is asked for: "0" is GSM's of 7 bits with 160
// characters a message, "2" is UCS-2 with 70.
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
