package delivery

import (
	"net/http"
	"strings"
	"testing"
)

// notTwilios is for an answer of success without a message.
const notTwilios = "? OURS answered 200, but not with a message of Twilio's" + notKnown

const wantsNoMore = "this person has asked for no more messages: START turns it on again"

// answeredSMS are answers of Twilio, and of gateways that imitate it with other types,
// spellings and names.
var answeredSMS = []told{
	{"Twilio's", 201, "", `{"sid": "SM1", "status": "queued", "error_code": null, "error_message": null}`, "queued SM1"},
	{"no error_code", 201, "", `{"sid": "SM1", "status": "accepted"}`, "accepted SM1"},
	{"200", 200, "", `{"sid": "SM1", "status": "queued"}`, "queued SM1"},
	{"no status", 201, "", `{"sid": "SM1"}`, "SM1"},
	{"a status of HTTP", 201, "", `{"sid": "SM1", "status": 201}`, "SM1"},
	{"camelCase", 200, "", `{"messageSid": "SM1", "messageStatus": "queued", "errorCode": null}`, "queued SM1"},
	{"PascalCase", 200, "", `{"MessageSid": "SM1", "Status": "queued", "ErrorCode": 0}`, "queued SM1"},
	{"message_sid", 200, "", `{"message_sid": "SM1", "status": "sent"}`, "sent SM1"},
	{"a number as id", 200, "", `{"id": 90071992547409931, "status": "queued"}`, "queued 90071992547409931"},
	{"no error as a text", 201, "", `{"sid": "SM1", "status": "queued", "error_code": "", "error_message": ""}`, "queued SM1"},
	{"no error as zero", 201, "", `{"sid": "SM1", "status": "queued", "error_code": "0", "code": 0}`, "queued SM1"},
	{"a code of success", 200, "", `{"sid": "SM1", "code": 200, "message": "OK"}`, "SM1"},
	{"inside data", 200, "", `{"success": true, "data": {"sid": "SM1", "status": "queued"}}`, "queued SM1"},
	{"inside message", 200, "", `{"message": {"id": "m-1", "status": "queued"}}`, "queued m-1"},
	{"a form", 200, "application/x-www-form-urlencoded; charset=utf-8", "MessageSid=SM1&MessageStatus=queued&ErrorCode=", "queued SM1"},
	{"a byte order mark", 201, "", "\ufeff" + `{"sid": "SM1", "status": "queued"}`, "queued SM1"},
	{"no id", 200, "", `{"status": "queued", "message": "OK"}`, notTwilios},
	{"an empty id", 200, "", `{"sid": "", "status": "queued"}`, notTwilios},
	{"a form that is not said to be one", 200, "text/html", "sid=SM1", notTwilios},
	{"no object", 200, "", `["SM1"]`, notTwilios},
	{"no content", 204, "", "", strings.Replace(notTwilios, "200", "204", 1)},

	{"a code as a text", 400, "", `{"code": "21211", "message": "Invalid 'To'"}`, "✗ answered 400: Invalid 'To' (21211)"},
	{"no code", 400, "", `{"message": "no"}`, "↻ OURS answered 400: no"},
	{"an error as a form", 400, "application/x-www-form-urlencoded", "code=21211&message=Invalid+number", "✗ answered 400: Invalid number (21211)"},
	{"another name for the text", 500, "", `{"error": "down"}`, "↻ OURS answered 500: down"},
	{"a refusal with a status of success", 200, "", `{"code": 21211, "message": "Invalid 'To'"}`, "✗ refused: Invalid 'To' (21211)"},
	{"a refusal with an id", 200, "", `{"id": "req-1", "errorCode": "30006", "errorMessage": "Landline"}`, "✗ refused: Landline (req-1)"},
	{"failed at once", 201, "", `{"sid": "SM1", "status": "Undelivered", "error_code": "30003"}`, "✗ Undelivered: 30003 (SM1)"},

	// A no with a status of success, as gateways say it that imitate Twilio's.
	{"no success", 200, "", `{"success": false, "id": "123", "message": "Invalid number"}`, "✗ refused: Invalid number (123)"},
	{"no success as a text", 200, "", `{"ok": "false", "id": "123"}`, "✗ OURS refused: (123)"},
	{"an error", 200, "", `{"error": "Invalid number", "id": 17}`, "✗ refused: Invalid number (17)"},
	{"an error and a message", 200, "", `{"error": "Bad Request", "message": "Invalid number", "id": 17}`, "✗ refused: Invalid number (17)"},
	{"an error that is true", 200, "", `{"error": true, "message": "Invalid number", "id": 17}`, "✗ refused: Invalid number (17)"},
	{"an error message", 200, "", `{"error_message": "Invalid number", "status": "queued", "id": 17}`, "✗ refused: Invalid number (17)"},
	{"a list of errors", 200, "", `{"errors": ["Invalid number"], "id": 17}`, "✗ refused: Invalid number (17)"},
	{"errors by field", 200, "", `{"errors": {"to": ["is invalid"]}, "id": 17}`, `✗ refused: {"to": ["is invalid"]} (17)`},
	{"a status of refusal", 200, "", `{"status": "fail", "id": 1}`, "✗ OURS fail: (1)"},
	{"a status that is false", 200, "", `{"status": false, "id": 1, "message": "Invalid number"}`, "✗ refused: Invalid number (1)"},
	{"a status of refusal outside", 200, "", `{"status": "error", "message": "Invalid number", "data": {"id": 1}}`, "✗ error: Invalid number (1)"},
	{"undeliverable", 200, "", `{"status": "Undeliverable", "id": "a"}`, "✗ Undeliverable: (a)"},
	{"blocked", 200, "", `{"status": "blocked", "id": "a"}`, "✗ blocked: (a)"},
	{"denied", 200, "", `{"status": "DENIED", "id": "a"}`, "✗ OURS DENIED: (a)"},
	{"expired", 200, "", `{"result": "expired", "id": "a"}`, "✗ expired: (a)"},
	{"an error in a list of messages", 200, "", `{"message-count": "1", "messages": [{"status": "3", "error-text": "Invalid number", "message-id": "a"}]}`, "✗ refused: Invalid number (a)"},
	{"a word as code, without an id", 200, "", `{"code": "InvalidNumber", "message": "Invalid number"}`, "✗ refused: Invalid number (InvalidNumber)"},
	// A yes that looks like a no.
	{"a word as code", 200, "", `{"code": "OK", "sid": "SM1"}`, "SM1"},
	{"another word as code", 200, "", `{"code": "success", "message": "sent", "id": "5"}`, "5"},
	{"a code that is unknown", 200, "", `{"code": "MESSAGE_ENQUEUED", "id": "5"}`, "5"},
	{"no error in many ways", 200, "", `{"error": null, "errors": [], "error_code": "", "error_message": "none", "id": 5}`, "5"},
	{"no error in others", 200, "", `{"error": false, "errors": {}, "error_text": "No error", "error_code": "000", "id": 5}`, "5"},
	{"an error that says OK", 200, "", `{"error": {"code": 0, "message": "Success"}, "id": 5}`, "5"},
	{"an error with nothing in it", 200, "", `{"error": {"code": null, "message": ""}, "success": true, "id": 5}`, "5"},
	{"a list of messages", 200, "", `{"messages": [{"status": "0", "message-id": "a"}]}`, "0 a"},
	{"a list", 200, "", `[{"sid": "SM1", "status": "queued"}]`, "queued SM1"},
	{"an answer of Telnyx", 200, "", `{"data": {"id": "m-1", "to": [{"status": "queued"}], "errors": []}}`, "m-1"},
	{"success, but no id", 200, "", `{"code": "OK"}`, notTwilios},

	{"STOP in an error", 200, "", `{"id": "r", "error": {"code": 21610}}`, "✗ STOP " + wantsNoMore + " (refused: 21610 (r))"},
	{"STOP in an error, refused", 400, "", `{"error": {"code": 21610}}`, "✗ STOP " + wantsNoMore + " (answered 400: 21610)"},
	{"STOP as an error", 400, "", `{"error": 21610}`, "✗ STOP " + wantsNoMore + " (answered 400: 21610)"},
	{"STOP in errors", 403, "", `{"errors": [{"code": "40300", "title": "Blocked due to STOP message"}]}`,
		"✗ STOP " + wantsNoMore + " (answered 403: Blocked due to STOP message (40300))"}, // https://developers.telnyx.com/api/errors/40300
	{"STOP in errors of data", 200, "", `{"data": {"id": "a", "errors": [{"code": "40300"}]}}`, "✗ STOP " + wantsNoMore + " (refused: 40300 (a))"},
	{"STOP in a message", 200, "", `{"messages": [{"id": "a", "error_code": 21610}]}`, "✗ STOP " + wantsNoMore + " (refused: 21610 (a))"},
	{"STOP in a result", 400, "", `{"code": 400, "result": {"error": {"code": "21610"}}}`, "✗ STOP " + wantsNoMore + " (answered 400: 21610)"},
	{"STOP in a list", 200, "", `[{"code": 21610, "message": "unsubscribed"}]`, "✗ STOP " + wantsNoMore + " (refused: unsubscribed (21610))"},
	{"STOP", 400, "", `{"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}`,
		"✗ STOP " + wantsNoMore + " (answered 400: Attempt to send to unsubscribed recipient (21610))"},
	{"STOP, a code as a text", 403, "", `{"error_code": "21610"}`, "✗ STOP " + wantsNoMore + " (answered 403: 21610)"},
	{"STOP with a status that would be tried again", 503, "", `{"code": 21610, "message": "no"}`, "✗ STOP " + wantsNoMore + " (answered 503: no (21610))"},
	{"STOP with a status of success", 201, "", `{"sid": "SM1", "status": "failed", "errorCode": 21610}`, "✗ STOP " + wantsNoMore + " (failed: 21610 (SM1))"},
	{"STOP at Telnyx", 400, "", `{"code": "40300", "detail": "Blocked due to STOP message"}`,
		"✗ STOP " + wantsNoMore + " (answered 400: Blocked due to STOP message (40300))"},
}

