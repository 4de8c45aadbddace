package linear

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// hidden stands for a hidden character of a value until the value is said.
const hidden = "\u2022"

// plainLook has no colours, and words in the place of signs that stand in sentences.
func plainLook(isASCII bool) theme.Look {
	look := theme.New(theme.Options{Name: "mono", ASCII: isASCII, IsPlain: true, Profile: termenv.Ascii})
	look.Mask, look.Arrow, look.Dot = hidden, "gets", ", number "
	return look
}

// value is the value of a channel, with its private part hidden where the console hides it. A word says so, since screen
// readers pass signs over, and what is left would be another value.
func (m *Mode) value(by backend.ChannelType, value string) string {
	return collapsed(m.shell.Masked(by, value))
}

// email is the username of an account.
func (m *Mode) email(email string) string { return m.value(backend.TypeEmail, email) }

// collapsed has a word in the place of each hidden part.
func collapsed(text string) string {
	if !strings.Contains(text, hidden) {
		return text
	}
	var parts []string
	for i, part := range strings.Split(text, hidden) {
		switch {
		case i == 0:
			parts = append(parts, namedLetter(part))
		case part != "" || i == strings.Count(text, hidden): // where the hidden part ends
			parts = append(parts, "hidden", part)
		}
	}
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.Join(parts, " ")), " "), " ,", ",")
}

// shortWords are words of two letters, with blanks around: what is left of a hidden word may be heard as one of them.
const shortWords = " am an as at be by do go he if in is it me my no of on or so to up us we "

// namedLetter is a text that ends in what is left of a word. Where that is heard as a word, such as "a" or "an", it says
// that it is letters.
func namedLetter(text string) string {
	at := strings.LastIndexByte(text, ' ') + 1
	r, size := utf8.DecodeRuneInString(text[at:])
	switch left := text[at:]; {
	case size == len(left) && unicode.IsLetter(r):
		return text[:at] + "letter " + left
	case len(left) == 2 && strings.Contains(shortWords, " "+strings.ToLower(left)+" "):
		return text[:at] + "letters " + left[:1] + " " + left[1:]
	}
	return text
}

// typeWord is a channel type at the beginning of a sentence.
func typeWord(by backend.ChannelType) string {
	if by == backend.TypeSMS {
		return "SMS"
	}
	return shell.Capitalized(shell.TypeName(by))
}

// ago is a point in time: "just now", "3 minutes ago", or the time of day where the person has chosen that.
func (m *Mode) ago(at time.Time) string {
	if text := m.shell.Ago(at); !strings.HasSuffix(text, " ago") {
		return text
	}
	return span(m.shell.Now.Sub(at)) + " ago"
}

// span is a duration in one unit, in words: "3 minutes".
func span(d time.Duration) string {
	switch d = d.Round(time.Second); { // 10 minutes are left of a code that was sent a moment ago
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return shell.Count(int(d/time.Minute), "minute")
	case d < 24*time.Hour:
		return shell.Count(int(d/time.Hour), "hour")
	}
	return shell.Count(int(d/(24*time.Hour)), "day")
}

// codeWords is how far the code has come that something waits for.
func (m *Mode) codeWords(c *backend.CodeState) string {
	switch now := state.OfCode(c, m.shell.Now); now {
	case state.WaitingCode:
		return now.Word() + ", valid for " + span(c.ExpiresAt.Sub(m.shell.Now))
	case state.Locked:
		return "code " + now.Word() + " for " + span(c.LockedUntil.Sub(m.shell.Now))
	case state.Exhausted:
		return now.Word() + " for its code"
	default:
		return m.shell.CodeWord(c)
	}
}

// reachWords says whether a channel reaches its person, as far as that is known.
func (m *Mode) reachWords(ch backend.Channel) string {
	now := state.OfReach(ch, m.shell.Now)
	switch now {
	case state.Failing:
		return m.failingWords(*ch.Failure)
	case state.Seen:
		return now.Word() + " " + m.ago(ch.Proof.SeenAt)
	case state.Stale:
		return now.Word() + ", seen " + m.ago(ch.Proof.SeenAt)
	case state.Held, state.Off, state.Unseen:
		if !ch.Proof.SeenAt.IsZero() {
			return now.Word() + ", seen " + m.ago(ch.Proof.SeenAt)
		}
		return now.Word()
	default:
		return m.codeWords(ch.Code)
	}
}

func (m *Mode) failingWords(f backend.Failure) string {
	if f.Since.IsZero() {
		return state.OfFailure(f).Word() + ", " + m.ago(f.At)
	}
	return state.OfFailure(f).Word() + " for " + span(m.shell.Now.Sub(f.Since))
}

// channelWords are a channel in one sentence without its number: "Email a hidden @example.com, Home, verified, on, seen 3
// minutes ago".
func (m *Mode) channelWords(ch backend.Channel) string {
	parts := []string{typeWord(ch.Type) + " " + m.value(ch.Type, ch.InForce())}
	if ch.Label != "" {
		parts = append(parts, safe.Text(ch.Label))
	}
	if ch.ActiveValue != "" && state.OfReach(ch, m.shell.Now) != state.Off { // which is said by itself
		parts = append(parts, state.OfSwitch(ch.Enabled).Word())
	}
	parts = append(parts, m.reachWords(ch))
	if state.IsOldInForce(ch) {
		parts = append(parts, "new value "+m.value(ch.Type, ch.Value)+", "+m.codeWords(ch.Code))
	}
	return strings.Join(parts, ", ")
}

