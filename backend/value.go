package backend

import (
	"errors"
	"fmt"
	"net"
	"strings"
)

// cleaners has the cleaner of each type's values. allowHTTP lets http:// through.
var cleaners = map[ChannelType]func(value string, allowHTTP bool) (string, error){
	TypeEmail:   func(value string, _ bool) (string, error) { return CleanEmail(value) },
	TypeSMS:     func(value string, _ bool) (string, error) { return cleanPhone(value) },
	TypePush:    cleanURL,
	TypeWebhook: cleanURL,
}

// CleanValue brings a channel's value into the normal form of its type, or says
// what is wrong with it: an address as CleanEmail returns it, a number in E.164,
// or an absolute https:// URL without user info, normalised as RFC 3986 says. allowHTTP lets http:// through,
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

// E.164 allows 15 digits (ITU-T E.164, 6.2); the shortest international numbers in use, with country code, have 7.
const minPhone, maxPhone = 7, 15

func cleanPhone(value string) (string, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return value, errors.New("Type a phone number with its country code, such as +994551234567.")
	}
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "-", "", "\u2011", "", "(", "", ")", "", "[", "", "]", "", ".", "", "/", "").Replace(value)
	digits, hasPlus := strings.CutPrefix(digits, "+")
	if !hasPlus {
		digits, hasPlus = strings.CutPrefix(digits, "00")
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return value, fmt.Errorf("A phone number has only digits after the +; remove %q.", r)
		}
	}
	switch n := len(digits); {
	case !hasPlus:
		return value, errors.New("Start with + and the country code, such as +994551234567.")
	case strings.HasPrefix(digits, "0"):
		return value, errors.New("A country code does not start with 0; write +994 and not +0994.")
	case n < minPhone:
		return value, fmt.Errorf("This number is too short: %s after the +, at least %d are needed.", plural(n, "digit"), minPhone)
	case n > maxPhone:
		return value, fmt.Errorf("This number is too long: %s after the +, at most %d are possible.", plural(n, "digit"), maxPhone)
	}
	return "+" + digits, nil
}

// IsThisMachine reports whether a host, as an address has it (without port and
// brackets), is this machine: localhost or a loopback IP. Plain HTTP to it
// crosses no network.
func IsThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
