package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// prefixes are the bases under which PingHome has shown this API over the
// years; every operation is there under each of them, whichever role it names.
var prefixes = []string{"/default/v1", "/v1", "/customer-query/v1", "/customer-cmd/v1"}

// whose says how a route names the account it is about.
type whose int

const (
	byToken    whose = iota // the token's own, or the one in Pinghome-Customer
	inPath                  // {customer_id}
	everybodys              // none: about all accounts, for operators
)

// bodies says whether a route takes a body. One that comes unasked is not read.
type bodies int

const (
	noBody bodies = iota
	mayBody
	needsBody
)

// route is one operation: where it is, what it needs, and who answers it. The
// rest of the columns is for the document at /openapi.json.
type route struct {
	method, path string
	whose        whose
	body         bodies
	do           func(*call, context.Context) (reply, error)
	isSending    bool // it answers what a provider says

	id        string // operationId
	extension bool   // ours, and not in the public documentation
	summary   string
	request   string   // the body's schema
	query     []string // names of parameters
	data      string   // the schema of the answer's data; "" for null
	list      bool     // the data is a list of it
	status    int      // of success; 0 for 200
	refuses   []backend.Code
}

// The refusals that go together.
var (
	sendingCodes  = []backend.Code{backend.CodeRateLimited, backend.CodeLocked}
	enteringCodes = []backend.Code{backend.CodeWrong, backend.CodeExpired, backend.CodeExhausted, backend.CodeLocked}
)

func refuses(codes []backend.Code, more ...backend.Code) []backend.Code {
	return slices.Concat(codes, more)
}

