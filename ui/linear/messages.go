package linear

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// newMessages is the screen of what was sent to the person, or is held here.
func newMessages(m *Mode) *place {
	var words []string
	for _, each := range []backend.MessageState{backend.StateFailed, backend.StateUnknown, backend.StateQueued, backend.StateHeld, backend.StateSent} {
		words = append(words, state.OfMessage(each).Word())
	}
	return &place{scope: keymap.Messages, isKept: true, action: keymap.Screen5, needs: backend.FeatureMessages, noun: "message",
		head: func() string {
			inbox := m.shell.Session.Inbox
			if inbox == nil {
				return "Messages. They could not be read yet; \"again\" tries again."
			}
			return fmt.Sprintf("%s, the newest first, %d not read.", shell.Count(max(inbox.Total, len(inbox.Messages)), "message"), inbox.Unread)
		},
		rows: m.messageRows, facts: m.messageFacts, opened: m.markRead,
		older: m.readOlder, hasOlder: func() bool { return m.older.isMore },
		entries: []entry{
			{id: keymap.UseCode, also: []string{"use word"}, takes: takesOne, do: m.useCode, off: m.whyNoCodeIn},
			{word: "spell", takes: takesOne, title: "say its code or word sign by sign", do: m.spellMessage},
			{id: keymap.SendAgain, takes: takesOne, do: m.onMessage("resend")},
			{id: keymap.MarkUnread, also: []string{"read"}, takes: takesOne, title: "mark as not read; read marks as read", do: m.markMessage},
			{id: keymap.DeleteMessage, takes: takesSeveral, title: "delete, for good", do: m.deleteMessages},
			{word: "attempts", takes: takesOne, title: "say the attempts to send it", do: m.sayMessageAttempts},
			{id: keymap.FilterStates, do: m.filter(words...)},
			{id: keymap.ClearStates, do: m.clearFilter},
			openEntry(m),
		}}
}

// olderMessages are messages behind the newest ones, which were read for the list.
type olderMessages struct {
	messages []backend.Message
	numbers  int    // that were given to messages
	than     string // the id of the last one that was read
	isMore   bool   // there are more behind it
}

func (m *Mode) messageRows(context.Context) ([]row, error) {
	inbox := m.shell.Session.Inbox
	if m.older = (olderMessages{}); inbox == nil {
		return nil, nil
	}
	return m.rowsOf(inbox.Messages, inbox.Total > len(inbox.Messages)), nil
}

// readOlder reads the messages behind those that were read.
func (m *Mode) readOlder(ctx context.Context) ([]row, error) {
	read, err := m.shell.Session.View.OlderMessages(ctx, m.older.than, messagesRead)
	if err != nil {
		return nil, err
	}
	m.older.messages = append(m.older.messages, read.Messages...)
	return m.rowsOf(read.Messages, len(read.Messages) == messagesRead), nil
}

// rowsOf are the records of messages that were read, and that pass the filter.
func (m *Mode) rowsOf(list []backend.Message, isMore bool) (rows []row) {
	m.older.isMore = isMore && m.shell.Session.Lacks(backend.FeatureOlder) == ""
	for _, message := range list {
		m.older.than = message.ID
		m.older.numbers++ // the same ones in a narrowed list
		if m.keeps(keymap.Messages, state.OfMessage(message.State).Word()) {
			rows = append(rows, row{m.older.numbers, message.ID, m.messageWords(message), message.Subject + "\n" + message.Body + "\n" + message.To})
		}
	}
	return rows
}

func (m *Mode) message(id string) (backend.Message, bool) {
	lists := [][]backend.Message{m.older.messages}
	if inbox := m.shell.Session.Inbox; inbox != nil {
		lists = [][]backend.Message{inbox.Messages, m.older.messages}
	}
	for _, list := range lists {
		if i := slices.IndexFunc(list, func(message backend.Message) bool { return message.ID == id }); i >= 0 {
			return list[i], true
		}
	}
	return backend.Message{}, false
}

// messageFacts are a message with its text. It is read with that.
func (m *Mode) messageFacts(id string) []string {
	message, isThere := m.message(id)
	if !isThere {
		return nil
	}
	lines := []string{m.messageWords(message) + "."}
	if message.Subject != "" && !strings.HasPrefix(message.Body, message.Subject) { // a text message has none of its own
		lines = append(lines, "Subject: "+collapsed(safe.Text(message.Subject))+".")
	}
	for _, line := range safe.Lines(message.Body) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, collapsed(line))
		}
	}
	if message.Code != "" || message.Word != "" {
		lines = append(lines, m.codeUse(message))
	}
	return lines
}

