package postgres

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// maxConnections is how many connections a server has at most, where the address does not say
// pool_max_conns. More do not make a primary with a few cores quicker, and PostgreSQL has 100 for all
// by default.
const maxConnections = 16

// connectTimeout is how long one host may take to answer, where the address does not say
// connect_timeout.
const connectTimeout = 2 * time.Second

// pingTimeout is how long a connection that was idle for a second may take to answer before another one
// is taken: the machine of the primary may be gone without a word.
const pingTimeout = time.Second

// connect returns a pool of connections to a database, without asking it for anything. Its address is
// as libpq has it: a URL, or words such as host=…; what is missing is taken from PGHOST and the other
// variables, from the service file and from the password file.
func connect(ctx context.Context, address string, o Options) (*Store, error) {
	config, err := parse(address)
	if err != nil {
		return nil, err
	}
	s := &Store{name: nameOf(config.ConnConfig), options: o.withDefaults()}
	s.complete(config, address)
	s.hasSeveralHosts = len(hostsOf(config)) > 1
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, s.translate(ctx, err)
	}
	return s, nil
}

// complete sets what the address leaves open.
func (s *Store) complete(c *pgxpool.Config, address string) {
	plain, err := pgx.ParseConfig(address)
	if _, isSet := plain.RuntimeParams["pool_max_conns"]; err == nil && !isSet {
		c.MaxConns = cmp.Or(s.options.Connections, maxConnections)
	}
	if c.ConnConfig.ConnectTimeout == 0 {
		c.ConnConfig.ConnectTimeout = connectTimeout
	}
	c.ConnConfig.ValidateConnect = s.checkPrimary
	c.PrepareConn = s.isUsable
	c.PingTimeout = pingTimeout
	c.ConnConfig.OnNotice = noteWarning
	settings := c.ConnConfig.RuntimeParams
	for name, value := range sessionSettings {
		if _, isSet := settings[name]; !isSet {
			settings[name] = value
		}
	}
	settings[nameSetting] = strings.TrimRight(program+" "+settings[nameSetting], " ")
}

// Connections are told from those of other programs by the first word of their name. The address, or
// PGAPPNAME, adds further words to it.
const (
	nameSetting = "application_name"
	program     = "pinghome"
)

// sessionSettings let the database end the transaction of a process that is gone without a word, whose
// account would stay locked: milliseconds without a statement, and seconds and tries of TCP.
var sessionSettings = map[string]string{
	"idle_in_transaction_session_timeout": "10000",
	"tcp_keepalives_idle":                 "5",
	"tcp_keepalives_interval":             "2",
	"tcp_keepalives_count":                "3",
}

// pooledSettings are those that a pooler does not know, with commas between them.
func pooledSettings() string {
	return strings.Join(slices.Sorted(maps.Keys(sessionSettings)), ",")
}

// nameOf is what a database is called in sentences, which strangers may see: without its host and
// the user.
func nameOf(c *pgx.ConnConfig) string { return "PostgreSQL database " + c.Database }
