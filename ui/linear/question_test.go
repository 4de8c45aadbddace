package linear

import (
	"context"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestTheWordsOfPromptsMeanTheSameAtEveryQuestion: at those for a text, a choice, a number, a code, and yes or no.
func TestTheWordsOfPromptsMeanTheSameAtEveryQuestion(t *testing.T) {
	v := begin(t)
	v.heard()
	for _, asking := range [][]string{{"profile", "edit", "1"}, {"edit"}, {"delete account"}, {"delete account", "7"}, {"channels", "edit 1", "2"}, {"edit"},
		{"verify 3"}, {"add ada@byron.example"}, {"delete 1"}, {"test all"}, {"account"}, {"messages", "delete 1"}} {
		asked := v.types(asking...)
		question := asked[strings.LastIndex(asked, "\n")+1:]
		for _, word := range []string{"help", "?", "repeat", "Again"} {
			if said := v.types(word); !strings.HasSuffix(said, question) {
				t.Errorf("%q at %q says %s", word, question, said)
			}
		}
		v.hears("At every question back or b goes back", "HELP")
		v.hears("Nothing was changed.", "b")
	}
	v.types("profile", "edit", "1", "quit")
	if err := <-v.ended; err != nil {
		t.Error(err)
	}
}

// TestAWordOfPromptsItself is typed with a sign before it, which nothing else needs.
func TestAWordOfPromptsItself(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("The name is Back Smith.", "profile", "edit", "1", "=Back")
	v.hears("The name is Q Smith.", "edit", "1", "=Q")
	v.hears("Channel 1 is called =back.", "channels", "edit 1", "2", "==back")
	v.hears("Channel 1 is called =x.", "edit 1", "2", "=x")
	v.hears("This is the draft so far:\nhelp\n", "feedback", "write", "=help", "repeat")
	v.wantEnd()
}

// TestAQuestionIsRepeatedWithWhatWasSaidBefore it.
func TestAQuestionIsRepeatedWithWhatWasSaidBefore(t *testing.T) {
	v := begin(t)
	v.heard()
	said := v.types("profile", "edit")
	if again := v.types("repeat"); again != said || !strings.HasPrefix(again, "1. Name, now John.\n") {
		t.Errorf("it says %q, and again %q", said, again)
	}
	v.wantEnd()
}

// TestNoChoosesNothing, and neither does a letter or two: they may be meant for something else.
func TestNoChoosesNothing(t *testing.T) {
	v := begin(t)
	v.heard()
	for _, word := range []string{"n", "no", "No", "b", "back", ""} {
		v.hears("Back. Nothing was changed.", "account", word)
		v.hears("Back. Nothing was changed.", "profile", "delete account", word)
		v.hears("Back. Nothing was changed.", "channels", "edit 2", word)
	}
	v.hears("This is none of them. Type a number from 1 to 3, or a word of one of them, at least 3 letters of it", "edit 2", "la")
	v.hears("Label, now ", "lab")
	v.hears("Back. Nothing was changed.", "")
	v.hears("2. ", "2")
	v.wantEnd()
}

// TestALeftQuestionKeepsTheDraft: the text was not sent.
func TestALeftQuestionKeepsTheDraft(t *testing.T) {
	f := &uitest.Faulty{}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { f.Backend = b; return f }))
	v.heard()
	v.types("feedback", "write", "A line")
	f.LoseReply = true
	v.hears("Send the same once more? y or n", ".", "y")
	v.hears("Back.\n", "n")
	f.LoseReply = false
	v.hears("This is the draft so far:\nA line\n", "write")
	v.wantEnd()
}

// TestTheDemoKeepsADraftUntilOneLeaves: it has no disk for it.
func TestTheDemoKeepsADraftUntilOneLeaves(t *testing.T) {
	v := begin(t, func(o *ui.Options) { o.Shell.Drafts = nil })
	v.heard()
	v.hears("Back. The draft is kept until you leave.", "feedback", "write", "line a", "b")
	v.hears("This is the draft so far:\nline a\n", "write")
	v.hears("The feedback was sent.", ".", "y")
	v.wantEnd()
}

// TestAFirstRunThatIsLeft keeps what was typed, says so, and lets one leave it again.
func TestAFirstRunThatIsLeft(t *testing.T) {
	elsewhere := uitest.Open(t)
	setup := &ui.Setup{Path: "/tmp/x.db", Empty: func(context.Context, backend.NewAccount) (ui.Opened, error) {
		return elsewhere.Account(uitest.JohnID), nil
	}}
	v := beginOn(t, elsewhere, func(o *ui.Options) { o.Start, o.Setup = ui.Opened{}, setup })
	v.heard()
	v.hears("Back. Nothing was changed.\nWhat was typed is kept until you leave.", "own", "Ada", "back")
	v.hears("Back. Nothing was changed.", "own", "back")
	v.hears("This is the start; quit ends.", "back")
	v.hears("Your surname; empty for back:", "own", "")
	v.types("quit")
	if err := <-v.ended; err != nil {
		t.Error(err)
	}
}
