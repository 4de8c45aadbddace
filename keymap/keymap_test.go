package keymap

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// textScopes are where letters are letters.
var textScopes = []Scope{Always, Form, Compose, Code, Word, Find, Pick, Deletion}

func TestAKeyDoesOneThingOnAScreen(t *testing.T) {
	for _, screen := range []Scope{Profile, Channels, Feedback, Messages, Accounts} {
		seen := map[string]ID{}
		for _, a := range table {
			if a.Where != screen && a.Where != Anywhere && a.Where != Always {
				continue
			}
			for _, key := range a.Keys {
				if other, ok := seen[key]; ok {
					t.Errorf("on %s the key %q does %s and %s", screen, key, other, a.ID)
				}
				seen[key] = a.ID
			}
		}
	}
}

// TestALetterMeansOneThingOnAllScreens: R once asked for a test word on Channels, and sent a
// message again on Messages.
func TestALetterMeansOneThingOnAllScreens(t *testing.T) {
	alike := [][]ID{{EditName, EditChannel}, {EnterUsernameCode, VerifyChannel}, {NewUsernameCode, NewCode}, {CancelUsername, CancelValue},
		{AddChannel, WriteFeedback}, {DeleteChannel, DeleteMessage}, {Choose, ChooseMessage}, {ChooseAll, ChooseAllMessages},
		{FilterTypes, FilterStates, OnlyProblems}, {ClearTypes, ClearStates, AllAccounts},
		{WriteFeedback, UseCode}, {ChangeUsername, MarkUnread}} // these two are not, and begin nothing that cannot be left
	isAlike := func(a, b ID) bool {
		return slices.ContainsFunc(alike, func(ids []ID) bool { return slices.Contains(ids, a) && slices.Contains(ids, b) })
	}
	seen := map[string]ID{}
	for _, a := range table {
		if !slices.Contains([]Scope{Profile, Channels, Feedback, Messages, Accounts}, a.Where) {
			continue
		}
		for _, key := range a.Keys {
			if other, ok := seen[key]; ok && !isAlike(other, a.ID) {
				t.Errorf("%q is %s on one screen and %s on another", key, other, a.ID)
			}
			seen[key] = a.ID
		}
	}
}

func TestAKeyDoesOneThingInAScope(t *testing.T) {
	seen := map[string]ID{}
	for _, a := range table {
		for _, key := range a.Keys {
			at := string(a.Where) + " " + key
			if other, ok := seen[at]; ok {
				t.Errorf("in %s it does %s and %s", at, other, a.ID)
			}
			seen[at] = a.ID
		}
	}
}

func TestLettersStayLettersWhereTextIsTyped(t *testing.T) {
	for _, a := range table {
		if !slices.Contains(textScopes, a.Where) {
			continue
		}
		for _, key := range a.Keys {
			if utf8.RuneCountInString(key) == 1 {
				t.Errorf("%s takes the printable key %q while text is typed", a.ID, key)
			}
		}
	}
}

func TestNoKeyThatATerminalCannotTellFromAnother(t *testing.T) {
	same := []string{"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+[", "shift+enter"}
	ids := map[ID]bool{}
	for _, a := range table {
		if ids[a.ID] {
			t.Errorf("%s stands in the table twice", a.ID)
		}
		ids[a.ID] = true
		if len(a.Keys) == 0 || a.Title == "" {
			t.Errorf("%s lacks a key or a title", a.ID)
		}
		for _, key := range a.Keys {
			if slices.Contains(same, key) {
				t.Errorf("%s uses %s, which is the same byte as another key", a.ID, key)
			}
		}
	}
}

// The README has the table between two marks. PINGHOME_UPDATE=1 updates it.
func TestTheReadmeShowsTheseKeys(t *testing.T) {
	const file, begin, end = "../README.md", "<!-- keys:begin -->\n", "<!-- keys:end -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(text), begin)
	shown, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no %q … %q", file, begin, end)
	}
	want := New().Markdown()
	if shown == want {
		return
	}
	if os.Getenv("PINGHOME_UPDATE") == "" {
		t.Fatalf("the key table of the README is stale: run PINGHOME_UPDATE=1 go test ./keymap")
	}
	if err := os.WriteFile(file, []byte(head+begin+want+end+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestEveryChangeIsACommand, or the table says why not: what a person can do, a script can do.
func TestEveryChangeIsACommand(t *testing.T) {
	for _, a := range table {
		words, why := Command(a.ID)
		if a.Changes && (words == "") == (why == "") {
			t.Errorf("%s changes data; it has the command %q, and none since %q", a.ID, words, why)
		}
		if a.Where.isScreen() && a.Changes && why == partOfOther {
			t.Errorf("%s is no key in a dialog", a.ID)
		}
	}
}
