package linear

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/keymap"
)

// step is an answer at a prompt, the answers to the questions after it, and what is said then.
type step struct {
	screen  keymap.Scope // "" for everywhere
	answer  string
	more    []string
	want    string
	isFinal bool // nothing else can be done afterwards
}

// walk does every entry once, on the demo's data.
var walk = []step{
	{"", "help", nil, "Where to?", false},
	{"", "help undo", nil, "undo, key z: undo your last change", false},
	{keymap.Profile, "edit", []string{"1", "Augusta"}, "The name is Augusta Smith.", false},
	{"", "undo", nil, "Taken back; now the name is John.", false},
	{"", "redo", nil, "Made again; now the name is Augusta.", false},
	{keymap.Profile, "username countess@l.example", nil, "The code for co hidden @l.example is held here; messages reads it.", false},
	{keymap.Profile, "new code", nil, "", false},
	{keymap.Profile, "enter code", []string{"00-00 01", ""}, "Back.", false},
	{keymap.Profile, "cancel change", nil, "The username stays jo", false},
	{keymap.Profile, "spell", nil, "j, o, h, n, dot, s, m, i, t, h, at", false},
	{keymap.Channels, "add ada@byron.example", []string{"-"}, "Channel 6 was added.", false},
	{keymap.Channels, "edit 6", []string{"2", "--help"}, "Channel 6 is called --help.", false},
	{keymap.Channels, "verify 6", []string{"000000", ""}, "Back.", false},
	{keymap.Channels, "new code 6", nil, "", false},
	{keymap.Channels, "cancel change 5", nil, "has its proved value back", false},
	{keymap.Channels, "test 1", nil, "The test message is held", false},
	{keymap.Channels, "word 1", []string{"nothing", ""}, "Back.", false},
	{keymap.Channels, "on/off 1", nil, "Channel 1 is off.", false},
	{keymap.Channels, "on 1", nil, "Channel 1 is on.", false},
	{keymap.Channels, "off 1 2", nil, "Channels 1, 2 are off.", false},
	{keymap.Channels, "move down 1", nil, "Channel 1 is number 2 now.", false},
	{keymap.Channels, "move up 2", nil, "Channel 2 is number 1 now.", false},
	{keymap.Channels, "move to 1", []string{"9", "3"}, "Channel 1 is number 3 now.", false},
	{keymap.Channels, "new secret 2", []string{"2", "y"}, "whsec_", false},
	{keymap.Channels, "spell secret", nil, "w, h, s, e, c, underscore, ", false},
	{keymap.Channels, "spell 3", nil, ", at, p, i, n, g, dash, h, o, m, e", false},
	{keymap.Channels, "attempts 1", nil, "ailed", false},
	{keymap.Channels, "test all", []string{"y"}, "Channel 5.", false},
	{keymap.Channels, "types", []string{"sms"}, "Narrowed to sms: 1.\n1. SMS", false},
	{keymap.Channels, "all types", nil, "6 channels", false},
	{keymap.Channels, "find pager", nil, "Narrowed to what has \"pager\": 1 of 6.", false},
	{keymap.Channels, "find", nil, "6. Email", false},
	{keymap.Channels, "export", []string{"list.txt", "$TMP/list.csv"}, "Wrote 6 channels", false},
	{keymap.Channels, "open 1", nil, "Channel 1.", false},
	{keymap.Channels, "delete 1, 2", []string{"y"}, "Deleted 2 channels: 1, 2.", false},
	{keymap.Feedback, "write", []string{"First line", "back"}, "The draft is kept.", false},
	{keymap.Feedback, "write", []string{"Second line", ".", "y"}, "The feedback was sent.", false},
	{keymap.Feedback, "open 1", nil, "First line\nSecond line", false},
	{keymap.Activity, "take back 1", []string{"n"}, "Nothing was changed", false},
	{keymap.Activity, "before it 1", nil, "The past,", false},
	{keymap.Activity, "at", []string{"tomorrow", "1h"}, "The past, 1 hour ago.", false},
	{keymap.Activity, "kinds", []string{"channel"}, "Narrowed to channel", false},
	{keymap.Activity, "all kinds", nil, "newest first", false},
	{keymap.Activity, "export", []string{"-", "$TMP/all.jsonl"}, "entries to", false},
	{keymap.Activity, "open 1", nil, "taken back.", false},
	{keymap.Messages, "use code 1", nil, "", false},
	{keymap.Messages, "spell 1", nil, ", ", false},
	{keymap.Messages, "send again 1", nil, "held", false},
	{keymap.Messages, "unread 1", nil, "Marked 1 message as", false},
	{keymap.Messages, "attempts 1", nil, "held", false},
	{keymap.Messages, "states", []string{"held"}, "Narrowed to held", false},
	{keymap.Messages, "all states", nil, "newest first", false},
	{keymap.Messages, "open 1", nil, "Subject:", false},
	{keymap.Messages, "delete 1 2", []string{"y"}, "Deleted 2 messages.", false},
	{keymap.Accounts, "spell 1", nil, ", at, ", false},
	{keymap.Accounts, "only problems", nil, "Accounts with a problem.", false},
	{keymap.Accounts, "all accounts", nil, "All accounts, by name.", false},
	{keymap.Accounts, "open 1", nil, "Account ", false},
	{"", "account john", nil, "Account Augusta Smith", false},
	{"", "problem", nil, "Problem 1 of ", false},
	{"", "values", nil, "in full for 10 seconds", false},
	{"", "again", nil, "", false},
	{"", "more", nil, "no more", false},
	{"", "repeat", nil, "no more", false},
	{"", "back", nil, "", false},
	{"", "remove demo", nil, "This is the demo", false},
	{"", "profile", nil, "Profile.", false}, {"", "channels", nil, "Channels.", false}, {"", "feedback", nil, "Feedback.", false},
	{"", "activity", nil, "Activity,", false}, {"", "messages", nil, "messages", false}, {"", "accounts", nil, "All accounts", false},
	{keymap.Profile, "delete account", []string{"9", "no more time", "wrong", "john.smith@ping-home.org", "y"}, "was deleted", false},
	{"", "quit", nil, "", true},
}

func TestEveryEntryOnce(t *testing.T) {
	v := begin(t)
	v.heard()
	folder := t.TempDir()
	for _, s := range walk {
		if s.screen != "" {
			v.types(strings.ToLower(string(s.screen)))
		}
		answers := append([]string{s.answer}, s.more...)
		for i := range answers {
			answers[i] = strings.Replace(answers[i], "$TMP", folder+string(filepath.Separator), 1)
		}
		v.Elsewhere.Now = v.Elsewhere.Now.Add(2 * 60 * 1e9) // so that codes and tests are not too often
		v.hears(s.want, answers...)
	}
	v.wantEnd()
}

// TestTheWalkHasEveryEntry that linear mode has.
func TestTheWalkHasEveryEntry(t *testing.T) {
	m := newTestMode(t)
	for scope, entries := range entriesOf(m) {
		for _, e := range entries {
			isDone := false
			for _, s := range walk {
				for _, p := range m.places {
					if p.scope == s.screen {
						m.place = p
					}
				}
				_, name, _, _ := m.meant(s.answer)
				isDone = isDone || name == m.name(e) && (s.screen == scope || scope == keymap.Anywhere)
			}
			if !isDone {
				t.Errorf("%s: %q is not done", scope, m.name(e))
			}
		}
	}
}