func TestTwilioIsReadWithGoodWill(t *testing.T) {
	checkTold(t, answeredSMS, func(base string) (Receipt, error) {
		return newRouter(t, twilioConfig(base)).Send(t.Context(), smsMessage(t))
	})
}

// TestKannelsWordsOnly: Kannel says "0: Accepted for delivery" or "3: Queued for later
// delivery" (user guide 1.4.5, "Using the HTTP interface to send SMS messages"), or "Sent."
func TestKannelsWordsOnly(t *testing.T) {
	no := "? OURS answered 202, but not in Kannel's words" + notKnown
	checkTold(t, []told{
		{"accepted", 202, "", "0: Accepted for delivery", "0: Accepted for delivery"},
		{"queued", 202, "", "3: Queued for later delivery\r\n", "3: Queued for later delivery"},
		{"a byte order mark", 202, "", "\ufeff0: Accepted for delivery", "0: Accepted for delivery"},
		{"an immediate reply", 202, "", "Sent.", "Sent."}, // gw/smsbox.c, smsbox_req_handle
		{"an immediate reply for a long text", 202, "", "Sent. Message splits: 2", "Sent. Message splits: 2"},
		{"a failure", 202, "", "Sending failed.", "↻ OURS answered 202: Sending failed."},
		{"another word", 202, "", "Sent to the printer", no},
		{"a page", 202, "text/html", "<html>0: Accepted</html>", no},
		{"another code", 202, "", "4: Temporal failure", no},
		{"another number", 202, "", "03: no", no},
		{"nothing", 202, "", "", no},
		{"JSON", 202, "", `{"id":"a"}`, no},
	}, func(base string) (Receipt, error) {
		return newRouter(t, kannelConfig(base)).Send(t.Context(), smsMessage(t))
	})
}

// TestStopIsNotTriedAgain: a wait that comes with it does not count.
func TestStopIsNotTriedAgain(t *testing.T) {
	base := startReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "5")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write([]byte(`{"code": 21610}`))
	})
	e := sendFailure(t, newRouter(t, twilioConfig(base)), smsMessage(t))
	if e.Kind != Permanent || !e.Stopped || e.RetryAfter != 0 {
		t.Errorf("%+v", e)
	}
}
