package cli

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/safe"
)

// asDocument gives the error of a command that was asked for the fields of a value as JSON the problem document of
// the API, to be printed in the place of its sentences. args are those of the whole command.
func asDocument(c *cobra.Command, args []string, err error) error {
	var known *exit.Error
	if c == nil || !errors.As(err, &known) || known.Err == nil || known.Document != "" {
		return err
	}
	if f := c.Flags().Lookup("json"); f == nil || !f.Changed && !asksJSON(args) || usage.FieldsOf(f) == nil {
		return err
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // it is no web page
	if encoder.Encode(httpapi.Problem(refusalOf(known))) != nil {
		return err
	}
	withDocument := *known
	withDocument.Document = safe.JSON(strings.TrimSpace(text.String()))
	return &withDocument
}

// asksJSON reports whether --json is among the arguments: behind a flag that is wrong, flags are not read any more.
func asksJSON(args []string) bool {
	return slices.ContainsFunc(args, func(arg string) bool { return arg == "--json" || strings.HasPrefix(arg, "--json=") })
}

// refusalOf is what a problem document tells of an error: the sentences without what looks like a token.
func refusalOf(err *exit.Error) error {
	var refusal *backend.Error
	switch {
	case errors.As(err, &refusal):
		told := *refusal
		if told.Fields == nil || told.Code != backend.CodeInvalid {
			told.Message = err.Error()
		}
		return &told
	case err.Code == exit.CodeUsage:
		return &backend.Error{Code: backend.CodeInvalid, Message: err.Error()}
	case err.Code == exit.CodeNotFound:
		return &backend.Error{Code: backend.CodeNotFound, Message: err.Error()}
	}
	return errors.New(err.Error())
}
