package backend

import (
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/backend/phone"
)

// trimUnseen removes what cannot be seen from both ends of a text.
func trimUnseen(s string) string { return strings.TrimFunc(s, phone.IsUnseen) }

// unseenIn returns the first character of a text that cannot be seen or is a control
// character.
func unseenIn(s string) (rune, bool) {
	for _, r := range s {
		if phone.IsUnseen(r) || unicode.IsControl(r) {
			return r, true
		}
	}
	return 0, false
}
