package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
)

// bare is how many words a server says at most that says no more than the
// name of a status: "Not Found", "Bad Request".
const bare = 3

// advice is what the codes come to for who reads a refusal, and what to do.
var advice = map[backend.Code]string{
	backend.CodeInvalid:     "It does not take these values. Look at them, and try again.",
	backend.CodeNotFound:    "It does not have what this is about. Read again, and look.",
	backend.CodeUnsupported: "It does not offer this.",
	backend.CodeStale:       "Something else was changed meanwhile. Read again, and look.",
	backend.CodeDuplicate:   "It has this already. Use another value.",
	backend.CodeEmailTaken:  "Another account has this address. Use another one.",
	backend.CodeLimit:       "There is no room for more.",
	backend.CodeRateLimited: "It asks to wait a little. Try again then.",
}

// refusal is the error of a change in words. Where a server only named a
// status, what that means and what to do is added.
func refusal(err error) string {
	words := sentence(err)
	code := backend.ErrorCode(err)
	if isUnknown(err) || isOffline(err) || code == backend.CodeInternal || len(strings.Fields(words)) > bare {
		return words
	}
	help := advice[code]
	if help == "" {
		help = "Try again later."
	}
	if words = strings.TrimRight(strings.TrimSpace(words), ".!"); utf8.RuneCountInString(words) > 0 {
		words = "The server says: " + words + ". "
	}
	return words + "Nothing was changed. " + help
}
