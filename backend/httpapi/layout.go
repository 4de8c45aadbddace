package httpapi

import (
	"net/url"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Layout is where a server keeps its operations: the public documentation of
// the API has shown four arrangements over the years.
type Layout string

// The layouts, as contract.md, section 1, names them.
const (
	LayoutAuto Layout = "auto" // found out by asking; the same as ""
	LayoutV1a  Layout = "v1a"
	LayoutV1b  Layout = "v1b"
	LayoutV2   Layout = "v2"
	LayoutV3   Layout = "v3"
)

// check refuses a layout that there is not.
func (l Layout) check() error {
	switch l {
	case "", LayoutAuto, LayoutV1a, LayoutV1b, LayoutV2, LayoutV3:
		return nil
	}
	return backend.Errorf(backend.CodeInvalid, "There is no layout %q; use auto, v1a, v1b, v2 or v3.", string(l))
}

// bases are where a layout has its two roles.
type bases struct {
	layout         Layout
	query, command string
}

// arrangements are the prefixes of the roles on a server that answers on one host.
// v1b and v2 differ in what is there and not in where it is.
var arrangements = []bases{
	{LayoutV1b, prefixPlain, prefixPlain},
	{LayoutV2, prefixPlain, prefixPlain},
	{LayoutV1a, prefixDefault, prefixDefault},
	{LayoutV3, prefixQuery, prefixCommand},
}

// The hosts that PingHome has for each role, where it has two.
const queryHost, commandHost = "customer-query.", "customer-cmd."

// pinghomeHost is the domain whose hosts are known to follow the table.
const pinghomeHost = "api.pinghome.io"

// layoutsAt lists where the operations of a server may be: what its URL says
// already, the layout that was chosen, or every one that there is.
func layoutsAt(server *url.URL, chosen Layout) []bases {
	root := *server
	said := LayoutAuto
	root.Path = strings.TrimRight(root.Path, "/")
	for _, p := range []bases{arrangements[3], arrangements[2], arrangements[0]} { // the longer ones first
		for _, prefix := range []string{p.query, p.command} {
			if rest, has := strings.CutSuffix(root.Path, prefix); has && said == LayoutAuto {
				root.Path, said = rest, p.layout
			}
		}
	}
	if chosen == LayoutAuto || chosen == "" {
		chosen = said
	}
	var all []bases
	for _, p := range arrangements {
		wanted := chosen == p.layout || chosen == LayoutAuto && p.layout != LayoutV2 // its place is v1b's
		if wanted {
			all = append(all, placed(root, p))
		}
	}
	return all
}

// placed is one layout on one server, with the hosts that it has there.
func placed(root url.URL, p bases) bases {
	root.RawPath = ""
	query, command := root, root
	domain, hasRole := root.Host, false
	for _, prefix := range []string{queryHost, commandHost} {
		if rest, has := strings.CutPrefix(root.Host, prefix); has {
			domain, hasRole = rest, true
		}
	}
	switch isTwoHosts := p.layout != LayoutV3 && (hasRole || root.Hostname() == pinghomeHost); {
	case isTwoHosts:
		query.Host, command.Host = queryHost+domain, commandHost+domain
	case hasRole:
		query.Host, command.Host = domain, domain
	}
	query.Path += p.query
	command.Path += p.command
	return bases{p.layout, query.String(), command.String()}
}
