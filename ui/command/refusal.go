package command

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
)

// sentenceOf is what an error says: of wrong values, what is wrong with them.
func sentenceOf(err error) string {
	refusal, isRefusal := errors.AsType[*backend.Error](err)
	switch {
	case !isRefusal:
		return err.Error()
	case refusal.Code != backend.CodeInvalid:
		return refusal.Message
	}
	var list []string
	for _, field := range slices.Sorted(maps.Keys(refusal.Fields)) {
		list = append(list, refusal.Fields[field]...)
	}
	return strings.Join(list, " ")
}

// about is a refusal that says of what it is.
func about(what string, err error) error {
	refusal, isRefusal := errors.AsType[*backend.Error](err)
	if !isRefusal {
		return err
	}
	told := *refusal
	told.Message, told.Fields = what+": "+sentenceOf(err), nil
	return &told
}

// oneOf is the error of several, with the exit code of the first; nil for none. Those that are nil do not count, and that
// the command was broken off only where it is all there is to tell.
func oneOf(faults ...error) error {
	faults = slices.DeleteFunc(slices.Clone(faults), func(err error) bool { return err == nil })
	if len(faults) < 2 {
		return cmp.Or(append(faults, nil)...)
	}
	var told []error
	for _, err := range faults {
		switch lost, isUnwritten := errors.AsType[unwritten](err); {
		case errors.Is(err, context.Canceled) && !shell.IsUnknown(err):
		case isUnwritten:
			told = append(told, lost.error) // of several, it does not say that all was done
		default:
			told = append(told, err)
		}
	}
	switch len(told) {
	case 0:
		return faults[0]
	case 1:
		return told[0]
	}
	return &exit.Error{Code: exit.CodeOf(told[0]), Err: errors.Join(told...)}
}