// codeUse says what can be done with the code or the word of a message.
func (m *Mode) codeUse(message backend.Message) string {
	words, values := m.waitingFor(message)
	if words == nil {
		return "spell says it sign by sign; nothing waits for it any more."
	}
	var code *backend.CodeState
	where := "profile"
	switch ch, isChannel := m.channel(values[0]); {
	case message.Kind == backend.KindUsername:
		code = &m.shell.Session.Profile.Pending.Code
	case message.Kind == backend.KindVerification && isChannel:
		code, where = ch.Code, "channels"
	}
	if code != nil && !code.ExpiresAt.IsZero() && !m.shell.Now.Before(code.ExpiresAt) {
		return "It is not valid any more; new code in " + where + " sends another."
	}
	if message.Word != "" {
		return "spell says it sign by sign; use word enters it where it belongs."
	}
	return "spell says it sign by sign; use code enters it where it belongs."
}

// markRead marks a message as read, since all of it was said.
func (m *Mode) markRead(ctx context.Context, id string) error {
	if message, isThere := m.message(id); !isThere || message.Read || m.shell.WhyReadOnly() != "" {
		return nil
	}
	return m.shell.Session.View.MarkMessage(ctx, id, true)
}

func (m *Mode) spellMessage(_ context.Context, with asked) error {
	message, _ := m.message(with.id())
	switch {
	case message.Code != "":
		m.say(spelled(message.Code))
	case message.Word != "":
		m.say(spelled(message.Word))
	default:
		m.say("There is no code in this message.")
	}
	return nil
}

func (m *Mode) whyNoCodeIn(id string) string {
	if message, _ := m.message(id); message.Code == "" && message.Word == "" {
		return "There is no code in this message."
	}
	return ""
}

// useCode enters the code or the word of a message where it is waited for.
func (m *Mode) useCode(ctx context.Context, with asked) error {
	message, _ := m.message(with.id())
	words, values := m.waitingFor(message)
	if words == nil {
		m.say("Nothing waits for it.")
		return nil
	}
	if err := m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, words, values...) }); err != nil {
		return err
	}
	return m.markRead(ctx, message.ID)
}

// waitingFor is the command that takes the code or the word of a message; nil where nothing waits for it any more.
func (m *Mode) waitingFor(message backend.Message) (words, values []string) {
	s := &m.shell.Session
	if p := s.Profile; message.Kind == backend.KindUsername && p != nil && p.Pending != nil && p.Pending.Email == message.To {
		return []string{"username", "confirm"}, []string{message.Code}
	}
	for _, ch := range s.Channels {
		number := strconv.Itoa(ch.Priority)
		switch {
		case message.Kind == backend.KindVerification && ch.Type == message.Type && ch.Value == message.To && !ch.Verified:
			return []string{"channel", "verify", m.seen(number)}, []string{number, message.Code}
		case message.Kind == backend.KindTest && ch.Type == message.Type && ch.ActiveValue == message.To && m.whyNoWord(ch) == "":
			return []string{"channel", "confirm", m.seen(number)}, []string{number, message.Word}
		}
	}
	return nil, nil
}

// onMessage runs a command on messages.
func (m *Mode) onMessage(command string) func(context.Context, asked) error {
	return func(ctx context.Context, with asked) error {
		return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, []string{"messages", command}, with.ids...) })
	}
}

func (m *Mode) markMessage(ctx context.Context, with asked) error {
	words := []string{"messages", "read"}
	if with.name != "read" {
		words = append(words, "--unread")
	}
	return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, words, with.ids...) })
}

// deleteMessages deletes them, after saying which.
func (m *Mode) deleteMessages(ctx context.Context, with asked) error {
	question := "Delete " + shell.Count(len(with.ids), "message") + " for good?"
	for _, id := range with.ids {
		message, _ := m.message(id)
		if len(with.ids) == 1 {
			question = "Delete for good: " + m.messageWords(message) + "?"
		} else {
			m.say(sentence(m.messageWords(message)))
		}
	}
	if isMeant, err := m.confirms(ctx, question); !isMeant || err != nil {
		return err
	}
	err := m.persist(ctx, func(ctx context.Context) error {
		return m.run(ctx, []string{"messages", "delete", "--yes"}, with.ids...)
	})
	if err != nil {
		return err
	}
	m.older.messages = slices.DeleteFunc(m.older.messages, func(message backend.Message) bool { return slices.Contains(with.ids, message.ID) })
	if _, isThere := m.message(m.row); !isThere {
		m.row = ""
	}
	return nil
}

func (m *Mode) sayMessageAttempts(ctx context.Context, with asked) error {
	list, err := m.shell.Session.View.MessageAttempts(ctx, with.id())
	if err != nil {
		return err
	}
	if len(list) == 0 {
		m.say("No attempts yet.")
	}
	for _, a := range list {
		m.say(m.attemptWords(a))
	}
	return nil
}
