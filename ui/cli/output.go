package cli

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// writeTable prints rows in columns, as wide as a terminal shows their texts. Every cell
// is made safe for a terminal.
func writeTable(w io.Writer, rows [][]string) error {
	const gap = 2
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			row[i] = safe.Text(cell)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], draw.Width(row[i]))
		}
	}
	out := bufio.NewWriter(w)
	for _, row := range rows {
		for i, cell := range row {
			_, _ = out.WriteString(cell) // Flush returns the error
			if i < len(row)-1 {
				_, _ = out.WriteString(draw.Space(widths[i] + gap - draw.Width(cell)))
			}
		}
		_ = out.WriteByte('\n')
	}
	return outputError(out.Flush())
}

// say prints sentences and paths, each line safe for a terminal.
func say(w io.Writer, format string, args ...any) error {
	_, err := io.WriteString(w, strings.Join(safe.Lines(fmt.Sprintf(format, args...)), "\n"))
	return outputError(err)
}

// outputError is the error of a command whose output could not be written.
func outputError(err error) error {
	if err != nil {
		return exit.Failed("The output could not be written: %v.", err)
	}
	return nil
}
