package linear

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// heard is what the person knows of the account: what was told, or read when it was opened.
type heard struct {
	isRead   bool
	revision int64
	newest   string                  // id of the newest entry of the journal
	messages map[string]sending      // by their ids
	channels map[int]backend.Channel // by their numbers
	isAway   bool                    // it was told that nothing answers
	at       time.Time               // when it was read last
}

// readLast is said where nothing answers.
const readLast = "What was read last is said"

const (
	// messagesRead is how many messages are read, the newest: as many as the console reads at once.
	messagesRead = 200
	// mostTold is how many changes are told one by one.
	mostTold = 20
)

// refresh reads the account again if it was changed, and tells what others changed, and what became of messages.
func (m *Mode) refresh(ctx context.Context) { m.reread(ctx, nothing) }

// ran is what the person has just done, and knows of.
type ran int

const (
	nothing   ran = iota
	aCommand      // which has said what became of it, and changed nothing
	wrongCode     // it was refused, which the journal has
	ownChange     // the newest change but for those that came later is its
)

// reread is refresh, after what the person has done.
func (m *Mode) reread(ctx context.Context, after ran) {
	m.shell.ReadClock()
	m.tellChecks()
	s := &m.shell.Session
	if s.Ended || ctx.Err() != nil {
		return
	}
	revision, err := m.revision(ctx)
	if err == nil && m.heard.isRead && revision != 0 && revision == m.heard.revision {
		m.heard.at = m.shell.Now
		m.tellBack()
		return
	}
	if err == nil {
		err = m.readAll(ctx)
	}
	if err != nil {
		m.tellAway(ctx, err)
		return
	}
	m.tellBack()
	m.tellEntries(ctx, after)
	m.tellMessages(after != nothing)
	m.heard.isRead, m.heard.revision, m.heard.at = true, revision, m.shell.Now
	m.followRecord()
	m.heard.channels = map[int]backend.Channel{}
	for _, ch := range s.Channels {
		m.heard.channels[ch.Priority] = ch
	}
}

// followRecord goes on talking about the same channel where that has another number now, or says that its number is
// another one's.
func (m *Mode) followRecord() {
	if m.place == nil || m.place.scope != keymap.Channels || m.row == "" {
		return
	}
	n, _ := strconv.Atoi(m.row)
	was, isKnown := m.heard.channels[n]
	_, isThere := m.channel(m.row)
	switch now := numberNow(was, m.shell.Session.Channels); {
	case !isKnown || now == n || now == 0 && !isThere: // that it is gone is said where something is to be done with it
	case now == 0:
		m.row = ""
		m.say(fmt.Sprintf("Channel %d is another one now.", n))
	default:
		m.row = strconv.Itoa(now)
		m.say(fmt.Sprintf("Channel %d is number %d now.", n, now))
	}
}

// numberNow is the number that a channel has in a list; 0 for none. Some servers do not tell when channels were created,
// so its value and its number count first.
func numberNow(was backend.Channel, list []backend.Channel) int {
	for _, is := range []func(backend.Channel) bool{
		func(ch backend.Channel) bool { return ch.Value == was.Value },
		func(ch backend.Channel) bool { return ch.Priority == was.Priority },
		func(ch backend.Channel) bool { return !ch.CreatedAt.IsZero() },
	} {
		i := slices.IndexFunc(list, func(ch backend.Channel) bool { return !shell.IsAnother(was, ch) && is(ch) })
		if i >= 0 {
			return list[i].Priority
		}
	}
	return 0
}

// revision is that of the account; 0 where it has none.
func (m *Mode) revision(ctx context.Context) (int64, error) {
	view := m.shell.Session.View
	if view.Lacks(backend.FeatureRevision) != "" {
		return 0, nil
	}
	return view.Revision(ctx)
}

// readAll reads what is said in more than one place.
func (m *Mode) readAll(ctx context.Context) error {
	s := &m.shell.Session
	profile, err := s.View.Profile(ctx)
	if err != nil {
		return err
	}
	channels, err := s.View.Channels(ctx, backend.ChannelFilter{})
	if err != nil {
		return err
	}
	s.Profile, s.Channels = &profile, channels
	if s.Lacks(backend.FeatureMessages) != "" {
		return nil
	}
	inbox, err := s.View.Messages(ctx, messagesRead)
	if err == nil {
		s.Inbox = &inbox
	}
	return err
}

// tellAway says that the account could not be read, once until it can be, or that it is gone.
func (m *Mode) tellAway(ctx context.Context, err error) {
	switch {
	case ctx.Err() != nil:
	case isGone(err):
		m.shell.Session.End(err)
		m.say(m.shell.Session.Ending)
		if m.canSwitch() {
			m.say("account opens another one.")
		}
	case !m.heard.isAway:
		m.heard.isAway = true
		m.shell.Disconnected(err)
		m.say(shell.Sentence(err) + " " + readLast + "; \"again\" tries again.")
	}
}

