package httpapi

// What people read in the document, beside the summaries in the table of operations.

var information = object{
	"title":   "PingHome account settings",
	"version": "1.0.0",
	"description": "Customers and their personal notification channels.\n\n" +
		"Every operation is the same under each of the four servers. " +
		"What is marked x-pinghome-extension is not part of PingHome's public documentation.\n\n" +
		"A success has a sentence for people and data for programs. A refusal is a problem document (RFC 9457) " +
		"whose code never changes its meaning, and has changed nothing. " +
		"A command may carry an Idempotency-Key, so that it can be sent again without being done twice, " +
		"and an If-Match with the ETag of what was read, so that it is refused when that does not hold any more.",
	"contact": object{"name": "The pinghome authors", "url": "https://github.com/account-settings/pinghome/issues"},
	"license": object{"name": "MIT License", "identifier": "MIT"},
}

// baseNotes say what a base is for.
var baseNotes = map[string]string{
	prefixDefault: "As in the first public documentation",
	prefixPlain:   "The same, shorter",
	prefixQuery:   "The base of the queries, where one host has both",
	prefixCommand: "The base of the commands, where one host has both",
	"/":           "Where a supervisor looks",
}

// The tags of operations.
const (
	tagProfile  = "Profile"
	tagUsername = "Username"
	tagFeedback = "Feedback"
	tagChannels = "Channels"
	tagMessages = "Messages"
	tagJournal  = "Journal"
	tagAccounts = "Customers"
	tagServer   = "Server"
)

var tags = []object{
	{"name": tagProfile, "description": "Who the customer is, with team, organization and limits"},
	{"name": tagUsername, "description": "The email address that the customer signs in with. A new one needs a code that is sent to it"},
	{"name": tagFeedback, "description": "Texts to the company"},
	{"name": tagChannels, "description": "Where the customer is notified. A channel is named by its priority: 1 is the most important, and none is renumbered by itself"},
	{"name": tagMessages, "description": "What was sent to the customer, and what became of it"},
	{"name": tagJournal, "description": "Every change: who made it, what was before and after, and how it is taken back"},
	{"name": tagAccounts, "description": "All customers, for tokens of scope operator"},
	{"name": tagServer, "description": "The server itself, which needs no token"},
}

// explanations are the tag and the description of every operation.
var explanations = map[operationID]struct{ tag, description string }{
	opGetCustomer:    {tagProfile, "The profile of the customer in the path. With a token of scope self, the id of another customer is the same 404 as one that does not exist."},
	opGetOwnCustomer: {tagProfile, "The profile of the customer to whom the token belongs, or whom an operator names in the header Pinghome-Customer."},
	opUpdateCustomer: {tagProfile, "Changes name, surname or both. What is left out stays as it is."},
	opDeleteCustomer: {tagProfile, "Deletes the customer and everything of theirs for good, with their tokens. The email address is free again. The reason comes in the body, or as ?reason=."},

	opUpdateUsername:  {tagUsername, "Starts a change of the username, and sends a code to the new address. The old one works until the code is entered. The pending address again sends a new code; another address takes its place."},
	opConfirmUsername: {tagUsername, "Makes the pending address the username. The old address gets a notice, and the customer's other tokens end."},
	opCancelUsername:  {tagUsername, "Drops the pending address and its code. The username stays as it is."},

	opSubmitFeedback: {tagFeedback, "Keeps a text of 1 to 5000 characters."},
	opListFeedback:   {tagFeedback, "The texts that the customer sent, newest first."},

	opCreateChannel:       {tagChannels, "Adds a channel with the next higher priority number, and sends a code to it. It is on once the code was entered. A new webhook comes with its signing secret, which is shown this once."},
	opListChannels:        {tagChannels, "The channels of the types that are asked for, the most important first."},
	opUpdateChannel:       {tagChannels, "Changes the value of a channel, and sends a code to the new one. Messages go to the last verified value until then. The same value again sends a new code to a channel that waits for one, and changes nothing on another."},
	opVerifyChannel:       {tagChannels, "Verifies the value of a channel by its code, and switches the channel on."},
	opDeleteChannels:      {tagChannels, "Deletes all channels that are named, or none: a priority that no channel has is answered with 404 and missing. A warning says that no channel is left that reaches the customer."},
	opTestChannel:         {tagChannels, "Sends a test message in the way that others go, waits for the provider, and answers what the provider said."},
	opSetChannelEnabled:   {tagChannels, "Switches a channel on or off. Off is always allowed; on needs a value that was verified."},
	opSetChannelsEnabled:  {tagChannels, "Switches all channels that are named, as one change, and answers with all channels of the customer."},
	opOrderChannels:       {tagChannels, "Gives the channels their priorities in another order: the one that is named first gets the lowest number. All present ones are named, once each."},
	opListChannelAttempts: {tagChannels, "The attempts to reach a channel, at the value in force or the one that waits for its code, newest first."},
	opConfirmReceipt:      {tagChannels, "Gives back the word of the last test message, which proves that a person saw it."},
	opRotateSecret:        {tagChannels, "Gives a webhook a new signing secret, which is shown this once. Messages carry the signature of the old one for a day more, unless overlap is false."},

	opListMessages:        {tagMessages, "The messages to the customer's addresses, newest first: those that providers took or refused, those that wait, and those that are held because no sender is configured."},
	opMarkMessage:         {tagMessages, "Sets whether the message was read."},
	opDeleteMessages:      {tagMessages, "Deletes all messages that are named, in the body or as ?id=, or none."},
	opListMessageAttempts: {tagMessages, "What each attempt to send the message came to, oldest first."},
	opResendMessage:       {tagMessages, "Sends a waiting message at once, a failed notice as it is, and in place of a code a new one. It answers with the message that goes now."},

	opListJournal:   {tagJournal, "The changes of the account, newest first, a page at a time: next in the page goes into ?after= of the next request."},
	opUndo:          {tagJournal, "Takes an entry back: what it changed is as it was before. Without an entry, the caller's newest change that can be. What was changed again since is left, and told as conflicts."},
	opRedo:          {tagJournal, "Makes the change again that the caller took back last. Another change of the caller's ends that."},
	opGetSettingsAt: {tagJournal, "The settings of the account as they were at a time in the past, as far as the journal goes back."},
	opGetRevision:   {tagJournal, "A number to compare with the last one read: the cheap way to notice changes of others."},

	opListCustomers:   {tagAccounts, "The customers by name. With sort, order, problems, after or from it is a page of the list, with the reach of each customer."},
	opSearchCustomers: {tagAccounts, "The customers whose full name, username, organization or id has the letters of a text in their order, the best first."},
	opCreateCustomer:  {tagAccounts, "Creates a customer with a team and an organization of their own."},

	opGetDocument: {tagServer, "This description of the API, for programs that make clients and pages of it."},
	opGetHealth:   {tagServer, "Answers as long as the process serves requests."},
	opGetReady:    {tagServer, "Answers 200 when the server is not about to stop, the database answers, and changes can be made."},
}
