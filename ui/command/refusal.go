package command

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
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

// oneOf is the error of several, with the exit code of the first; nil for none. Those that are nil do not count.
func oneOf(faults ...error) error {
	faults = slices.DeleteFunc(slices.Clone(faults), func(err error) bool { return err == nil })
	switch len(faults) {
	case 0:
		return nil
	case 1:
		return faults[0]
	}
	return &exit.Error{Code: exit.CodeOf(faults[0]), Err: errors.Join(faults...)}
}
