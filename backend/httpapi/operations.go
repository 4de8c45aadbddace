package httpapi

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// The bases under which PingHome has published this API. The server has every
// operation under each of them, also a command under the base of the queries.
const (
	prefixDefault = "/default/v1"
	prefixPlain   = "/v1"
	prefixQuery   = "/customer-query/v1"
	prefixCommand = "/customer-cmd/v1"
)

var prefixes = []string{prefixDefault, prefixPlain, prefixQuery, prefixCommand}

// operationID names an operation, in this program and in the OpenAPI document.
type operationID string

// The operations of the public documentation, in its order.
const (
	opGetCustomer       operationID = "getCustomer"
	opGetOwnCustomer    operationID = "getOwnCustomer"
	opUpdateCustomer    operationID = "updateCustomer"
	opDeleteCustomer    operationID = "deleteCustomer"
	opUpdateUsername    operationID = "updateUsername"
	opConfirmUsername   operationID = "confirmUsername"
	opSubmitFeedback    operationID = "submitFeedback"
	opCreateChannel     operationID = "createChannel"
	opListChannels      operationID = "listChannels"
	opUpdateChannel     operationID = "updateChannel"
	opVerifyChannel     operationID = "verifyChannel"
	opDeleteChannels    operationID = "deleteChannels"
	opTestChannel       operationID = "testChannel"
	opSetChannelEnabled operationID = "setChannelEnabled"
)

// The operations that this program adds.
const (
	opSetChannelsEnabled  operationID = "setChannelsEnabled"
	opOrderChannels       operationID = "orderChannels"
	opCancelUsername      operationID = "cancelUsername"
	opListFeedback        operationID = "listFeedback"
	opListMessages        operationID = "listMessages"
	opMarkMessage         operationID = "markMessage"
	opDeleteMessages      operationID = "deleteMessages"
	opListMessageAttempts operationID = "listMessageAttempts"
	opResendMessage       operationID = "resendMessage"
	opListChannelAttempts operationID = "listChannelAttempts"
	opConfirmReceipt      operationID = "confirmReceipt"
	opRotateSecret        operationID = "rotateSecret"
	opListJournal         operationID = "listJournal"
	opUndo                operationID = "undo"
	opRedo                operationID = "redo"
	opGetSettingsAt       operationID = "getSettingsAt"
	opGetRevision         operationID = "getRevision"
	opListCustomers       operationID = "listCustomers"
	opSearchCustomers     operationID = "searchCustomers"
	opCreateCustomer      operationID = "createCustomer"
	opGetDocument         operationID = "getDocument"
	opGetHealth           operationID = "getHealth"
	opGetReady            operationID = "getReady"
)

// role is which of a server's two base addresses an operation belongs to. A
// query changes nothing and may be repeated; a command changes something.
type role int

const (
	roleQuery role = iota
	roleCommand
)

// subject says which account an operation is about.
type subject int

const (
	ownAccount    subject = iota // the token's own, or the one in the header Pinghome-Customer
	accountInPath                // {customer_id} in the path
	allAccounts                  // none in particular; for operators
	noAccount                    // none, and it needs no token
)

// How many rows a list has: when the query has no limit, and at most.
const (
	defaultLimit = 50
	maxLimit     = 1000
)

// How long a handler may take.
const (
	handlerTimeout = 10 * time.Second
	// pollTimeout is less than the two seconds that a console waits before it takes the server for away.
	pollTimeout = 1500 * time.Millisecond
	// providerTimeout is for an operation that answers what a provider says: a
	// webhook has 15 s to answer, and the rest is for recording the answer.
	providerTimeout = 17 * time.Second
)

// operation is one row of the table below: everything that the router, the
// OpenAPI document and the client know of an operation.
type operation struct {
	id             operationID
	role           role
	method, path   string // path is below a base; {customer_id} and {message_id} stand for ids
	subject        subject
	body           *body         // nil for none; one that is sent all the same is not read
	bodyIsOptional bool          // it may be left out
	query          []string      // parameters, by their names in components.json
	timeout        time.Duration // of the handler; 0 for handlerTimeout

	// Who answers: do, or page for what is not JSON with a message and data.
	do   func(*call, context.Context) (reply, error)
	page func(*handler, http.ResponseWriter, *http.Request) error

	// For the OpenAPI document.
	isExtension bool // not in PingHome's public documentation
	isAtRoot    bool // only there, and under no prefix
	summary     string
	data        string // the schema of the answer's data; "" for null
	isList      bool   // the data is a list of it
	pageData    string // the schema of a page, of a list that is read in pages; "" for others
	status      int    // of success; 0 for 200
	refusals    []backend.Code

	// For the client, where the answer of a server has neither code nor fields.
	conflict     backend.Code // what a 409 without a code means; "" for precondition_failed
	invalidField string       // the field that a 422 without fields is about; "" for none
	isAlsoQuery  bool         // a command that one of the documented layouts has on the query base
}

