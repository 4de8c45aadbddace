// Package command is the commands on one account: what a person can do in the console, a script
// can do with one of them. They know the contract alone, as the console does; the program that
// they are part of opens the account.
//
// Files: command.go is what all commands share, and the way from a command to its account.
// arguments.go and input.go read arguments, standard input and answers. output.go prints what a command returns: as sentences and tables (table.go), as JSON, or by a
// template (template.go); printer.go does so for commands that are about no account. seen.go refuses a change of a channel that is another one by now, once.go keeps one from being
// made twice, and wait.go waits for a message; pages.go reads long lists. Each noun has a file of its own; apply.go has
// applystep.go for the steps, and api.go has apifields.go for the fields.
package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/safe"
)

// Opened is an account that was opened.
type Opened struct {
	View    backend.Backend
	Account backend.AccountSummary
	// Accounts is all accounts there; nil where there is this one alone.
	Accounts backend.Accounts
	// WhyReadOnly says in a sentence why nothing is to be changed there, "" where it may be.
	WhyReadOnly string
	// Send sends what waits, until the account is closed; nil where another process does.
	Send func()
	// Call sends a request of the API, as the account.
	Call func(context.Context, Request) (Answer, error)
	// Forget removes what consoles on this machine have kept of the account, which is gone.
	Forget func() error
	// Close closes the account, and says in clauses what is left to be done, "" for nothing. Where messages may
	// have been written, that includes those that wait.
	Close func(isSending bool) (left string, err error)
}

// Source adds the flags to a command that name an account, or where all accounts are, and returns what opens that.
type Source func(c *cobra.Command, isAboutAll bool) (open func(context.Context, Purpose) (Opened, error))

// Purpose is what an account is opened for.
type Purpose struct {
	IsChange bool // something may be changed: a file is checked first
	MayBeAll bool // where no account of a database is named, none is opened, and View is nil
	IsAll    bool // all accounts are meant: of a database none is opened, and View is nil
	MayMake  bool // where there is no database, an empty one is made
}

// Program is the program that the commands are part of.
type Program struct {
	Source Source
	// Run does the work with a context that a signal ends.
	Run func(work func(context.Context) error) error
	// Data is a value of the contract in the shape of the API, to be written as JSON.
	Data func(value any) any
	// PseudonymKey returns the key of stand-ins on this machine; the first call makes it.
	PseudonymKey func() ([]byte, error)
	In           *os.File
	Out          io.Writer
	Err          io.Writer
	Now          func() time.Time
	// Ask asks a person for one line; nil: it is read from In, where that is a terminal. Linear mode, which reads
	// In itself, sets it. Then every value is meant as it stands, also "-", and what is printed names no commands.
	Ask func(ctx context.Context, question string) (string, error)
	// Readable is how sentences have a value; nil: as people read it, in full.
	Readable func(by backend.ChannelType, value string) string
	// Held says how one reads the newest message of a kind to an address where that is held beside the accounts, in a few
	// words; "" where it is not. nil: this is not asked.
	Held func(ctx context.Context, kind backend.MessageKind, by backend.ChannelType, to string) string
}

// spec is a command on one account.
type spec struct {
	use, short, example string
	args                cobra.PositionalArgs // nil for none
	flags               func(*pflag.FlagSet) // adds those of its own; nil for none
	isChange            bool
	seen                *seen       // --if-value; nil for a command without it
	wait                *waiting    // --wait, of a command that writes messages; nil for others
	isSending           bool        // it writes messages, and has no --wait
	isRequest           bool        // whether it changes something depends on its arguments
	hasNoKey            bool        // another run is not the same change again
	isAsking            bool        // it may ask a question
	mayBeAll            func() bool // whether, without --account, it is about all accounts of a database; nil for no
	isAboutAll          bool        // it is about all accounts, and has no --account
	mayShowAll          bool        // --json without fields prints all of them
	// shows is a zero value of what it prints, for the names of its fields; nil for a command that
	// prints no value of the contract. showsList is whether it prints a list of those.
	shows     any
	showsList bool
	// check refuses flags before anything is opened; nil for nothing to check.
	check func(*cobra.Command) error
	run   func(context.Context, *visit) error
	// values completes the arguments in a shell, and words the first one; nil for none. isFile completes names of files.
	values values
	words  []string
	isFile bool
}

// visit is one run of a command on an account.
type visit struct {
	Opened
	*Program
	input
	output
	key       onceKey // --idempotency-key
	command   *cobra.Command
	from      []string // the flags that say where the account is
	args      []string
	isSending bool // it may have written messages, and what of them waits is told at the end
	isQuiet   bool // --quiet: that is not told
}