// tellBack says that the account can be read again.
func (m *Mode) tellBack() {
	if m.heard.isAway {
		m.heard.isAway = false
		m.shell.Connected()
		m.say("The account can be read again.")
	}
}

// tellEntries tells the entries of the journal since the newest one that is known, the oldest first. Of those after a
// change of the person's own, the first is that change.
func (m *Mode) tellEntries(ctx context.Context, after ran) {
	s := &m.shell.Session
	if s.Lacks(backend.FeatureJournal) != "" {
		if m.heard.isRead && after != ownChange && m.heard.revision != 0 {
			m.say("Something was changed elsewhere. Enter lists again.")
		}
		return
	}
	read, err := s.View.Journal(ctx, backend.JournalQuery{Limit: mostTold + 1})
	if err != nil || len(read.Entries) == 0 {
		return
	}
	entries, known := read.Entries, m.heard.newest
	m.heard.newest = entries[0].ID
	if !m.heard.isRead {
		return
	}
	if i := slices.IndexFunc(entries, func(e backend.JournalEntry) bool { return e.ID == known }); i >= 0 {
		entries = entries[:i]
	}
	slices.Reverse(entries)
	isOwn := after == ownChange || after == wrongCode && len(entries) > 0 && entries[0].Action == "code.refused"
	if isOwn && len(entries) > 0 {
		entries = entries[1:]
	}
	if len(entries) > mostTold {
		m.say(fmt.Sprintf("More than %d changes were made elsewhere; activity lists them.", mostTold))
		return
	}
	for _, e := range entries {
		m.say("Changed elsewhere. " + m.entryWords(e) + ".")
	}
}

// sending is how far a message has come, as far as it was told.
type sending struct {
	state     backend.MessageState
	isDelayed bool // a try to send it has failed, and another one comes
}

// tellMessages tells what became of messages that waited, of new ones that failed, unless a command has told that, and of
// those that are tried again, once.
func (m *Mode) tellMessages(isTold bool) {
	inbox, known := m.shell.Session.Inbox, m.heard.messages
	if inbox == nil {
		return
	}
	m.heard.messages = map[string]sending{}
	for _, message := range slices.Backward(inbox.Messages) {
		now := sending{message.State, message.IsDelayed()}
		m.heard.messages[message.ID] = now
		was, isKnown := known[message.ID]
		isSettled := isKnown && was.state == backend.StateQueued || !isKnown && !isTold && now.state != backend.StateHeld && now.state != backend.StateSent
		if m.heard.isRead && (isSettled && now.state != backend.StateQueued || now.isDelayed && !was.isDelayed && (isKnown || !isTold)) {
			m.say("Delivery. " + m.messageWords(message) + ".")
		}
	}
}

// tellChecks says what the slow checks of the account have found.
func (m *Mode) tellChecks() {
	if m.checked == nil {
		return
	}
	select {
	case err := <-m.checked:
		m.tellCheck(err)
	default:
	}
}

// tellCheck says what the checks have found, which have ended.
func (m *Mode) tellCheck(err error) {
	m.checked = nil
	if err != nil && !errors.Is(err, context.Canceled) {
		m.say(shell.Sentence(err))
	}
}

// problems are the places of what needs a look, each once.
func (m *Mode) problems() (list []shell.GoToMsg) {
	for at := range m.shell.Problems() {
		if !slices.Contains(list, at) {
			list = append(list, at)
		}
	}
	return list
}

// problemWords says how many need a look.
func (m *Mode) problemWords() string {
	word := m.name(entry{id: keymap.NextProblem})
	switch n := len(m.problems()); {
	case n == 1:
		return "1 problem; " + word + " goes to it."
	case n > 1:
		return fmt.Sprintf("%d problems; %s goes to each.", n, word)
	}
	return "No problems."
}

// reachedWords says how many channels reach the person.
func (m *Mode) reachedWords() string {
	all, by := m.shell.Session.Channels, map[state.State]int{}
	for _, ch := range all {
		now := state.OfReach(ch, m.shell.Now)
		if ch.ActiveValue == "" && now != state.Failing { // however far its code has come
			now = state.Unverified
		}
		by[now]++
	}
	if len(all) == 0 {
		return "No channel yet."
	}
	words := []string{shell.Count(len(all), "channel")}
	for _, each := range []state.State{state.Seen, state.Stale, state.Unseen, state.Held, state.Failing, state.Off, state.Unverified} {
		if by[each] > 0 {
			words = append(words, fmt.Sprintf("%d %s", by[each], each.Word()))
		}
	}
	return strings.Join(words, ", ") + "."
}