// channelFacts are the sentences about a channel that is talked about.
func (m *Mode) channelFacts(ch backend.Channel) (lines []string) {
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	add("Channel %d. %s.", ch.Priority, m.channelWords(ch))
	for _, f := range []*backend.Failure{ch.Failure, ch.Blocked} {
		if f != nil {
			add("%s said %s: %s.", shell.Capitalized(safe.Text(f.Provider)), m.ago(f.At), withoutStop(safe.Text(f.Status)))
		}
	}
	if message, isDelayed := m.shell.Session.Delayed(ch); isDelayed {
		add("%s waits: %s.", shell.Capitalized(shell.KindName(message.Kind)), withoutStop(m.resultWords(message)))
	}
	switch t := ch.LastTest; {
	case t == nil:
	case state.OfLastTest(ch) == state.Held: // which says it all
		add("Last test held here, %s.", m.ago(t.At))
	default:
		add("Last test %s, %s: %s.", state.OfLastTest(ch).Word(), m.ago(t.At), withoutStop(safe.Text(t.ProviderStatus)))
	}
	if !ch.Proof.WordSentAt.IsZero() {
		add("A test waits for its word, sent %s.", m.ago(ch.Proof.WordSentAt))
	}
	return lines
}

// resultWords is what became of a message, in the provider's words; "" where the state says it all.
func (m *Mode) resultWords(message backend.Message) string {
	if message.IsDelayed() && m.shell.Now.Before(message.NextAt) {
		return strings.TrimSuffix("next try in "+span(message.NextAt.Sub(m.shell.Now))+": "+safe.Text(message.Detail), ": ")
	}
	return m.shell.ResultText(message)
}

// messageWords are a message in one sentence without its number: "Code, held, to email a hidden @example.com, just now, not
// read".
func (m *Mode) messageWords(message backend.Message) string {
	to := shell.TypeName(message.Type) + " " + m.value(message.Type, message.To)
	if ch, isThere := m.shell.Session.ChannelOf(message); isThere {
		to = fmt.Sprintf("channel %d, %s", ch.Priority, to)
	}
	kind := shell.Capitalized(shell.KindName(message.Kind))
	if message.Kind == backend.KindUsername {
		kind = "Code of the new username"
	}
	parts := []string{kind, state.OfMessage(message.State).Word(), "to " + to, m.ago(message.At)}
	if !message.Read {
		parts = append(parts, "not read")
	}
	if result := m.resultWords(message); result != "" {
		parts = append(parts, result)
	}
	return strings.Join(parts, ", ")
}

// entryWords are an entry of the journal in one sentence without its number: what was done, who did it and when.
func (m *Mode) entryWords(e backend.JournalEntry) string {
	did := shell.Capitalized(shell.ActionText(e))
	if change := m.changeWords(e); change != "" {
		did += ": " + change
	}
	return did + ", by " + m.actor(e) + ", " + m.ago(e.At)
}

func (m *Mode) changeWords(e backend.JournalEntry) string { return collapsed(m.shell.ChangeText(e)) }

// actor is who made an entry, without the sign in the place of a part of an id.
func (m *Mode) actor(e backend.JournalEntry) string {
	return strings.ReplaceAll(shell.ActorText(e), "\u2026", "")
}

// accountWords are an account in one sentence.
func (m *Mode) accountWords(a backend.AccountRow) string {
	parts := []string{m.accountNames(a.FullName(), a.Email, a.Organization)}
	if a.Reach != nil {
		parts = append(parts, m.accountReach(*a.Reach))
	}
	if a.ID == m.shell.Session.Account.ID {
		parts = append(parts, "open now")
	}
	return strings.Join(parts, ", ")
}

// accountNames are whose an account is. An organization of one person has that person's name.
func (m *Mode) accountNames(name, email, organization string) string {
	words := safe.Text(name) + ", " + m.email(email)
	if organization != name {
		words += ", " + safe.Text(organization)
	}
	return words
}

func (m *Mode) accountReach(r backend.Reach) string {
	word := state.OfAccount(r.State).Word()
	if r.State == backend.ReachPending {
		return "a channel is " + word
	}
	var types []string
	for _, f := range r.Failing {
		types = append(types, shell.TypeName(f.Type)+" for "+span(m.shell.Now.Sub(f.Since)))
	}
	switch {
	case len(types) > 0:
		return word + ": " + strings.Join(types, ", ")
	case r.State == backend.ReachProved || r.State == backend.ReachStale && !r.SeenAt.IsZero():
		return word + ", seen " + m.ago(r.SeenAt)
	}
	return word
}

// sentence ends words with a full stop, where they have no end.
func sentence(words string) string {
	if strings.HasSuffix(words, "?") || strings.HasSuffix(words, "!") {
		return words
	}
	return strings.TrimSuffix(words, ".") + "."
}

func withoutStop(text string) string { return strings.TrimRight(text, ". ") }

// short is a text in one line, and cut where it is longer than is heard in one breath.
func (m *Mode) short(text string) string {
	const most = 100
	runes := []rune(safe.Text(text))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + " and so on"
}
