package postgres

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Server is what Examine finds out.
type Server struct {
	Version  string // such as "15.20"
	Encoding string
	Ahead    time.Duration // of the database's clock, over this machine's
	// IsStandby: it takes no changes.
	IsStandby bool
	// IsSynced, Commit and Standbys are the settings fsync, synchronous_commit and
	// synchronous_standby_names.
	IsSynced         bool
	Commit, Standbys string
	// Attached is how many standbys there are, Synchronous for how many of them changes wait. MaySee: the
	// role may know that.
	Attached, Synchronous int
	MaySee                bool
	HasChecksums          bool // damage on the disk is found
	Role                  string
	// MayCreate: the role may make tables. IsOwner: it may change those that are there.
	MayCreate, IsOwner bool
	// Connections is how many the server takes of roles without privileges, Left how many are free, and
	// Most how many this process takes.
	Connections, Left, Most int
	// Host is the address of the server that has answered, "" where that is this machine. TLS is the
	// version of TLS to it, such as "TLS 1.3", "" where the connection is not encrypted.
	Host, TLS string
	// IsVerified: the certificate of the server is checked, so that no other one can take its place.
	IsVerified bool
	// Primaries are the servers of an address with several that take changes now. The first has answered
	// here; further ones are old primaries that were started again. It is nil for an address with one.
	Primaries []Host
	// Silent are those of such an address that cannot be asked now.
	Silent []Host
}

const selectFacts = `SELECT current_setting('server_version'), current_setting('server_encoding'), pg_is_in_recovery(),
 current_setting('fsync') = 'on', current_setting('synchronous_commit'), current_setting('synchronous_standby_names'), current_setting('data_checksums') = 'on',
 current_user::text, COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false),
 COALESCE((SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = to_regclass('customers')), false),
 current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
 (SELECT COALESCE(SUM(numbackends), 0)::int FROM pg_stat_database)`

const selectStandbys = `SELECT COUNT(*), COUNT(*) FILTER (WHERE sync_state IN ('sync', 'quorum')), COUNT(*) = COUNT(sync_state) FROM pg_stat_replication`

// Examine looks at the server of an open database, and changes nothing. Errors: unavailable, busy.
func (s *Store) Examine(ctx context.Context) (f Server, err error) {
	used := 0
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return f, s.atStart(s.translate(ctx, err))
	}
	defer conn.Release()
	f.Host, f.TLS = reached(conn.Conn().PgConn().Conn())
	encrypted := s.pool.Config().ConnConfig.TLSConfig
	f.IsVerified = encrypted != nil && (!encrypted.InsecureSkipVerify || encrypted.VerifyPeerCertificate != nil) // verify-full, or verify-ca
	err = conn.QueryRow(ctx, selectFacts).Scan(&f.Version, &f.Encoding, &f.IsStandby, &f.IsSynced, &f.Commit, &f.Standbys, &f.HasChecksums,
		&f.Role, &f.MayCreate, &f.IsOwner, &f.Connections, &used)
	if err == nil {
		err = conn.QueryRow(ctx, selectStandbys).Scan(&f.Attached, &f.Synchronous, &f.MaySee)
	}
	if err != nil {
		return f, s.atStart(s.translate(ctx, err))
	}
	f.Primaries, f.Silent = s.primaries(ctx)
	f.Ahead, f.Left, f.Most = s.Ahead(), max(0, f.Connections-used), int(s.pool.Config().MaxConns)
	return f, nil
}

const selectRights = `SELECT bool_and(has_table_privilege(name, 'INSERT') AND has_table_privilege(name, 'UPDATE') AND has_table_privilege(name, 'DELETE'))
 FROM unnest(ARRAY['customers', 'channels', 'messages', 'facts']) AS name`

// MayChange reports whether the role may change what is in the tables, and not only read it.
func (s *Store) MayChange(ctx context.Context) (may bool, err error) {
	err = s.pool.QueryRow(ctx, selectRights).Scan(&may)
	return may, s.translate(ctx, err)
}

// reached is the other end of a connection, as Server has it. The connection itself is asked, and not the database:
// where a pooler is between, the database sees another one.
func reached(c net.Conn) (host, version string) {
	if encrypted, is := c.(*tls.Conn); is {
		version = tls.VersionName(encrypted.ConnectionState().Version)
	}
	host, _, err := net.SplitHostPort(c.RemoteAddr().String())
	if err != nil || c.RemoteAddr().Network() == "unix" || backend.IsThisMachine(host) {
		return "", version
	}
	return host, version
}
