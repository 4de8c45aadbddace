package delivery

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

func smsMessage(t testing.TB) Message { return codeMessage(t, backend.TypeSMS, "+994551234567") }

// twilioConfig and kannelConfig are configurations for a gateway.
func twilioConfig(base string) Config {
	return Config{SMS: &SMS{Gateway: "twilio", URL: base, Account: "AC123", Secret: "s3cret", From: "+15550100"}}
}

func kannelConfig(base string) Config {
	return Config{SMS: &SMS{Gateway: "kannel", URL: base + "/", Account: "pinghome", Secret: "s3cret", From: "PingHome"}}
}

func TestSMSByTwilio(t *testing.T) {
	base := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		account, token, _ := r.BasicAuth()
		_ = r.ParseForm()
		if r.Method != http.MethodPost || r.URL.String() != "/2010-04-01/Accounts/AC123/Messages.json" || account != "AC123" || token != "s3cret" ||
			r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || len(r.PostForm) != 3 ||
			r.PostForm.Get("From") != "+15550100" || r.PostForm.Get("To") != "+994551234567" || !strings.HasPrefix(r.PostForm.Get("Body"), "481516 is") {
			t.Errorf("%s %s %v %v", r.Method, r.URL, r.Header, r.PostForm)
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"sid": "SM0123456789abcdef", "status": "queued", "error_code": null, "error_message": null, "num_segments": "1"}`)
	})
	receipt, err := newRouter(t, twilioConfig(base)).Send(t.Context(), smsMessage(t))
	if err != nil || receipt != (Receipt{Provider: "twilio", Status: "queued SM0123456789abcdef"}) {
		t.Errorf("%+v, %v", receipt, err)
	}
}

func TestSMSByKannel(t *testing.T) {
	for _, test := range []struct{ body, coding, answer string }{
		{"481516 is your code: €[]~\n", "0", "0: Accepted for delivery"},
		{"481516 – sizin kodunuz, şifrə", "2", "3: Queued for later delivery"},
	} {
		base := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
			want := url.Values{"username": {"pinghome"}, "password": {"s3cret"}, "from": {"PingHome"}, "to": {"+994551234567"},
				"text": {test.body}, "charset": {"UTF-8"}, "coding": {test.coding}}
			if r.Method != http.MethodGet || r.URL.Path != "/cgi-bin/sendsms" || r.URL.Query().Encode() != want.Encode() {
				t.Errorf("%s %s, want %v", r.Method, r.URL, want)
			}
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, test.answer)
		})
		m := smsMessage(t)
		m.Body = test.body
		receipt, err := newRouter(t, kannelConfig(base)).Send(t.Context(), m)
		if err != nil || receipt != (Receipt{Provider: "kannel", Status: test.answer}) {
			t.Errorf("%+v, %v", receipt, err)
		}
	}
}

// The sender's number is written as people write numbers, or it is a short one or a name.
func TestSMSComesFromANumberOrAName(t *testing.T) {
	for from, want := range map[string]string{
		"+44 (0)20 7946 0958": "+442079460958", "\u202a+1\u2013201\u2013555\u20130123\u202c": "+12015550123", "tel:+1-201-555-0123": "+12015550123", "0044 20 7946 0958": "+442079460958",
		"+1 555-0100": "+15550100", "72 345": "72345", "７２３４５": "72345", "0123": "0123",
		"PingHome": "PingHome", " Ping Home\u200b": "Ping Home", "24Seven": "24Seven", "whatsapp:+14155238886": "whatsapp:+14155238886",
		"\u3164Ping\ufe0f": "Ping",
	} {
		if got := cleanFrom(from); got != want {
			t.Errorf("%q is %q, want %q", from, got, want)
		}
	}
	base := startReceiver(t, func(w http.ResponseWriter, r *http.Request) {
		if from := r.URL.Query().Get("from"); from != "+442079460958" {
			t.Errorf("it comes from %q", from)
		}
		_, _ = io.WriteString(w, "0: Accepted for delivery")
	})
	config := kannelConfig(base)
	config.SMS.From = "+44 (0)20 7946 0958"
	if _, err := newRouter(t, config).Send(t.Context(), smsMessage(t)); err != nil {
		t.Error(err)
	}
}

type gatewayError struct {
	kind   ErrorKind
	isOurs bool // the operator's to correct
	status string
}

// gatewayErrors are responses of gateways that are errors.
var gatewayErrors = []struct {
	name    string
	config  func(base string) Config
	status  int
	answer  string
	want    gatewayError
	retryIn time.Duration
}{
	{"not a number", twilioConfig, 400, `{"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400}`, gatewayError{Permanent, false, "answered 400: Invalid 'To' Phone Number (21211)"}, 0},
	{"wrong credentials", twilioConfig, 401, `{"code": 20003, "message": "Authenticate", "status": 401}`, gatewayError{Temporary, true, "answered 401: Authenticate (20003) (the operator has to correct delivery.sms.account or its secret)"}, 0},
	{"not allowed", twilioConfig, 403, `{"code": 20003, "message": "Forbidden"}`, gatewayError{Temporary, true, "answered 403: Forbidden (20003)"}, 0},
	{"too many requests", twilioConfig, 429, `{"code": 20429, "message": "Too Many Requests"}`, gatewayError{RateLimited, true, "answered 429: Too Many Requests (20429)"}, 7 * time.Second},
	{"the gateway is gone", twilioConfig, 410, "gone", gatewayError{Temporary, true, "answered 410: gone"}, 0},
	{"a server error", twilioConfig, 500, "oops s3cret", gatewayError{Temporary, true, "answered 500: oops [redacted]"}, 0},
	{"overload", twilioConfig, 503, "", gatewayError{Temporary, true, "answered 503"}, 7 * time.Second},
	{"a redirect", twilioConfig, 307, "", gatewayError{Temporary, true, "answered 307, and redirects are not followed" + correctsURL}, 0},
	{"success without a message", twilioConfig, 200, "<h1>Welcome</h1>", gatewayError{Unknown, true, "answered 200, but not with a message of Twilio's" + notKnown}, 0},
	{"success with something else", twilioConfig, 201, `{}`, gatewayError{Unknown, true, "answered 201, but not with a message of Twilio's" + notKnown}, 0},
	{"no such account", twilioConfig, 404, `{"code": 20404, "message": "not found", "status": 404}`, gatewayError{Temporary, true, "answered 404: not found (20404)" + correctsURL}, 0},
	{"no credit", twilioConfig, 402, "", gatewayError{Temporary, true, "answered 402"}, 0},
	{"a wrong sender", twilioConfig, 400, `{"code": 21212, "message": "Invalid From Number"}`, gatewayError{Temporary, true, "answered 400: Invalid From Number (21212) (the operator has to correct delivery.sms.from)"}, 0},
	{"a sender without SMS", twilioConfig, 400, `{"code": 21606, "message": "not SMS-capable"}`, gatewayError{Temporary, true, "answered 400: not SMS-capable (21606) (the operator has to correct delivery.sms.from)"}, 0},
	{"a region that is off", twilioConfig, 400, `{"code": 21408, "message": "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"}`,
		gatewayError{Temporary, true, "answered 400: Permission to send an SMS has not been enabled for the region indicated by the 'To' number (21408)"}, 0},
	{"a trial account", twilioConfig, 400, `{"code": 21608, "message": "unverified number"}`, gatewayError{Temporary, true, "answered 400: unverified number (21608)"}, 0},
	{"a sender that the country does not take", twilioConfig, 400, `{"code": 21612, "message": "invalid combination of To and From"}`, gatewayError{Temporary, true, "answered 400: invalid combination of To and From (21612)"}, 0},
	{"a landline", twilioConfig, 400, `{"code": 21635, "message": "landline"}`, gatewayError{Permanent, false, "answered 400: landline (21635)"}, 0},
	{"no mobile", twilioConfig, 400, `{"code": 21614, "message": "not a mobile"}`, gatewayError{Permanent, false, "answered 400: not a mobile (21614)"}, 0},
	{"no code, and the number", twilioConfig, 400, `{"message": "Recipient is unknown"}`, gatewayError{Permanent, false, "answered 400: Recipient is unknown"}, 0},
	{"no code, and the sender", twilioConfig, 400, `{"message": "Invalid sender number"}`, gatewayError{Temporary, true, "answered 400: Invalid sender number"}, 0},
	{"no code", twilioConfig, 400, `{"message": "no"}`, gatewayError{Temporary, true, "answered 400: no"}, 0},
	{"a message that a carrier filtered", twilioConfig, 201, `{"sid": "SM1", "status": "failed", "error_code": 30007}`, gatewayError{Permanent, true, "failed: 30007 (SM1)"}, 0},
	{"credit, with a status of success", twilioConfig, 200, `{"success": false, "message": "insufficient credit"}`, gatewayError{Temporary, true, "refused: insufficient credit"}, 0},
	{"a message that failed at once", twilioConfig, 201, `{"sid": "SM1", "status": "failed", "error_code": 30006, "error_message": "Landline"}`, gatewayError{Permanent, false, "failed: Landline (SM1)"}, 0},
	{"a long body", twilioConfig, 201, `{"sid": "SM1", "filler": "` + strings.Repeat("x", 1<<20), gatewayError{Unknown, true, "answered 201, but not with a message of Twilio's" + notKnown}, 0},
	{"wrong credentials", kannelConfig, 403, "Authorization failed for sendsms", gatewayError{Temporary, true, "answered 403: Authorization failed for sendsms (the operator has to correct delivery.sms.account or its secret)"}, 0},
	{"not routable", kannelConfig, 403, "Not routable. Do not try again.", gatewayError{Permanent, false, "answered 403: Not routable. Do not try again."}, 0},
	{"not a number", kannelConfig, 400, "Missing receiver number, rejected", gatewayError{Temporary, true, "answered 400: Missing receiver number, rejected"}, 0},
	{"a server error", kannelConfig, 503, "Temporal failure, try again later.", gatewayError{Temporary, true, "answered 503: Temporal failure, try again later."}, 7 * time.Second},
	{"the request is repeated", kannelConfig, 404, "no GET /cgi-bin/sendsms?password=s3cret here", gatewayError{Temporary, true, "answered 404: no GET /cgi-bin/sendsms?password=[redacted] here" + correctsURL}, 0},
	{"success with another text", kannelConfig, 200, "Welcome.", gatewayError{Unknown, true, "answered 200, but not in Kannel's words" + notKnown}, 0},
	{"a number that lists deny", kannelConfig, 400, "Number(s) has/have been denied by white- and/or black-lists.", gatewayError{Permanent, false, "answered 400: Number(s) has/have been denied by white- and/or black-lists."}, 0},
	{"no sender", kannelConfig, 400, "Sender missing and no global set, rejected", gatewayError{Temporary, true, "answered 400: Sender missing and no global set, rejected (the operator has to correct delivery.sms.from)"}, 0},
	{"an old one's wrong credentials", kannelConfig, 200, "Authorization failed for sendsms", gatewayError{Temporary, true, "answered 200: Authorization failed for sendsms (the operator has to correct delivery.sms.account or its secret)"}, 0},
	{"a failure", kannelConfig, 500, "Sending failed.", gatewayError{Temporary, true, "answered 500: Sending failed."}, 0},
	{"another server", kannelConfig, 405, "", gatewayError{Temporary, true, "answered 405" + correctsURL}, 0},
	{"a redirect", kannelConfig, 302, "", gatewayError{Temporary, true, "answered 302, and redirects are not followed" + correctsURL}, 0},
}

const correctsURL = " (the operator has to correct delivery.sms.url or delivery.sms.account)"

const notKnown = "; it is not known whether the message was taken"

// TestGatewayErrors checks the kind and text of each error: those that the
// operator has to correct are temporary and fail no channel.
func TestGatewayErrors(t *testing.T) {
	for _, test := range gatewayErrors {
		t.Run(fmt.Sprintf("%s, %d", test.name, test.status), func(t *testing.T) {
			base := startReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
				if test.retryIn > 0 {
					w.Header().Set("Retry-After", "7")
				}
				w.Header().Set("Location", "http://169.254.169.254/")
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.answer)
			})
			e := sendFailure(t, newRouter(t, test.config(base)), smsMessage(t))
			if got := (gatewayError{e.Kind, e.Ours, e.Status}); got != test.want || e.RetryAfter != test.retryIn {
				t.Errorf("%+v after %v, want %+v", got, e.RetryAfter, test.want)
			}
			if e.Gone || e.Final != (e.Kind == Unknown) {
				t.Errorf("%+v", e)
			}
		})
	}
}

