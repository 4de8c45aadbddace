package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/safe"
)

// asDocument gives the error of a command that was asked for the fields of a value as JSON the problem document of
// the API, to be printed in the place of its sentences.
func asDocument(c *cobra.Command, err error) error {
	var known *exit.Error
	if c == nil || !errors.As(err, &known) || known.Err == nil || known.Document != "" {
		return err
	}
	if f := c.Flags().Lookup("json"); f == nil || !f.Changed || usage.FieldsOf(f) == nil {
		return err
	}
	var refusal *backend.Error
	if !errors.As(known, &refusal) {
		refusal = &backend.Error{Code: cmp.Or(refusalOf[known.Code], backend.CodeInternal), Err: err}
	}
	told := *refusal
	if told.Fields == nil || told.Code != backend.CodeInvalid { // the sentences without what looks like a token
		told.Message = known.Error()
	}
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // it is no web page
	if encoder.Encode(httpapi.Problem(&told)) != nil {
		return err
	}
	withDocument := *known
	withDocument.Document = safe.JSON(strings.TrimSpace(text.String()))
	return &withDocument
}

// refusalOf is what the errors of the command itself are called in a problem document. Others are internal.
var refusalOf = map[int]backend.Code{exit.CodeUsage: backend.CodeInvalid, exit.CodeNotFound: backend.CodeNotFound}
