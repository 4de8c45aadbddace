package delivery

import "context"

// Inbox is the Sender for types without a configured one: the message is held on this
// machine. Messages are stored before they are sent, and the stored message is what
// the console shows, so Send has nothing to do.
type Inbox struct{}

// Send returns InboxReceipt and no error.
func (Inbox) Send(context.Context, Message) (Receipt, error) { return InboxReceipt, nil }

// InboxReceipt is the receipt of every message that is held in the inbox. It does not
// name the machine, since it may be read on another one.
var InboxReceipt = Receipt{Provider: "inbox", Status: "held in the inbox", Held: true}
