package backend

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxURL is in bytes and our own bound; common servers refuse request lines past 8,000.
const maxURL = 2000

var errLongURL = fmt.Errorf("A web address has at most %d characters.", maxURL)

// cleanURL returns a URL as RFC 3986 normalises it (6.2.2 and 6.2.3), so that one
// address has one spelling, and without its fragment, which is not sent.
func cleanURL(value string, allowHTTP bool) (string, error) {
	value = strings.TrimSpace(value)
	switch {
	case value == "":
		return value, errors.New("Type a web address, such as https://hooks.example.com/alerts.")
	case len(value) > maxURL:
		return value, errLongURL
	case hasInvisible(value):
		return value, errors.New("Remove the spaces and invisible characters from the address.")
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "" {
		return value, errors.New("Type a whole web address, such as https://hooks.example.com/alerts.")
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
	host, err := cleanHost(u.Hostname())
	if err != nil {
		return value, err
	}
	clean := u.Scheme + "://" + host + port + cleanPath(u.EscapedPath())
	if u.RawQuery != "" || u.ForceQuery {
		clean += "?" + cleanEscapes(u.RawQuery, "/?")
	}
	if len(clean) > maxURL {
		return value, errLongURL
	}
	return clean, nil
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

// cleanHost returns a host, without brackets, as it stands in a URL: an IPv6 address
// as RFC 5952 writes it, in brackets, or a name as lower-case A-labels without the dot
// of the root at its end.
func cleanHost(host string) (string, error) {
	if strings.Contains(host, ":") {
		address, err := netip.ParseAddr(host)
		if err != nil {
			return "", errors.New("The address between the brackets is not an IPv6 address, such as [2001:db8::1].")
		}
		return (&url.URL{Host: "[" + address.String() + "]"}).String()[len("//"):], nil
	}
	name, err := asciiDomain(host)
	name = strings.TrimSuffix(name, ".")
	isName := err == nil && !slices.Contains(strings.Split(name, "."), "") && cleanEscapes(name, "") == name
	if !isName {
		return "", errors.New("The host of this address is not a name, such as hooks.example.com.")
	}
	return name, nil
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
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i += 2
				if strings.IndexByte(unreserved, byte(n)) >= 0 {
					b.WriteByte(byte(n))
				} else {
					fmt.Fprintf(&b, "%%%02X", n)
				}
				continue
			}
		}
		if strings.IndexByte(unreserved+subDelims+":@"+also, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