// command makes the command of a spec.
func (s spec) command(p *Program) *cobra.Command {
	v := &visit{Program: p}
	c := &cobra.Command{Use: s.use, Short: s.short, Example: s.example, Args: s.args}
	if s.args == nil {
		c.Args = usage.NoArguments
	}
	f := c.Flags()
	f.SortFlags = false
	if s.flags != nil {
		s.flags(f)
	}
	if s.seen != nil {
		s.seen.bind(f)
	}
	if s.wait != nil {
		s.wait.bind(f)
	}
	if s.isOneChange() {
		v.key.bind(f)
	}
	if s.wait != nil || s.isSending || s.isRequest {
		f.BoolVar(&v.isQuiet, "quiet", false, "do not say on standard error which messages wait")
	}
	if s.shows != nil {
		v.output.bind(f, p.Data(s.shows), s.mayShowAll)
		v.output.isList, v.output.isAfterChange = s.showsList, s.isChange
	}
	if s.isAsking {
		v.input.bind(f)
	}
	own := usage.FlagNames(c)
	open := p.Source(c, s.isAboutAll)
	v.from = slices.DeleteFunc(usage.FlagNames(c), func(name string) bool { return slices.Contains(own, name) })
	s.suggest(c, open, v.names)
	c.RunE = func(c *cobra.Command, args []string) error {
		v.command, v.args = c, args
		return p.Run(func(ctx context.Context) error {
			err := s.visit(ctx, v, open)
			if p.Ask != nil {
				return err
			}
			return usage.ByFlags(c, err)
		})
	}
	return c
}

// isOneChange reports whether the same run again means the same change.
func (s spec) isOneChange() bool { return s.isChange && !s.isRequest && !s.hasNoKey }

// suggest lets a shell complete arguments and flags.
func (s spec) suggest(c *cobra.Command, open opener, fields []string) {
	switch {
	case s.words != nil:
		c.ValidArgsFunction = firstOf(s.words)
	case !s.isFile:
		c.ValidArgsFunction = s.values.ofArguments(open, strings.Contains(s.use, "..."))
	}
	complete := func(flag string, list cobra.CompletionFunc) {
		if c.Flags().Lookup(flag) != nil {
			_ = c.RegisterFlagCompletionFunc(flag, list) // it fails for a flag that there is not, or a second time
		}
	}
	for flag, list := range completions() {
		complete(flag, cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp))
	}
	for _, flag := range []string{"json", "template", "name", "surname", "label", "value", "if-value", "idempotency-key", "body", "match", "limit", "wait"} {
		list := cobra.NoFileCompletions
		if flag == "json" && fields != nil {
			list = completeFields(fields)
		}
		complete(flag, list)
	}
}

// visit checks what can be checked before anything is opened, opens the account, runs the
// command and closes the account.
func (s spec) visit(ctx context.Context, v *visit, open opener) (err error) {
	if err := s.checkFlags(v); err != nil {
		return err
	}
	v.input.source, v.input.err, v.input.asker = v.In, v.Err, v.Ask
	if v.Opened, err = open(ctx, Purpose{IsChange: s.isChange, MayBeAll: s.mayBeAll != nil && s.mayBeAll(), IsAll: s.isAboutAll}); err != nil {
		return err
	}
	v.isSending = s.wait != nil || s.isSending
	defer func() {
		left, closing := v.Close(v.isSending && !v.isQuiet)
		err = cmp.Or(err, closing)
		isDone := err == nil || exit.CodeOf(err) == exit.CodeUnknown
		if left != "" && isDone && !v.isJSON() {
			_, _ = fmt.Fprintln(v.Err, safe.Text("pinghome: "+left)) // nothing is left to report a failure to
		}
	}()
	if s.isChange && !s.isRequest && v.WhyReadOnly != "" {
		return &backend.Error{Code: backend.CodeReadOnly, Message: v.WhyReadOnly}
	}
	if s.wait != nil {
		if err := s.wait.whyNot(v.View); err != nil {
			return err
		}
	}
	if s.isChange && !s.isRequest {
		v.View = once{v.View, v.key}
	}
	err = s.run(ctx, v)
	if s.isChange && !s.isRequest {
		err = afterChange(err)
	}
	return err
}

// checkFlags refuses what is wrong before anything is opened.
func (s spec) checkFlags(v *visit) error {
	if err := v.checkOutput(); err != nil {
		return err
	}
	if s.isOneChange() {
		if err := v.key.check(v.command); err != nil {
			return err
		}
	}
	if s.seen != nil {
		if err := s.seen.check(v.command, v.args); err != nil {
			return err
		}
	}
	if s.wait != nil {
		if err := s.wait.check(v.command); err != nil {
			return err
		}
	}
	if s.check == nil {
		return nil
	}
	return s.check(v.command)
}

// isTerminal reports whether the output is read by a person.
func (v *visit) isTerminal() bool { return v.Ask != nil || isTerminal(v.Out) }

func isTerminal(w io.Writer) bool {
	file, isFile := w.(*os.File)
	return isFile && term.IsTerminal(file.Fd())
}

// readable is a value in a sentence.
func (v *visit) readable(by backend.ChannelType, value string) string {
	if v.Readable == nil {
		return backend.ReadableValue(by, value)
	}
	return v.Readable(by, value)
}

// groups are commands with what each is for.
func (p *Program) group(name, short string, specs ...spec) *cobra.Command {
	commands := make([]*cobra.Command, len(specs))
	for i, s := range specs {
		commands[i] = s.command(p)
	}
	return usage.Group(name, short, commands...)
}

// Commands are the groups of commands on one account.
func (p *Program) Commands() []*cobra.Command {
	return append([]*cobra.Command{
		p.group("profile", "show and change name and surname", profileShow(), profileEdit()),
		p.group("username", "change the email address that a person signs in with", usernameChange(), usernameConfirm(), usernameSendCode(), usernameCancel()),
		p.channels(), p.feedback(), p.messages(), p.activity(), apiCall().command(p),
	}, p.Settings()...)
}