// routes are the thirteen operations of the contract, in its order, and our
// extensions.
var routes = []*route{
	{method: "GET", path: "/customer/{customer_id}", whose: inPath, do: (*call).getProfile,
		id: "getCustomer", summary: "Get customer profile", data: "Profile"},
	{method: "GET", path: "/customer", do: (*call).getProfile,
		id: "getOwnCustomer", summary: "Get the profile of the token's customer", data: "Profile"},
	{method: "PATCH", path: "/customer", body: needsBody, do: (*call).updateName,
		id: "updateCustomer", summary: "Update customer information", request: "CustomerChange", data: "Profile"},
	{method: "DELETE", path: "/customer", body: mayBody, do: (*call).deleteAccount,
		id: "deleteCustomer", summary: "Delete customer account", request: "Reason", query: []string{"reason"}},
	{method: "PUT", path: "/customer/username", body: needsBody, do: (*call).changeUsername,
		id: "updateUsername", summary: "Update customer username", request: "Username", data: "Profile",
		refuses: refuses(sendingCodes, backend.CodeEmailTaken, backend.CodeEmailUnchanged)},
	{method: "PATCH", path: "/customer/username", body: needsBody, do: (*call).confirmUsername,
		id: "confirmUsername", summary: "Confirm customer username change", request: "Code", data: "Profile",
		refuses: refuses(enteringCodes, backend.CodeNoPending, backend.CodeEmailTaken)},
	{method: "POST", path: "/customer/feedback", body: needsBody, do: (*call).sendFeedback, status: http.StatusCreated,
		id: "submitFeedback", summary: "Submit customer feedback", request: "FeedbackText", data: "Feedback",
		refuses: []backend.Code{backend.CodeRateLimited}},

	{method: "POST", path: "/customer/{customer_id}/notification-channel", whose: inPath, body: needsBody,
		do: (*call).createChannel, status: http.StatusCreated,
		id: "createChannel", summary: "Create personal notification channel", request: "NewChannel", data: "CreatedChannel",
		refuses: refuses(sendingCodes, backend.CodeDuplicate, backend.CodeLimit)},
	{method: "GET", path: "/customer/{customer_id}/notification-channels", whose: inPath, do: (*call).listChannels,
		id: "listChannels", summary: "Get personal notification channels",
		query: []string{"include_types", "exclude_types"}, data: "Channel", list: true},
	{method: "PUT", path: "/customer/{customer_id}/notification-channel", whose: inPath, body: needsBody, do: (*call).updateChannel,
		id: "updateChannel", summary: "Update personal notification channel", request: "ChannelValue", data: "ChannelUpdate",
		refuses: refuses(sendingCodes, backend.CodeDuplicate)},
	{method: "PATCH", path: "/customer/{customer_id}/notification-channel/verification", whose: inPath, body: needsBody, do: (*call).verifyChannel,
		id: "verifyChannel", summary: "Verify personal notification channel", request: "ChannelCode", data: "Channel",
		refuses: refuses(enteringCodes, backend.CodeVerified)},
	{method: "DELETE", path: "/customer/{customer_id}/notification-channel", whose: inPath, do: (*call).deleteChannels,
		id: "deleteChannels", summary: "Delete personal notification channels", query: []string{"priority"}, data: "Deletion"},
	{method: "POST", path: "/customer/{customer_id}/notification-channel/test", whose: inPath, body: needsBody,
		do: (*call).testChannel, isSending: true,
		id: "testChannel", summary: "Test personal notification channel", request: "ChannelPriority", data: "Test",
		refuses: []backend.Code{backend.CodeNotVerified, backend.CodeRateLimited, backend.CodeDelivery}},
	{method: "PUT", path: "/customer/{customer_id}/notification-channel/enabled", whose: inPath, body: needsBody, do: (*call).setChannelEnabled,
		id: "setChannelEnabled", summary: "Update personal notification channel status", request: "ChannelEnabled", data: "Channel",
		refuses: []backend.Code{backend.CodeNotVerified}},

	{method: "DELETE", path: "/customer/username", do: (*call).cancelUsername, extension: true,
		id: "cancelUsername", summary: "Cancel a customer username change", data: "Profile",
		refuses: []backend.Code{backend.CodeNoPending}},
	{method: "GET", path: "/customer/feedback", do: (*call).listFeedback, extension: true,
		id: "listFeedback", summary: "Get the feedback that was sent", query: []string{"limit"}, data: "Feedback", list: true},
	{method: "GET", path: "/customer/{customer_id}/messages", whose: inPath, do: (*call).listMessages, extension: true,
		id: "listMessages", summary: "Get the messages to the customer, with what became of each", query: []string{"limit"}, data: "Inbox"},
	{method: "PATCH", path: "/customer/{customer_id}/messages/{message_id}", whose: inPath, body: needsBody, do: (*call).markMessage, extension: true,
		id: "markMessage", summary: "Mark a message as read or unread", request: "MessageChange"},
	{method: "DELETE", path: "/customer/{customer_id}/messages", whose: inPath, body: mayBody, do: (*call).deleteMessages, extension: true,
		id: "deleteMessages", summary: "Delete messages, all that are named or none", request: "MessageIDs", query: []string{"id"}},
	{method: "GET", path: "/customer/{customer_id}/messages/{message_id}/attempts", whose: inPath, do: (*call).listMessageAttempts, extension: true,
		id: "listMessageAttempts", summary: "Get the attempts to hand over a message, oldest first", data: "Attempt", list: true},
	{method: "POST", path: "/customer/{customer_id}/messages/{message_id}/resend", whose: inPath, do: (*call).resendMessage, extension: true,
		id: "resendMessage", summary: "Send what a message was for once more", data: "Message",
		refuses: refuses(sendingCodes, backend.CodeNotResendable)},
	{method: "GET", path: "/customer/{customer_id}/notification-channel/attempts", whose: inPath, do: (*call).listChannelAttempts, extension: true,
		id: "listChannelAttempts", summary: "Get the attempts to reach a channel, newest first",
		query: []string{"channel", "limit"}, data: "Attempt", list: true},
	{method: "POST", path: "/customer/{customer_id}/notification-channel/receipt", whose: inPath, body: needsBody,
		do: (*call).confirmReceipt, extension: true,
		id: "confirmReceipt", summary: "Say that a person saw the last test message of a channel", request: "ChannelWord", data: "Channel",
		refuses: []backend.Code{backend.CodeWordWrong, backend.CodeNoTest}},
	{method: "POST", path: "/customer/{customer_id}/notification-channel/secret", whose: inPath, body: needsBody,
		do: (*call).rotateSecret, extension: true,
		id: "rotateSecret", summary: "Give a webhook a new signing secret", request: "ChannelPriority", data: "SigningSecret",
		refuses: []backend.Code{backend.CodeNotWebhook}},
	{method: "GET", path: "/customer/{customer_id}/journal", whose: inPath, do: (*call).listJournal, extension: true,
		id: "listJournal", summary: "Get what was changed, newest first", query: []string{"limit"}, data: "JournalEntry", list: true},
	{method: "GET", path: "/customer/{customer_id}/revision", whose: inPath, do: (*call).getRevision, extension: true,
		id: "getRevision", summary: "Get a number that grows with every change", data: "Revision"},
	{method: "GET", path: "/customers", whose: everybodys, do: (*call).listAccounts, extension: true,
		id: "listCustomers", summary: "List customers, for operators", query: []string{"match", "limit"}, data: "Account", list: true},
	{method: "POST", path: "/customers", whose: everybodys, body: needsBody, do: (*call).createAccount, status: http.StatusCreated, extension: true,
		id: "createCustomer", summary: "Create a customer, for operators", request: "NewAccount", data: "Account",
		refuses: []backend.Code{backend.CodeEmailTaken}},
}

func (rt *route) patience() time.Duration {
	if rt.isSending {
		return maxSending
	}
	return maxHandling
}

// register puts every route under every prefix. A path that is known answers
// 405 to the methods it does not have.
func (h *handler) register() {
	byPath := map[string]map[string]*route{}
	for _, rt := range routes {
		if byPath[rt.path] == nil {
			byPath[rt.path] = map[string]*route{}
		}
		byPath[rt.path][rt.method] = rt
	}
	for path, methods := range byPath {
		allow := allowed(methods)
		serve := h.handle(func(w http.ResponseWriter, r *http.Request) error {
			method := r.Method
			if method == http.MethodHead {
				method = http.MethodGet
			}
			rt := methods[method]
			if rt == nil {
				w.Header().Set("Allow", allow)
				return backend.Errorf(codeBadMethod, "%.20s cannot be done here. Use %s.", r.Method, allow)
			}
			return h.serve(rt, w, r)
		})
		for _, prefix := range prefixes {
			h.mux.Handle(prefix+path, serve)
		}
	}
	h.registerPages()
}

func allowed(methods map[string]*route) string {
	var names []string
	for name := range methods {
		names = append(names, name)
		if name == http.MethodGet {
			names = append(names, http.MethodHead)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