// TestErrorsHideSecrets: the password of Kannel is in the URL of the request, which is in
// the errors of net/http.
func TestErrorsHideSecrets(t *testing.T) {
	echo := func(line string) string {
		if line == connected {
			return ""
		}
		return line + "\r\n" // not HTTP, but the request line repeated
	}
	for name, port := range map[string]int{"no server": closedPort(t), "the request is repeated": startScripted(t, echo)} {
		e := sendFailure(t, newRouter(t, kannelConfig(fmt.Sprintf("http://127.0.0.1:%d", port))), smsMessage(t))
		for _, secret := range []string{"s3cret", "481516"} {
			if text := fmt.Sprintf("%v %+v %v", e, *e, e.Err); strings.Contains(text, secret) {
				t.Errorf("%s: %s", name, text)
			}
		}
		if e.Kind != kindOf(e.Status) {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestHangingGateway(t *testing.T) {
	for _, config := range []func(string) Config{twilioConfig, kannelConfig} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := newRouter(t, config(startHangingReceiver(t, cancel))).Send(ctx, smsMessage(t))
		if e := AsError(err); e.Kind != Unknown || e.Status != "the sending was stopped before there was an answer"+wholeWasSent {
			t.Errorf("%+v", e)
		}
	}
}

func TestSMSNumberInjection(t *testing.T) {
	base := startReceiver(t, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	for _, config := range []func(string) Config{twilioConfig, kannelConfig} {
		r := newRouter(t, config(base))
		for _, to := range []string{"", "994551234567", "+994551234567,+15550100", "+994551234567 +15550100", "+994551234567&to=%2B15550100", "+0994551234567", "+99455123456789012", "+١٢٣٤٥٦٧٨"} {
			m := smsMessage(t)
			m.To = to
			if e := sendFailure(t, r, m); e.Kind != Permanent || r.Check(m.Type, to) == nil {
				t.Errorf("%q: %+v", to, e)
			}
		}
	}
}
