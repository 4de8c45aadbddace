package postgres

import (
	"cmp"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/account-settings/pinghome/backend"
)

// Address names a PostgreSQL database, with what libpq's environment adds to a text: PGHOST and the
// other variables, the service file and the password file. It prints itself without the password.
type Address struct {
	text   string // as it was given
	config *pgxpool.Config
}

// IsAddress reports whether a text names a PostgreSQL database, and not a file.
func IsAddress(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	return strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
}

// ParseAddress reads postgres://user@host/database, of which everything after // may be left out.
// Several hosts stand with commas between them. Errors: invalid, without the text, which may have the
// password in it.
func ParseAddress(text string) (Address, error) {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(text), "://")
	a := Address{text: strings.ToLower(scheme) + "://" + rest}
	if beforeHost(rest) < strings.LastIndexByte(rest, '@') {
		return Address{}, misplacedSign()
	}
	var err error
	if a.config, err = parse(a.text); err != nil {
		return Address{}, err
	}
	for _, h := range a.Hosts() {
		if !h.IsSocket() && strings.ContainsRune(h.Name, '@') {
			return Address{}, misplacedSign()
		}
	}
	return a, nil
}

// beforeHost is where the @ stands that ends user and password in what follows ://, -1 for none. A second one, or
// one behind a / or ?, would make a part of the password the host, the database or a parameter.
func beforeHost(rest string) int {
	at := strings.IndexByte(rest, '@')
	if strings.ContainsAny(rest[:max(at, 0)], "/?#") {
		return -1
	}
	return at
}

// misplacedSign is the error of an address of which the server would be told, and sentences would show, a
// part of the password.
func misplacedSign() error {
	return backend.Errorf(backend.CodeInvalid, "This address of a PostgreSQL database has an @ where none can be. Write @ in a name or a password as %%40, / as %%2F and ? as %%3F.")
}

// parse reads an address as libpq has it.
func parse(text string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(text)
	var file *fs.PathError
	switch {
	case err == nil:
		return config, nil
	case errors.As(err, &file):
		return nil, backend.Errorf(backend.CodeInvalid, "The address of the PostgreSQL database names the file %s, which cannot be read: %v.", file.Path, file.Err)
	}
	if err := wrongValue(text); err != nil {
		return nil, err
	}
	if strings.Contains(text, "service=") || os.Getenv("PGSERVICE") != "" {
		return nil, backend.Errorf(backend.CodeInvalid, "The address of the PostgreSQL database, or the service that it or PGSERVICE names, cannot be used. Look into the service file (PGSERVICEFILE, or ~/.pg_service.conf).")
	}
	return nil, backend.Errorf(backend.CodeInvalid, "This is no address of a PostgreSQL database. Write postgres://user@host/database; "+
		"a sign such as @, / or : in a name or a password is written %%40, %%2F or %%3A. The variables PGHOST, PGUSER and the like count, too.")
}

// HasPassword reports whether a password stands in the text itself.
func (a Address) HasPassword() bool { return HasPassword(a.text) }

// HasPassword reports whether a password stands in a text that may be an address, also one that is
// mistyped.
func HasPassword(text string) bool {
	_, rest, isAddress := strings.Cut(text, "://")
	if !isAddress {
		return false
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 && strings.Contains(rest[:i], ":") {
		return true
	}
	_, query, _ := strings.Cut(rest, "?")
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(name); err != nil || slices.Contains([]string{"password", "sslpassword"}, strings.ToLower(name)) {
			return true
		}
	}
	return false
}

// Whole is the address with its password, for Open and Create.
func (a Address) Whole() string { return a.text }

// Database is the name of the database: the user's, where none is named.
func (a Address) Database() string {
	return cmp.Or(a.config.ConnConfig.Database, a.config.ConnConfig.User)
}

// Schema is the search path that the address or PGOPTIONS sets, "" for the usual one.
func (a Address) Schema() string { return schemaOf(a.config) }

// Hosts are the hosts that are tried, each once and in their order.
func (a Address) Hosts() []Host { return hostsOf(a.config) }

// String is the address in sentences: user, hosts, database and schema. The same database has the same
// one, whether a URL or variables name it.
func (a Address) String() string { return shown(a.config) }

// GoString is String: no way of printing an address has the password.
func (a Address) GoString() string { return a.String() }

// shown is the address of a configuration without its password.
func shown(c *pgxpool.Config) string {
	query := url.Values{}
	hosts := hostsOf(c)
	where := shownHosts(hosts)
	if hosts[0].IsSocket() {
		query.Set("host", where)
		if port := hosts[0].Port; port != UsualPort {
			query.Set("port", strconv.Itoa(int(port)))
		}
		where = ""
	}
	if schema := schemaOf(c); schema != "" {
		query.Set("search_path", schema)
	}
	database := "/" + cmp.Or(c.ConnConfig.Database, c.ConnConfig.User)
	u := url.URL{Scheme: "postgres", User: url.User(c.ConnConfig.User), Host: where,
		Path: database, RawPath: "/" + url.PathEscape(database[1:])}
	text := u.String()
	if len(query) > 0 {
		text += "?" + strings.ReplaceAll(query.Encode(), "%2F", "/")
	}
	return text
}

// UsualPort is left out where hosts are shown.
const UsualPort = 5432

// Host is a server in an address.
type Host struct {
	Name string // in small letters, or the folder of a socket of this machine
	Port uint16
}

// IsSocket reports whether it is reached by a socket of this machine.
func (h Host) IsSocket() bool { return strings.HasPrefix(h.Name, "/") }

// String is the host as in an address, with a port that is not the usual one; of a socket, the folder alone.
func (h Host) String() string {
	if h.IsSocket() || h.Port == UsualPort {
		return bracketed(h.Name)
	}
	return bracketed(h.Name) + ":" + strconv.Itoa(int(h.Port))
}

// bracketed is the name of a host as it stands before a port.
func bracketed(name string) string {
	if strings.Contains(name, ":") && !strings.HasPrefix(name, "/") {
		return "[" + name + "]"
	}
	return name
}

// hostsOf are the hosts of a configuration in their order, each once.
func hostsOf(c *pgxpool.Config) (hosts []Host) {
	add := func(name string, port uint16) {
		host := hostOf(name, port)
		if !slices.Contains(hosts, host) { // with TLS and without it
			hosts = append(hosts, host)
		}
	}
	add(c.ConnConfig.Host, c.ConnConfig.Port)
	for _, f := range c.ConnConfig.Fallbacks {
		add(f.Host, f.Port)
	}
	return hosts
}

func hostOf(name string, port uint16) Host {
	host := Host{name, port}
	if !host.IsSocket() {
		host.Name = strings.ToLower(name)
	}
	return host
}

// shownHosts are hosts in a sentence or an address.
func shownHosts(hosts []Host) string {
	var list []string
	for _, h := range hosts {
		list = append(list, h.String())
	}
	return strings.Join(list, ",")
}
