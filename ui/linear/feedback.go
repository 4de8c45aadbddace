package linear

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// notesRead is how much earlier feedback is read, the newest: as much as the console reads.
const notesRead = 100

// newFeedback is the screen of what was written to the company.
func newFeedback(m *Mode) *place {
	notes, hasOlder := []backend.FeedbackNote{}, false
	note := func(id string) (backend.FeedbackNote, bool) {
		for _, n := range notes {
			if n.ID == id {
				return n, true
			}
		}
		return backend.FeedbackNote{}, false
	}
	older := func(ctx context.Context) (rows []row, err error) {
		than := ""
		if len(notes) > 0 {
			than = notes[len(notes)-1].ID
		}
		read, err := m.shell.Session.View.OlderFeedback(ctx, than, notesRead)
		if err != nil {
			return nil, err
		}
		hasOlder = len(read) == notesRead && m.shell.Session.Lacks(backend.FeatureOlder) == ""
		for _, n := range read {
			notes = append(notes, n)
			rows = append(rows, row{len(notes), n.ID, shell.Capitalized(m.ago(n.SentAt)) + ": " + withoutStop(m.short(n.Text)), n.Text})
		}
		return rows, nil
	}
	return &place{scope: keymap.Feedback, action: keymap.Screen3, noun: "note",
		head: m.feedbackHead,
		rows: func(ctx context.Context) ([]row, error) {
			if notes, hasOlder = nil, false; m.shell.Session.Lacks(backend.FeatureFeedbackHistory) != "" {
				return nil, nil
			}
			rows, err := older(ctx)
			m.sayAll(len(rows), hasOlder, "note", "notes")
			return rows, err
		},
		older: older, hasOlder: func() bool { return hasOlder },
		facts: func(id string) []string {
			n, isThere := note(id)
			if !isThere {
				return nil
			}
			return append([]string{"Sent " + m.ago(n.SentAt) + "."}, safe.Lines(n.Text)...)
		},
		entries: []entry{{id: keymap.WriteFeedback, do: m.writeFeedback, off: m.whyNoFeedback}, openEntry(m)}}
}

func (m *Mode) feedbackHead() string {
	if _, has := m.draft(); has {
		return "Feedback. A draft is kept; write goes on with it."
	}
	return "Feedback. write begins a new one."
}

// whyNoFeedback says why none can be sent, before any of it is typed.
func (m *Mode) whyNoFeedback(string) string {
	return cmp.Or(m.shell.Session.Lacks(backend.FeatureFeedback), m.shell.WhyReadOnly())
}

// endOfText is the line that ends a text of several lines, as mail has it (RFC 5321, 4.1.1.4).
const endOfText = "."

// lineHelp says how a text is typed.
const lineHelp = "Type lines. A line with a full stop alone asks whether to send them. back, alone on a line, keeps them for later; new begins anew; repeat says them."

