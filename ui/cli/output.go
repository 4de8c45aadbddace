package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

// writeJSON prints a document as JSON, indented, and safe for a terminal.
func writeJSON(w io.Writer, document any) error {
	text, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		return outputError(err)
	}
	_, err = fmt.Fprintln(w, safe.JSON(string(text)))
	return outputError(err)
}

// writeTable prints rows in columns. Every cell is made safe for a terminal.
func writeTable(w io.Writer, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = safe.Text(cell)
		}
		_, _ = fmt.Fprintln(t, strings.Join(row, "\t")) // Flush returns the error
	}
	return outputError(t.Flush())
}

// outputError is the error of a command whose output could not be written.
func outputError(err error) error {
	if err != nil {
		return exit.Failed("The output could not be written: %v.", err)
	}
	return nil
}
