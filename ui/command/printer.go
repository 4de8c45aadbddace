package command

import (
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"
)

// Printer prints the list of a command that is about no account, as the commands on an account print theirs: a
// table on a terminal, tabs in a pipe, and the fields of --json, also by a template.
type Printer[T any] struct{ v visit }

// NewPrinter adds --json and --template to a command. T is a struct whose fields have names for JSON.
func NewPrinter[T any](c *cobra.Command) *Printer[T] {
	p := &Printer[T]{}
	p.v.Program = &Program{Data: func(value any) any { return value }, Now: time.Now}
	var zero T
	p.v.output.bind(c.Flags(), zero, true)
	c.Args = fieldsOrNone
	return p
}

// Check reads the flags, before anything is opened.
func (p *Printer[T]) Check(args []string) error { return p.v.output.check(args) }

// Print prints a list, of which row returns the cells below these titles. The last spare columns are left out where a
// terminal has no room for them; what is there is never cut.
func (p *Printer[T]) Print(out io.Writer, list []T, row func(T) []string, spare int, titles ...string) error {
	p.v.Out = out
	last := slices.Clone(titles[len(titles)-spare:])
	slices.Reverse(last)
	return showList(&p.v, list, columns{names: titles, spare: last, whole: titles}, row)
}

// At is a point in time in a cell: the local one for a person, else RFC 3339 in UTC; "" for none.
func (p *Printer[T]) At(t time.Time) string { return p.v.at(t) }