// writeFeedback takes a text line by line. What is typed is kept as the console keeps it, until it was sent.
func (m *Mode) writeFeedback(ctx context.Context, _ asked) error {
	text, hasDraft := m.draft()
	m.say(lineHelp)
	if hasDraft {
		m.sayDraft(text)
	}
	for isDone := false; !isDone; {
		again := func(context.Context) (bool, error) { m.sayDraft(text); return false, nil }
		line, isBack, err := m.put(ctx, question{text: "Line:", isSilent: true, help: []string{lineHelp}, also: map[string]func(context.Context) (bool, error){"repeat": again}})
		switch word := strings.ToLower(strings.TrimSpace(line)); {
		case errors.Is(err, errEnd) || ctx.Err() != nil:
			m.sayKept(true, text)
			return err
		case err != nil:
			return err
		case isBack:
			m.sayKept(false, text)
			return nil
		case word == "new":
			text, err = m.emptied(ctx, text)
		case word == endOfText:
			isDone, err = m.sendFeedback(ctx, &text)
		default:
			text = strings.TrimPrefix(text+"\n"+line, "\n")
			m.keepDraft(text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *Mode) sayDraft(text string) {
	if text == "" {
		m.say("The draft is empty.")
		return
	}
	m.say("This is the draft so far:")
	m.say(text)
}

// sayKept says that a text was left, for now or because linear mode ends, and what becomes of it.
func (m *Mode) sayKept(isEnd bool, text string) {
	left := "Back."
	if isEnd {
		left, m.isEnded = theEnd, true
	}
	switch {
	case strings.TrimSpace(text) == "":
		m.say(left + " Nothing was changed.")
	case m.drafts() == nil && isEnd:
		m.say(left + " The draft is not kept: nothing of the demo is.")
	case m.drafts() == nil:
		m.say(left + " The draft is kept until you leave.")
	default:
		m.say(left + " The draft is kept.")
	}
}

// means asks whether a word is meant that was alone on a line: a line of a text that was pasted may be this word, too, and
// then the next line is no answer, and both are added to the text. otherwise is said where it is not meant.
func (m *Mode) means(ctx context.Context, word, question, otherwise string, text *string) (bool, error) {
	asked := yesNo(question)
	asked.isSilent, asked.isFresh = true, false
	answer, isBack, err := m.put(ctx, asked)
	switch {
	case err != nil:
		return false, err
	case isYes(answer):
		return true, nil
	case isBack || isRefusal(answer):
		m.say(otherwise)
		return false, nil
	}
	*text = strings.TrimPrefix(*text+"\n"+word+"\n"+answer, "\n")
	m.keepDraft(*text)
	m.say("Both lines were taken for text.")
	return false, nil
}

// emptied is a draft that is begun anew, where that is meant.
func (m *Mode) emptied(ctx context.Context, text string) (string, error) {
	if text != "" {
		if isMeant, err := m.means(ctx, "new", "Throw away "+lineCount(text)+"?", "Nothing was thrown away.", &text); !isMeant || err != nil {
			return text, err
		}
	}
	m.say("The draft is empty.")
	m.keepDraft("")
	return "", nil
}

func lineCount(text string) string { return shell.Count(strings.Count(text, "\n")+1, "line") }

// sendFeedback sends a text, where that is meant. One that is refused for what it is can be changed.
func (m *Mode) sendFeedback(ctx context.Context, text *string) (isSent bool, err error) {
	if *text != "" {
		if isMeant, err := m.means(ctx, endOfText, "Send "+lineCount(*text)+"?", "Nothing was sent. Type more lines, or back.", text); !isMeant || err != nil {
			return false, err
		}
	}
	err = m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, []string{"feedback", "send", flag("body", *text)}) })
	switch {
	case err == nil:
		m.keepDraft("")
		return true, nil
	case ctx.Err() == nil && isAboutValue(err):
		m.tell(err)
		m.say(fmt.Sprintf("The draft is kept; it has %d characters of at most %d. Type more lines, new or back.", len([]rune(*text)), backend.MaxFeedback))
		return false, nil
	}
	return false, err
}

// draftKey is where consoles keep the feedback that is being written; draftField has its text.
func (m *Mode) draftKey() string { return m.shell.Drafts.Key(shell.FeedbackDraft) }

// draft is the feedback that was not sent yet.
func (m *Mode) draft() (text string, isKept bool) {
	if m.drafts() == nil {
		text = m.unkept[m.draftKey()]
		return text, text != ""
	}
	d, isKept := m.drafts().Load(m.draftKey())
	text = d.Fields[shell.FeedbackField]
	return text, isKept && text != ""
}

func (m *Mode) drafts() *draft.Store { return m.options.Console.Shell.Drafts }

// keepDraft keeps a text; "" forgets it. The demo keeps none on the disk. Where that fails it says so, and the text goes with the program.
func (m *Mode) keepDraft(text string) {
	var err error
	switch {
	case m.drafts() == nil:
		m.unkept[m.draftKey()] = text
	case text == "":
		err = m.drafts().Delete(m.draftKey())
	default:
		err = m.drafts().Save(m.draftKey(), map[string]string{shell.FeedbackField: text})
	}
	if err != nil {
		m.say(fmt.Sprintf("The draft could not be kept on the disk: %v.", err))
	}
}
