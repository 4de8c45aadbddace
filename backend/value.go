package backend

import (
	"github.com/account-settings/pinghome/backend/phone"
)

// cleaners has the cleaner of each type's values. allowHTTP lets http:// through.
var cleaners = map[ChannelType]func(value string, allowHTTP bool) (string, error){
	TypeEmail:   func(value string, _ bool) (string, error) { return CleanEmail(value) },
	TypeSMS:     func(value string, _ bool) (string, error) { return phone.Clean(value) },
	TypePush:    cleanURL,
	TypeWebhook: cleanURL,
}

// CleanValue brings a channel's value into the normal form of its type, or says
// what is wrong with it: an address as CleanEmail returns it, a number in E.164 as
// phone.Clean returns it, or an absolute https:// URL without user info, normalised as RFC 3986 says. allowHTTP lets http:// through,
// too, for a caller that checks by itself where plain HTTP may go. The error is a
// sentence for the person; a value of an unknown type gets that of CleanType.
func CleanValue(t ChannelType, value string, allowHTTP bool) (string, error) {
	clean, found := cleaners[t]
	if !found {
		_, err := CleanType(t)
		return value, err
	}
	return clean(value, allowHTTP)
}
