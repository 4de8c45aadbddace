package httpapi

import (
	"net/url"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Layout is where a server keeps its operations: the public documentation of
// the API has published four arrangements.
type Layout string

// The layouts. v1a is https://customer-query.api.pinghome.io/default/v1 and
// https://customer-cmd.api.pinghome.io/default/v1; v1b and v2 are the same with
// /v1; v3 is https://api.pinghome.io/customer-query/v1 and …/customer-cmd/v1.
const (
	LayoutAuto Layout = "auto" // found out by asking; the same as ""
	LayoutV1a  Layout = "v1a"
	LayoutV1b  Layout = "v1b"
	LayoutV2   Layout = "v2"
	LayoutV3   Layout = "v3"
)

// check refuses an unknown layout.
func (l Layout) check() error {
	switch l {
	case "", LayoutAuto, LayoutV1a, LayoutV1b, LayoutV2, LayoutV3:
		return nil
	}
	return backend.Errorf(backend.CodeInvalid, "There is no layout %q; use auto, v1a, v1b, v2 or v3.", string(l))
}

// bases are the base addresses of the two roles. In the table of layouts they
// are the paths alone.
type bases struct {
	layout         Layout
	query, command string
}

// layouts are the base paths on a server that has one host. v1b and v2 differ
// in which operations there are, and not in where they are.
var layouts = []bases{
	{LayoutV1b, prefixPlain, prefixPlain},
	{LayoutV2, prefixPlain, prefixPlain},
	{LayoutV1a, prefixDefault, prefixDefault},
	{LayoutV3, prefixQuery, prefixCommand},
}

// PingHome's hosts: one for each role, or pinghomeHost for both.
const queryHost, commandHost, pinghomeHost = "customer-query.", "customer-cmd.", "api.pinghome.io"

// Check finds what is wrong with the addresses and the layout. Error: invalid.
func (o ClientOptions) Check() error {
	_, err := o.candidates()
	return err
}

// candidates lists where the operations may be.
func (o ClientOptions) candidates() ([]bases, error) {
	if err := o.Layout.check(); err != nil {
		return nil, err
	}
	if o.Query == "" && o.Command == "" {
		server, err := parseAddress("The server's address", o.Server)
		if err != nil {
			return nil, err
		}
		return layoutsAt(server, o.Layout), nil
	}
	query, err := parseAddress("The query address", o.Query)
	if err != nil {
		return nil, err
	}
	command, err := parseAddress("The command address", o.Command)
	if err != nil {
		return nil, err
	}
	return []bases{{o.Layout, strings.TrimRight(query.String(), "/"), strings.TrimRight(command.String(), "/")}}, nil
}

// parseAddress parses an address; see backend.ServiceURL.
func parseAddress(what, address string) (*url.URL, error) {
	u, err := backend.ServiceURL(address, "token", "the token goes into a file")
	if err != nil {
		return nil, backend.Errorf(backend.CodeInvalid, "%s %v", what, err)
	}
	return u, nil
}

// layoutsAt lists the bases that a server may have. The layout is the chosen
// one, or the one that the path of the address ends with, or every layout.
func layoutsAt(server *url.URL, chosen Layout) []bases {
	root := *server
	inPath := LayoutAuto
	root.Path = strings.TrimRight(root.Path, "/")
	for _, l := range []bases{layouts[3], layouts[2], layouts[0]} { // longer paths first
		for _, prefix := range []string{l.query, l.command} {
			if rest, has := strings.CutSuffix(root.Path, prefix); has && inPath == LayoutAuto {
				root.Path, inPath = rest, l.layout
			}
		}
	}
	if chosen == LayoutAuto || chosen == "" {
		chosen = inPath
	}
	var all []bases
	for _, l := range layouts {
		isWanted := chosen == l.layout || chosen == LayoutAuto && l.layout != LayoutV2 // which is where v1b is
		if isWanted {
			all = append(all, basesAt(root, l))
		}
	}
	return all
}

// basesAt are the bases of one layout on one server, with a host for each role
// where the server has two.
func basesAt(root url.URL, l bases) bases {
	root.RawPath = ""
	query, command := root, root
	domain, namesRole := root.Host, false
	for _, prefix := range []string{queryHost, commandHost} {
		if rest, has := strings.CutPrefix(root.Host, prefix); has {
			domain, namesRole = rest, true
		}
	}
	switch hasTwoHosts := l.layout != LayoutV3 && (namesRole || root.Hostname() == pinghomeHost); {
	case hasTwoHosts:
		query.Host, command.Host = queryHost+domain, commandHost+domain
	case namesRole:
		query.Host, command.Host = domain, domain
	}
	query.Path += l.query
	command.Path += l.command
	return bases{l.layout, query.String(), command.String()}
}
