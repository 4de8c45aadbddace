package backend

import (
	"strings"
	"testing"
)

// TestServiceURL: a server in any spelling is one, and one that cannot be is refused.
func TestServiceURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://api.example.org":         "https://api.example.org",
		"HTTPS://API.Example.ORG:443/v1/": "https://api.example.org/v1",
		"https://bücher.example:8443":     "https://xn--bcher-kva.example:8443",
		"http://LOCALHOST.:013013/":       "http://localhost:13013",
		"http://[0:0:0:0:0:0:0:1]:80":     "http://[::1]",
		"https://h..example":              "! cannot be used. The host",
		"https://0x7f.1":                  "! cannot be used. Write the host",
		"https://.":                       "! cannot be used. ",
		"https://h.example:0":             "! cannot be used. A port is a number",
		"https://h.example:99999":         "! cannot be used. A port is a number",
		"http://h.example":                "! must start with https://: plain http would show the token",
		"http://a.localhost":              "! must start with https://",
		"ftp://h.example":                 "! must start with https://.",
		"https://u:p@h.example":           "! must not have a user name or password in it; it goes into a file.",
		"https://h.example?x":             "! must end with its path",
		"h.example":                       "! is not a whole web address",
		"":                                "! is not a whole web address",
	} {
		u, err := ServiceURL(address, "token", "it goes into a file")
		why, isRefused := strings.CutPrefix(want, "!")
		switch {
		case isRefused && (err == nil || !strings.Contains(" "+err.Error(), why)):
			t.Errorf("%q: %v, want%s", address, err, why)
		case !isRefused && (err != nil || u.String() != want):
			t.Errorf("%q is %v, %v, want %s", address, u, err, want)
		}
	}
}