// timeLimit is how long the handler may take.
func (o *operation) timeLimit() time.Duration {
	if o.timeout == 0 {
		return handlerTimeout
	}
	return o.timeout
}

// bases are where the server has the operation. Pages are at the root, where a
// supervisor looks for them; the document is under each prefix as well, for a
// server behind a proxy that passes one prefix on.
func (o *operation) bases() []string {
	switch {
	case o.page == nil:
		return prefixes
	case o.isAtRoot:
		return []string{""}
	}
	return append([]string{""}, prefixes...)
}

// Refusals that go together.
var (
	sendingACode  = []backend.Code{backend.CodeRateLimited, backend.CodeLocked}
	takingBack    = []backend.Code{backend.CodeNothingToUndo, backend.CodeNotUndoable, backend.CodeChangedSince, backend.CodeDuplicateChannel, backend.CodeLimitReached, backend.CodeNotVerified}
	enteringACode = []backend.Code{backend.CodeWrong, backend.CodeExpired, backend.CodeExhausted, backend.CodeLocked}
)

func with(codes []backend.Code, more ...backend.Code) []backend.Code {
	return slices.Concat(codes, more)
}

// operations are the thirteen of the public documentation (its first has two
// addresses), and the ones that this program adds.
var operations = []*operation{
	{id: opGetCustomer, role: roleQuery, method: "GET", path: "/customer/{customer_id}", subject: accountInPath,
		do: (*call).getProfile, summary: "Get customer profile", data: "Profile"},
	{id: opGetOwnCustomer, role: roleQuery, method: "GET", path: "/customer",
		do: (*call).getProfile, summary: "Get the profile of the token's customer", data: "Profile"},
	{id: opUpdateCustomer, role: roleCommand, method: "PATCH", path: "/customer", body: bodyCustomerChange,
		do: (*call).updateName, summary: "Update customer information", data: "Profile", isAlsoQuery: true},
	{id: opDeleteCustomer, role: roleCommand, method: "DELETE", path: "/customer", body: bodyReason, bodyIsOptional: true, query: []string{"reason"},
		do: (*call).deleteAccount, summary: "Delete customer account", invalidField: fieldReason.name},
	{id: opUpdateUsername, role: roleCommand, method: "PUT", path: "/customer/username", body: bodyUsername,
		do: (*call).changeUsername, summary: "Update customer username", data: "Profile",
		refusals: with(sendingACode, backend.CodeEmailTaken, backend.CodeEmailUnchanged), conflict: backend.CodeEmailTaken, invalidField: fieldUsername.name},
	{id: opConfirmUsername, role: roleCommand, method: "PATCH", path: "/customer/username", body: bodyUsernameCode,
		do: (*call).confirmUsername, summary: "Confirm customer username change", data: "Profile",
		refusals: with(enteringACode, backend.CodeNoPendingChange, backend.CodeEmailTaken), conflict: backend.CodeNoPendingChange, invalidField: fieldUsernameCode.name},
	{id: opSubmitFeedback, role: roleCommand, method: "POST", path: "/customer/feedback", body: bodyFeedback,
		do: (*call).sendFeedback, summary: "Submit customer feedback", data: "Feedback", status: http.StatusCreated,
		refusals: []backend.Code{backend.CodeRateLimited}, invalidField: fieldFeedback.name},

	{id: opCreateChannel, role: roleCommand, method: "POST", path: "/customer/{customer_id}/notification-channel", subject: accountInPath, body: bodyNewChannel,
		do: (*call).createChannel, summary: "Create personal notification channel", data: "CreatedChannel", status: http.StatusCreated,
		refusals: with(sendingACode, backend.CodeDuplicateChannel, backend.CodeLimitReached), conflict: backend.CodeDuplicateChannel, invalidField: fieldNewValue.name},
	{id: opListChannels, role: roleQuery, method: "GET", path: "/customer/{customer_id}/notification-channels", subject: accountInPath,
		query: []string{"include_types", "exclude_types"},
		do:    (*call).listChannels, summary: "Get personal notification channels", data: "Channel", isList: true},
	{id: opUpdateChannel, role: roleCommand, method: "PUT", path: "/customer/{customer_id}/notification-channel", subject: accountInPath, body: bodyChannelValue,
		do: (*call).updateChannel, summary: "Update personal notification channel", data: "ChannelUpdate",
		refusals: with(sendingACode, backend.CodeDuplicateChannel), conflict: backend.CodeDuplicateChannel, invalidField: fieldValue.name},
	{id: opVerifyChannel, role: roleCommand, method: "PATCH", path: "/customer/{customer_id}/notification-channel/verification", subject: accountInPath, body: bodyChannelCode,
		do: (*call).verifyChannel, summary: "Verify personal notification channel", data: "Channel",
		refusals: with(enteringACode, backend.CodeAlreadyVerified), conflict: backend.CodeAlreadyVerified, invalidField: fieldChannelCode.name},
	{id: opDeleteChannels, role: roleCommand, method: "DELETE", path: "/customer/{customer_id}/notification-channel", subject: accountInPath, query: []string{"priority"},
		do: (*call).deleteChannels, summary: "Delete personal notification channels", data: "Deletion"},
	{id: opTestChannel, role: roleCommand, method: "POST", path: "/customer/{customer_id}/notification-channel/test", subject: accountInPath, body: bodyChannelPriority,
		do: (*call).testChannel, summary: "Test personal notification channel", data: "Test", timeout: providerTimeout,
		refusals: []backend.Code{backend.CodeNotVerified, backend.CodeRateLimited, backend.CodeDeliveryFailed}, conflict: backend.CodeNotVerified},
	{id: opSetChannelEnabled, role: roleCommand, method: "PUT", path: "/customer/{customer_id}/notification-channel/enabled", subject: accountInPath, body: bodyChannelEnabled,
		do: (*call).setChannelEnabled, summary: "Update personal notification channel status", data: "Channel",
		refusals: []backend.Code{backend.CodeNotVerified}, conflict: backend.CodeNotVerified},

	{id: opSetChannelsEnabled, isExtension: true, role: roleCommand, method: "PUT", path: "/customer/{customer_id}/notification-channels/enabled", subject: accountInPath, body: bodyChannelsEnabled,
		do: (*call).setChannelsEnabled, summary: "Switch several channels on or off, all that are named or none", data: "Channel", isList: true,
		refusals: []backend.Code{backend.CodeNotVerified}, conflict: backend.CodeNotVerified},
	{id: opOrderChannels, isExtension: true, role: roleCommand, method: "PUT", path: "/customer/{customer_id}/notification-channel/order", subject: accountInPath, body: bodyChannelOrder,
		do: (*call).orderChannels, summary: "Put the channels into another order", data: "Channel", isList: true,
		refusals: []backend.Code{backend.CodeOrderChanged}, conflict: backend.CodeOrderChanged},
	{id: opCancelUsername, isExtension: true, role: roleCommand, method: "DELETE", path: "/customer/username",
		do: (*call).cancelUsername, summary: "Cancel a customer username change", data: "Profile",
		refusals: []backend.Code{backend.CodeNoPendingChange}, conflict: backend.CodeNoPendingChange},
	{id: opListFeedback, isExtension: true, role: roleQuery, method: "GET", path: "/customer/feedback", query: []string{"limit", paramCursor},
		do: (*call).listFeedback, summary: "Get the feedback that was sent", data: "Feedback", isList: true},
	{id: opListMessages, isExtension: true, role: roleQuery, method: "GET", path: "/customer/{customer_id}/messages", subject: accountInPath, query: []string{"limit", paramCursor},
		do: (*call).listMessages, summary: "Get the messages to the customer, with what became of each", data: "Inbox"},
	{id: opMarkMessage, isExtension: true, role: roleCommand, method: "PATCH", path: "/customer/{customer_id}/messages/{message_id}", subject: accountInPath, body: bodyMessageChange,
		do: (*call).markMessage, summary: "Mark a message as read or unread"},
	{id: opDeleteMessages, isExtension: true, role: roleCommand, method: "DELETE", path: "/customer/{customer_id}/messages", subject: accountInPath,
		body: bodyMessageIDs, bodyIsOptional: true, query: []string{"id"},
		do: (*call).deleteMessages, summary: "Delete messages, all that are named or none"},
	{id: opListMessageAttempts, isExtension: true, role: roleQuery, method: "GET", path: "/customer/{customer_id}/messages/{message_id}/attempts", subject: accountInPath,
		do: (*call).listMessageAttempts, summary: "Get the attempts to send a message, oldest first", data: "Attempt", isList: true},
	{id: opResendMessage, isExtension: true, role: roleCommand, method: "POST", path: "/customer/{customer_id}/messages/{message_id}/resend", subject: accountInPath,
		do: (*call).resendMessage, summary: "Send what a message was for once more", data: "Message",
		refusals: with(sendingACode, backend.CodeNotResendable), conflict: backend.CodeNotResendable},
	{id: opListChannelAttempts, isExtension: true, role: roleQuery, method: "GET", path: "/customer/{customer_id}/notification-channel/attempts", subject: accountInPath,
		query: []string{"channel", "limit", paramCursor},
		do:    (*call).listChannelAttempts, summary: "Get the attempts to reach a channel, newest first", data: "Attempt", isList: true},
	{id: opConfirmReceipt, isExtension: true, role: roleCommand, method: "POST", path: "/customer/{customer_id}/notification-channel/receipt", subject: accountInPath, body: bodyChannelWord,
		do: (*call).confirmReceipt, summary: "Say that a person saw the last test message of a channel", data: "Channel",
		refusals: []backend.Code{backend.CodeWordWrong, backend.CodeNoOpenTest}, conflict: backend.CodeNoOpenTest, invalidField: fieldWord.name},
	{id: opRotateSecret, isExtension: true, role: roleCommand, method: "POST", path: "/customer/{customer_id}/notification-channel/secret", subject: accountInPath, body: bodySecretChange,
		do: (*call).rotateSecret, summary: "Give a webhook a new signing secret", data: "SigningSecret",
		refusals: []backend.Code{backend.CodeNotWebhook, backend.CodeRateLimited}, conflict: backend.CodeNotWebhook},
	{id: opListJournal, isExtension: true, role: roleQuery, method: "GET", path: "/customer/{customer_id}/journal", subject: accountInPath, query: []string{"limit", "after", "kinds", "match"},
		do: (*call).listJournal, summary: "Get what was changed, newest first", data: "JournalEntry", isList: true, pageData: "JournalPage"},
	{id: opUndo, isExtension: true, role: roleCommand, method: "POST", path: "/customer/{customer_id}/journal/undo", subject: accountInPath, body: bodyUndo, bodyIsOptional: true,
		do: (*call).undo, summary: "Take a change back", data: "JournalEntry", refusals: takingBack, conflict: backend.CodeNothingToUndo},
	{id: opRedo, isExtension: true, role: roleCommand, method: "POST", path: "/customer/{customer_id}/journal/redo", subject: accountInPath,
		do: (*call).redo, summary: "Make the change again that was taken back last", data: "JournalEntry", refusals: takingBack, conflict: backend.CodeNothingToUndo},
	{id: opGetSettingsAt, isExtension: true, role: roleQuery, method: "GET", path: "/customer/{customer_id}/settings", subject: accountInPath, query: []string{"at"},
		do: (*call).getSettingsAt, summary: "Get the account as it was at a time", data: "PastSettings"},
	{id: opGetRevision, isExtension: true, role: roleQuery, method: "GET", path: "/customer/{customer_id}/revision", subject: accountInPath,
		do: (*call).getRevision, summary: "Get a number that grows with every change", data: "Revision", timeout: pollTimeout},
	{id: opListCustomers, isExtension: true, role: roleQuery, method: "GET", path: "/customers", subject: allAccounts,
		query: []string{"match", "limit", "sort", "order", "problems", "after", "from"},
		do:    (*call).listAccounts, summary: "List customers, for operators", data: "Account", isList: true, pageData: "Page"},
	{id: opSearchCustomers, isExtension: true, role: roleQuery, method: "GET", path: "/customers/search", subject: allAccounts, query: []string{"text", "first", "offset", "limit"},
		do: (*call).searchAccounts, summary: "Find customers by some letters, the best first, for operators", data: "Account", isList: true, pageData: "SearchPage"},
	{id: opCreateCustomer, isExtension: true, role: roleCommand, method: "POST", path: "/customers", subject: allAccounts, body: bodyNewAccount,
		do: (*call).createAccount, summary: "Create a customer, for operators", data: "Account", status: http.StatusCreated,
		refusals: []backend.Code{backend.CodeEmailTaken}, conflict: backend.CodeEmailTaken},

	{id: opGetDocument, isExtension: true, role: roleQuery, method: "GET", path: "/openapi.json", subject: noAccount,
		page: (*handler).getDocument, summary: "Get this document"},
	{id: opGetHealth, isExtension: true, role: roleQuery, method: "GET", path: "/healthz", subject: noAccount, isAtRoot: true,
		page: (*handler).getHealth, summary: "Ask whether the server runs"},
	{id: opGetReady, isExtension: true, role: roleQuery, method: "GET", path: "/readyz", subject: noAccount, isAtRoot: true,
		page: (*handler).getReady, summary: "Ask whether requests are welcome",
		refusals: []backend.Code{backend.CodeUnavailable, backend.CodeDatabaseAway, backend.CodeBusy}},
}

var operationsByID = func() map[operationID]*operation {
	byID := map[operationID]*operation{}
	for _, o := range operations {
		byID[o.id] = o
	}
	return byID
}()
