package delivery

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// twilio speaks Twilio's Messages resource, as Twilio and the gateways made in
// its image do (https://www.twilio.com/docs/messaging/api/message-resource).
type twilio struct{ gateway }

// twilioAnswer is what of an answer is read: a message where it was taken, a
// code and a sentence where it was not.
type twilioAnswer struct {
	SID          string `json:"sid"`
	Status       any    `json:"status"` // a word in a message, the HTTP status in an error
	ErrorCode    *int   `json:"error_code"`
	ErrorMessage string `json:"error_message"`
	Code         int    `json:"code"`
	Message      string `json:"message"`
}

// Send posts the message. The account's own token goes into the header, and
// nothing secret into the URL.
func (t twilio) Send(ctx context.Context, m Message) (Receipt, error) {
	if err := t.Check(m.To); err != nil {
		return Receipt{}, t.refused(err)
	}
	credentials := base64.StdEncoding.EncodeToString([]byte(t.options.Account + ":" + string(t.options.Secret)))
	r := request{
		method:   http.MethodPost,
		url:      t.options.URL + "/2010-04-01/Accounts/" + url.PathEscape(t.options.Account) + "/Messages.json",
		header:   http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {"Basic " + credentials}},
		body:     []byte(url.Values{"From": {t.options.From}, "To": {m.To}, "Body": {m.Body}}.Encode()),
		provider: t.name,
		secrets:  append(m.secrets(), string(t.options.Secret), credentials),
	}
	got, err := t.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return t.verdict(r, got)
}

// verdict reads the answer. One of success without a message in it leaves open
// whether the message was taken; asking again might send it twice, so that is
// an end, and is told as one.
func (t twilio) verdict(r request, got answer) (Receipt, error) {
	var said twilioAnswer
	isReadable := json.Unmarshal(got.body, &said) == nil
	status, _ := said.Status.(string)
	switch {
	case !got.isSuccess() && said.Message != "":
		return Receipt{}, t.unlessOurs(got.status, got.fault(r, fmt.Sprintf("%s (%d)", said.Message, said.Code)))
	case !got.isSuccess():
		return Receipt{}, t.unlessOurs(got.status, got.fault(r, string(got.body)))
	case !isReadable || said.SID == "":
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider,
			Status: fmt.Sprintf("answered %d, but not with a message of Twilio's; it is not known whether the message was taken", got.status)}
	case status == "failed" || status == "undelivered" || said.ErrorCode != nil:
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: words(fmt.Sprintf("%s: %s (%s)", status, said.ErrorMessage, said.SID), r.secrets...)}
	}
	return Receipt{Provider: r.provider, Status: words(status+" "+said.SID, r.secrets...)}, nil
}
