package linear

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

// maxLine is the longest line that is read, in bytes: more than the longest feedback has. What follows is dropped.
const maxLine = 64 << 10

// lines are what is typed and what is printed, line by line. Nothing is read before it is asked for, and nothing is
// printed while it is.
type lines struct {
	in *os.File
	waiting
	wanted chan bool // whether it is a secret
	typed  chan typed
	err    error           // the first error of printing
	said   strings.Builder // what was printed, without the questions, since it was taken

	isUnechoed bool

	discard func()     // what was typed and not read yet
	width   func() int // of the terminal, in cells; 0 where it is not known
	resumed <-chan os.Signal
}

// typed is one line that was typed, without its end. Where err is set, it is no answer.
type typed struct {
	text     string
	isTooBig bool
	isCut    bool // the input ended before the line did
	err      error
}

// newLines reads from the input and prints to the output. The reader waits in a goroutine of its own, which ends with the
// process: a read of a terminal cannot be ended.
func newLines(o Options) *lines {
	in, out := o.Program.In, o.Program.Out
	l := &lines{in: in, wanted: make(chan bool), typed: make(chan typed), waiting: waiting{out: out, patience: cmp.Or(o.Patience, usualPatience)},
		width: o.Width, resumed: o.Resumed, discard: o.Discard, isUnechoed: o.IsUnechoed}
	if l.discard == nil {
		l.discard = func() {}
	}
	if l.width == nil {
		l.width = widthOf(out)
	}
	go func() {
		r := bufio.NewReader(in)
		for isSecret := range l.wanted {
			if isSecret && term.IsTerminal(in.Fd()) { // which gives one line at a time, so that none waits in r
				text, err := term.ReadPassword(in.Fd())
				l.typed <- typed{text: string(text), err: err}
				continue
			}
			l.typed <- readLine(r)
		}
	}()
	return l
}

func readLine(r *bufio.Reader) (t typed) {
	var text strings.Builder
	for {
		part, err := r.ReadSlice('\n')
		if text.Len()+len(part) <= maxLine {
			text.Write(part)
		} else {
			t.isTooBig = true
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil: // what stands before it has no end, and may be half of what was meant
			t.err, t.isCut = err, text.Len() > 0
		}
		t.text = strings.TrimRight(text.String(), "\r\n")
		return t
	}
}

// say prints lines, each safe for a terminal.
func (l *lines) say(text string) {
	for _, line := range safe.Lines(text) {
		_, _ = io.WriteString(l, line+"\n") // the next question tells
	}
}

func (l *lines) write(text string) {
	if err := l.print(broken(text, l.width())); err != nil && l.err == nil {
		l.err = err
	}
}

// Write prints what was made safe for a terminal already: it is the output of commands.
func (l *lines) Write(text []byte) (int, error) {
	l.said.Write(text)
	l.write(string(text))
	return len(text), l.err
}

// takeSaid is what was printed since the last call.
func (l *lines) takeSaid() string {
	defer l.said.Reset()
	return l.said.String()
}

// ask prints a question and returns the line that is typed. What cannot be a value is told, and asked again.
// Errors: errEnd for the end of the input, that of the context, and the output that could not be written.
func (l *lines) ask(ctx context.Context, question string) (string, error) {
	return l.askLine(ctx, question, false, func() {})
}

// askFresh is ask for an answer that is typed once the question was printed.
func (l *lines) askFresh(ctx context.Context, question string) (string, error) {
	return l.askLine(ctx, question, false, l.discard)
}

// askSecret is ask for what a terminal does not show while it is typed.
func (l *lines) askSecret(ctx context.Context, question string) (string, error) {
	if was, err := term.GetState(l.in.Fd()); err == nil {
		defer func() { _ = term.Restore(l.in.Fd(), was) }() // also where a signal ends the program
		defer l.write("\n")                                 // the terminal has not shown it
	}
	return l.askLine(ctx, question, true, func() {})
}

// askLine asks. asked is called each time that the question was printed.
func (l *lines) askLine(ctx context.Context, question string, isSecret bool, asked func()) (string, error) {
	l.stopWaiting()
	defer l.startWaiting()
	for {
		l.write(safe.Text(question) + " ")
		if l.err != nil {
			return "", exit.Failed("The output could not be written: %w.", l.err)
		}
		asked()
		answer, err := l.next(ctx, isSecret, question)
		if err != nil || l.isUnechoed { // where nothing has ended the line
			l.write("\n")
		}
		switch {
		case err != nil:
			if answer.isCut {
				l.say("The last line has no end, so it is no answer. Nothing was done with it.")
			}
			return "", err
		case answer.isTooBig:
			l.say("This line is too long. Nothing of it was taken.")
		case !utf8.ValidString(answer.text):
			l.say("This is not valid UTF-8 text. Type it again.")
		default:
			return answer.text, nil
		}
	}
}

// next waits for a line. The question is said again where the program goes on after it was stopped.
func (l *lines) next(ctx context.Context, isSecret bool, question string) (typed, error) {
	select { // a signal counts before what was typed after it
	case <-ctx.Done():
		return typed{}, ctx.Err()
	case l.wanted <- isSecret:
	}
	for {
		select {
		case <-ctx.Done():
			return typed{}, ctx.Err()
		case <-l.resumed:
			l.write("\n" + safe.Text(question) + " ")
		case answer := <-l.typed:
			switch {
			case errors.Is(answer.err, io.EOF):
				return answer, errEnd
			case answer.err != nil:
				return answer, exit.Failed("The input could not be read: %w.", answer.err)
			}
			return answer, nil
		}
	}
}
