package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// A whole message that is pasted where nothing is typed is read: its code, or its test word, is
// entered where it is waited for.

// Pasted enters what a pasted message says. isMessage is false where there is no code and no test
// word in it.
func Pasted(sh *shell.Shell, text string) (cmd tea.Cmd, isMessage bool) {
	if word := WordIn(text); word != "" {
		return pastedWord(sh, word), true
	}
	code, others := CodeIn(text)
	switch {
	case code == "":
		return nil, false
	case others:
		sh.Refuse(shell.Warning, severalCodes)
		return nil, true
	}
	var items []shell.Item
	waiting := waitingFor(sh, text)
	for _, w := range waiting {
		items = append(items, shell.Item{Text: w.name, Aside: w.pending.to(), Masked: w.pending.to(), Right: "sent " + sh.Ago(w.sentAt()), ID: w.name})
	}
	switch len(waiting) {
	case 0:
		sh.Refuse(shell.Warning, "Nothing waits for this code.")
		return nil, true
	case 1:
		if !isAboutCode(text) {
			askToEnter(sh, waiting[0], code)
			return nil, true
		}
		return enter(sh, waiting[0].pending, code), true
	}
	sh.Open(shell.NewPicker(sh, "Whose code is "+code+"?", "which one", items, func(chosen shell.Item) tea.Cmd {
		i := slices.IndexFunc(waiting, func(w waitingCode) bool { return w.name == chosen.ID })
		return enter(sh, waiting[i].pending, code)
	}))
	return nil, true
}

// severalCodes is told where a pasted text leaves open which of its codes is meant.
const severalCodes = "This text has several codes. Copy the one that is meant."

// isAboutCode reports whether a text is a code and nothing else, or says that there is one in it.
// Six digits in another text may be anything, and a wrong code costs a try.
func isAboutCode(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) == "" || saysCode.MatchString(text)
}

// saysCode matches what messages with a code say, in English, in the languages of Azerbaijan, and
// in those that use the same word.
var saysCode = regexp.MustCompile(`(?i)\bcodes?\b|\bkod|код|pinghome`)

// askToEnter asks whether the digits in a text are the code that is waited for.
func askToEnter(sh *shell.Shell, w waitingCode, code string) {
	sh.Ask(shell.Question{Title: "Enter " + code + "?", Keep: "Leave it", DoIt: "Enter it",
		Lines:  []string{"The pasted text does not say that this is a code.", w.name + " waits for one."},
		Action: func() tea.Cmd { return enter(sh, w.pending, code) }})
}

// enter opens the dialog of a code and sends it.
func enter(sh *shell.Shell, p Pending, code string) tea.Cmd {
	return OpenCode(sh, p, "").Key(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(code), Paste: true})
}

// waitingCode is something that waits for a code, and by what a message shows that it is meant.
type waitingCode struct {
	pending Pending
	channel int // its number; 0 for the username
	name    string
	said    string // in every message about it of ours
}

// waitingFor is what waits for a code: what the text is about, where it says so, and of these
// those whose code has not expired, where there are any.
func waitingFor(sh *shell.Shell, text string) []waitingCode {
	var all []waitingCode
	if p := sh.Session.Profile; p != nil && p.Pending != nil {
		all = append(all, waitingCode{Username(sh, p.Pending), 0, "New username", "username"})
	}
	for _, ch := range sh.Session.Channels {
		if !ch.Verified && ch.Code != nil {
			all = append(all, waitingCode{Channel(sh, ch), ch.Priority, fmt.Sprintf("Channel %d (%s)", ch.Priority, shell.TypeName(ch.Type)), "notification channel"})
		}
	}
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	all = onlyIf(all, func(w waitingCode) bool { return strings.Contains(text, w.said) })
	all = onlyIf(all, func(w waitingCode) bool { c, _ := w.pending.state(); return c.Live(sh.Now) })
	slices.SortStableFunc(all, func(a, b waitingCode) int { return b.sentAt().Compare(a.sentAt()) }) // the newest is the likeliest
	return all
}

