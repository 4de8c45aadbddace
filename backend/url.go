package backend

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// maxURL is in bytes and our own bound; common servers refuse request lines past 8,000.
const maxURL = 2000

var errLongURL = fmt.Errorf("A web address has at most %d characters.", maxURL)

// cleanURL returns a URL as RFC 3986 normalises it (6.2.2 and 6.2.3), so that one
// address has one spelling, and without its fragment, which is not sent. The query stays
// as it is, but for what has to be encoded (3.4): some receivers compare it byte by byte.
// A URL may stand between < and > (appendix C).
func cleanURL(value string, allowHTTP bool) (string, error) {
	u, err := parseURL(value)
	if err != nil {
		return value, err
	}
	switch { // url.Parse has put the scheme into lower case
	case u.User != nil:
		return value, errors.New("Leave out the user name and password before the @.")
	case u.Scheme != "https" && !(u.Scheme == "http" && allowHTTP):
		return value, errors.New("The address must start with https://.")
	}
	port, err := cleanPort(u)
	if err != nil {
		return value, err
	}
	host, err := CleanHost(u.Hostname())
	if err != nil {
		return value, err
	}
	clean := u.Scheme + "://" + HostInURL(host) + port + cleanPath(u.EscapedPath())
	if u.RawQuery != "" || u.ForceQuery {
		clean += "?" + encodeQuery(u.RawQuery)
	}
	if len(clean) > maxURL {
		return value, errLongURL
	}
	return clean, nil
}

// parseURL parses what was typed as a URL: absolute, and without its fragment.
func parseURL(value string) (*url.URL, error) {
	value = trimUnseen(value)
	if inside, isBracketed := strings.CutPrefix(value, "<"); isBracketed {
		value = trimUnseen(strings.TrimSuffix(inside, ">"))
	}
	value, _, _ = strings.Cut(value, "#")
	switch unseen, hasUnseen := unseenIn(value); {
	case value == "":
		return nil, errors.New("Type a web address, such as https://hooks.example.com/alerts.")
	case len(value) > maxURL:
		return nil, errLongURL
	case hasUnseen && unicode.IsSpace(unseen):
		return nil, errors.New("Remove the spaces from the address, or write %20 for them.")
	case hasUnseen:
		return nil, fmt.Errorf("Remove the invisible character U+%04X from the address.", unseen)
	}
	u, err := url.Parse(decodedHost(value))
	switch {
	case isStrayPercent(err):
		return nil, errors.New("Write %25 for a % that is not followed by two hexadecimal digits.")
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "":
		return nil, errors.New("Type a whole web address, such as https://hooks.example.com/alerts.")
	}
	return u, nil
}

// decodedHost is a URL with the escapes of letters, digits and their like in its host decoded
// (RFC 3986, 6.2.2.2), which url.Parse refuses.
func decodedHost(value string) string {
	scheme, rest, isWhole := strings.Cut(value, "://")
	end := len(rest)
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		end = i
	}
	if !isWhole || !strings.Contains(rest[:end], "%") {
		return value
	}
	var host strings.Builder
	for i := 0; i < end; i++ {
		c := rest[i]
		if n, isEscape := escapedAt(rest[:end], i); isEscape && strings.IndexByte(unreserved, n) >= 0 {
			c = n
			i += 2
		}
		host.WriteByte(c)
	}
	return scheme + "://" + host.String() + rest[end:]
}

// canonicalURL is the form in which URLs that cleanURL has returned are compared: with a
// query, too, that has one spelling (RFC 3986, 6.2.2).
func canonicalURL(clean string) string {
	before, query, hasQuery := strings.Cut(clean, "?")
	if !hasQuery {
		return clean
	}
	return before + "?" + cleanEscapes(query, "/?")
}

// HostInURL is a host, as CleanHost returns it, as it stands in a URL: an IPv6 address in
// brackets.
func HostInURL(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// isStrayPercent reports whether url.Parse refused a % that begins no escape. In hosts it
// refuses escapes, too.
func isStrayPercent(err error) bool {
	var stray url.EscapeError
	if !errors.As(err, &stray) {
		return false
	}
	_, isEscape := escapedAt(string(stray), 0)
	return !isEscape
}

// cleanPort returns the port with a colon before it, "" for the default one of the
// scheme.
func cleanPort(u *url.URL) (string, error) {
	port := u.Port()
	n, err := strconv.ParseUint(port, 10, 16)
	switch {
	case port != "" && (err != nil || n == 0):
		return "", errors.New("A port is a number from 1 to 65535; leave it out for the usual one.")
	case port == "", u.Scheme == "https" && n == 443, u.Scheme == "http" && n == 80:
		return "", nil
	}
	return ":" + strconv.FormatUint(n, 10), nil
}

// cleanPath removes the segments . and .. (RFC 3986, 5.2.4); no path is /.
func cleanPath(escaped string) string {
	segments := strings.Split(strings.TrimPrefix(cleanEscapes(escaped, "/"), "/"), "/")
	var kept []string
	for i, segment := range segments {
		isLast := i == len(segments)-1
		switch segment {
		case ".", "..":
			if segment == ".." && len(kept) > 0 {
				kept = slices.Delete(kept, len(kept)-1, len(kept))
			}
			if isLast { // what is left is a folder
				kept = append(kept, "")
			}
		default:
			kept = append(kept, segment)
		}
	}
	return "/" + strings.Join(kept, "/")
}

const (
	unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	subDelims  = "!$&'()*+,;="
)

// cleanEscapes decodes what need not be encoded, encodes what has to be (all but the
// characters of a segment and those of also), and writes the others in upper case.
func cleanEscapes(s, also string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch n, isEscape := escapedAt(s, i); {
		case isEscape && strings.IndexByte(unreserved, n) >= 0:
			b.WriteByte(n)
			i += 2
		case isEscape:
			fmt.Fprintf(&b, "%%%02X", n)
			i += 2
		default:
			encode(&b, s[i], also)
		}
	}
	return b.String()
}

// encodeQuery encodes what a query cannot have (RFC 3986, 3.4), and leaves the rest.
func encodeQuery(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if _, isEscape := escapedAt(s, i); isEscape {
			b.WriteByte('%')
		} else {
			encode(&b, s[i], "/?")
		}
	}
	return b.String()
}

// escapedAt returns the byte that the three characters at a place in s stand for.
func escapedAt(s string, i int) (n byte, isEscape bool) {
	if i+2 >= len(s) || s[i] != '%' {
		return 0, false
	}
	parsed, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
	return byte(parsed), err == nil
}

// encode writes a byte, encoded unless it is a character of a segment or of also.
func encode(b *strings.Builder, c byte, also string) {
	if strings.IndexByte(unreserved+subDelims+":@"+also, c) >= 0 {
		b.WriteByte(c)
	} else {
		fmt.Fprintf(b, "%%%02X", c)
	}
}
