package command

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

// input is what a command reads: standard input, files, and answers to questions.
type input struct {
	source       *os.File
	err          io.Writer                                                  // where questions are asked
	asker        func(ctx context.Context, question string) (string, error) // see Program.Ask
	isSilent     bool                                                       // --no-input
	isYes        bool                                                       // --yes
	isRead       bool                                                       // standard input was read
	hasQuestions bool
}

// fromInput stands for standard input in the place of a value or a file.
const fromInput = "-"

// maxInput is the longest text that is read, in bytes: more than the longest feedback has.
const maxInput = 1 << 20

func (i *input) bind(f *pflag.FlagSet) {
	i.hasQuestions = true
	f.BoolVar(&i.isSilent, "no-input", false, "ask nothing, also in a terminal; what is missing is an error")
}

// canAsk reports whether a person is there to answer.
func (i *input) canAsk() bool {
	return i.hasQuestions && !i.isSilent && (i.asker != nil || term.IsTerminal(i.source.Fd()))
}

// value returns a value that was given, or reads it: from standard input for "-", or else from the
// person. what names it in an error, such as "CODE or --code", and question asks for it.
func (i *input) value(ctx context.Context, given string, isGiven bool, what, question string) (string, error) {
	switch {
	case given == fromInput && i.asker == nil:
		text, err := i.all(ctx, fromInput)
		return strings.TrimRight(text, "\r\n"), err
	case isGiven:
		return given, nil
	case !i.canAsk():
		return "", exit.Usage("%s is missing.", what)
	}
	return i.ask(ctx, question)
}

// errNothingTyped is the error of a question whose answer has ended before it began, as with ctrl+d.
var errNothingTyped = exit.Failed("Nothing was typed, and nothing was changed.")

// ask asks a person for one line. Errors: errNothingTyped.
func (i *input) ask(ctx context.Context, question string) (string, error) {
	if i.asker != nil {
		return i.asker(ctx, question)
	}
	if _, err := fmt.Fprint(i.err, question+" "); err != nil {
		return "", outputError(err)
	}
	line, err := untilDone(ctx, func() (string, error) {
		line, err := bufio.NewReader(i.source).ReadString('\n')
		if err != nil && line == "" {
			return "", errNothingTyped
		}
		return strings.TrimRight(line, "\r\n"), nil
	})
	if err != nil {
		_, _ = fmt.Fprintln(i.err) // after what the terminal has echoed; nothing is left to report a failure to
	}
	return line, err
}

// confirm asks whether something is meant, and returns an error for a no. Without a terminal it
// needs --yes.
func (i *input) confirm(ctx context.Context, what string) error {
	if i.isYes {
		return nil
	}
	if !i.canAsk() {
		return exit.Usage("This needs a yes: --yes is missing.")
	}
	answer, err := i.ask(ctx, safe.Text(what)+" [y/N]")
	if err != nil {
		return err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return exit.Failed("Nothing was changed.")
}

// all reads a file, or standard input for "-", as text.
func (i *input) all(ctx context.Context, path string) (string, error) {
	content, err := i.bytes(ctx, path)
	if err != nil {
		return "", err
	}
	text, err := backend.DecodeText(content)
	if err != nil {
		return "", exit.Usage("%s cannot be read: %v.", nameOf(path), err)
	}
	return text, nil
}

// bytes reads a file, or standard input for "-", once.
func (i *input) bytes(ctx context.Context, path string) ([]byte, error) {
	if path == fromInput && i.isRead {
		return nil, exit.Usage("Standard input (-) can stand for one value alone.")
	}
	i.isRead = i.isRead || path == fromInput
	content, err := untilDone(ctx, func() ([]byte, error) { return i.read(path) })
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, exit.Usage("%s cannot be read: %v.", nameOf(path), errorOf(err))
	case len(content) > maxInput:
		return nil, exit.Usage("%s has more than %d bytes.", nameOf(path), maxInput)
	}
	return content, nil
}

// read reads no more than shows that a file is too long. A pipe in the file system is opened only once it has a writer.
func (i *input) read(path string) ([]byte, error) {
	from := i.source
	if path != fromInput {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		from = file
	}
	return io.ReadAll(io.LimitReader(from, maxInput+1))
}

func nameOf(path string) string {
	if path == fromInput {
		return "Standard input"
	}
	return path
}

// errorOf is what the system says, without the path.
func errorOf(err error) error {
	if wrapper, isPath := err.(*os.PathError); isPath { //nolint:errorlint // as os returns it
		return wrapper.Err
	}
	return err
}

// untilDone reads what may not come, until the context ends.
func untilDone[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