// sentAt is when the code was sent, the zero time where that is not known.
func (w waitingCode) sentAt() time.Time {
	if c, _ := w.pending.state(); c != nil {
		return c.SentAt
	}
	return time.Time{}
}

// onlyIf keeps those of a list for which something holds, or all where it holds for none.
func onlyIf(list []waitingCode, holds func(waitingCode) bool) []waitingCode {
	kept := slices.DeleteFunc(slices.Clone(list), func(w waitingCode) bool { return !holds(w) })
	if len(kept) == 0 {
		return list
	}
	return kept
}

// CodeIn finds the code in a text; isOneOf says that there are others. Of several, one behind or
// before the word "code" is meant.
func CodeIn(text string) (code string, isOneOf bool) {
	codes := form.CodesIn(text)
	if len(codes) < 2 {
		return strings.Join(codes, ""), false
	}
	var named []string
	for _, m := range nearCode.FindAllString(text, -1) {
		named = append(named, form.CodesIn(m)...)
	}
	slices.Sort(named)
	if named = slices.Compact(named); len(named) == 1 {
		return named[0], false
	}
	return codes[0], true
}

// nearCode matches the word "code" with what is up to 25 characters from it on its line.
var nearCode = regexp.MustCompile(`(?i)[^\n]{0,25}\bcode\b[^\n]{0,25}`)

// WordIn finds the word of a test message, "" for none.
func WordIn(text string) string {
	if m := givenWord.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// givenWord matches how our test messages name their word.
var givenWord = regexp.MustCompile(`(?i)give\s+back\s+this\s+word:\s*(\pL+)`)

// Found is what a text of a message says.
type Found struct {
	Word        string // of a test message; "" for none
	Code        string // six digits; "" for none
	IsOneOf     bool   // there are other codes in it
	IsAboutCode bool   // it is a code alone, or says that there is one in it
	For         []int  // the channels that wait for it, by their numbers, the likeliest first; 0 for the username
}

// Find finds the word of a test or a code in a text, and what waits for it.
func Find(sh *shell.Shell, text string) (f Found) {
	if f.Word = WordIn(text); f.Word != "" {
		f.IsAboutCode = true
		for _, ch := range openTests(sh) {
			f.For = append(f.For, ch.Priority)
		}
		return f
	}
	f.Code, f.IsOneOf = CodeIn(text)
	f.IsAboutCode = isAboutCode(text)
	for _, w := range waitingFor(sh, text) {
		f.For = append(f.For, w.channel)
	}
	return f
}

// openTests are the channels of which a test waits for its word.
func openTests(sh *shell.Shell) (open []backend.Channel) {
	for _, ch := range sh.Session.Channels {
		if WhyNoWord(sh, ch) == "" {
			open = append(open, ch)
		}
	}
	return open
}

func pastedWord(sh *shell.Shell, word string) tea.Cmd {
	open := openTests(sh)
	switch len(open) {
	case 0:
		sh.Refuse(shell.Warning, "No test waits for this word.")
		return nil
	case 1:
		return openWord(sh, open[0], word).tryCmd()
	}
	items := make([]shell.Item, len(open))
	for i, ch := range open {
		items[i] = shell.Item{Text: sh.ChannelTitle("Channel", ch), Aside: sh.Masked(ch.Type, ch.ActiveValue), Masked: sh.Masked(ch.Type, ch.ActiveValue), ID: sh.ChannelTitle("Channel", ch)}
	}
	sh.Open(shell.NewPicker(sh, "Whose test said "+word+"?", "which one", items, func(chosen shell.Item) tea.Cmd {
		i := slices.IndexFunc(items, func(it shell.Item) bool { return it.ID == chosen.ID })
		return openWord(sh, open[i], word).tryCmd()
	}))
	return nil
}
