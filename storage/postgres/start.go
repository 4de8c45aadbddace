package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/account-settings/pinghome/backend"
)

// ErrNoDatabase is in the error of Open and Create where the server has no database of that name.
var ErrNoDatabase = errors.New("no such database")

// More codes of errors, SQLSTATE, which an operator sees at the start.
const (
	wrongPassword         = "28P01"
	invalidAuthorization  = "28000"
	invalidCatalogName    = "3D000"
	invalidSchemaName     = "3F000"
	insufficientPrivilege = "42501"
	cannotConnectNow      = "57P03"
	protocolViolation     = "08P01" // PgBouncer's, about a parameter that it does not know
	undefinedObject       = "42704" // such as a parameter of that name
	invalidParameter      = "22023"
	unchangeableParameter = "55P02"
)

// undefinedSettings are the codes about settings that the address or PGOPTIONS names.
var undefinedSettings = []string{undefinedObject, invalidParameter, unchangeableParameter}

// unknownRoleRoutine is the function of the server that refuses a role that there is not. Its error has the
// same code as that of a line that is missing in pg_hba.conf, and the text is in any language.
const unknownRoleRoutine = "InitializeSessionUserId"

// refusedTLS is the whole text of pgx's error for a server without TLS, which has no type of its own.
const refusedTLS = "server refused TLS connection"

// atStart gives an error of Open and Create the sentence for the operator who starts the program: it names
// hosts and user, and says what to do. Errors of later transactions never do, since strangers see them.
func (s *Store) atStart(err error) error {
	var known *backend.Error
	if err == nil || !errors.As(err, &known) || known.Err == nil {
		return err
	}
	c := s.pool.Config()
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	what := startSentence{where: shown(c), hosts: strings.ReplaceAll(shownHosts(hostsOf(c)), ",", ", "), user: c.ConnConfig.User, config: c}
	var notDurable *notDurableError
	switch isConnecting := errors.As(err, &connect); {
	case errors.As(err, &notDurable):
		return what.fail(known, backend.CodeUnavailable, "%s", known.Message)
	case errors.As(err, &pg):
		return what.refused(known, pg, isConnecting)
	case isConnecting:
		return what.unreached(known, connect)
	case errors.Is(err, context.DeadlineExceeded):
		return what.fail(known, backend.CodeBusy, "%s did not answer in time. Look whether the server is well, and try again.", what.where)
	}
	return err
}

// startSentence makes the sentences of atStart.
type startSentence struct {
	where, hosts, user string
	config             *pgxpool.Config
}

func (s startSentence) fail(because *backend.Error, code backend.Code, format string, args ...any) error {
	return &backend.Error{Code: code, Message: fmt.Sprintf(format, args...), RetryAfter: because.RetryAfter, Err: because.Err}
}

// unreached is the error where no server has answered as one of PostgreSQL.
func (s startSentence) unreached(known *backend.Error, err *pgconn.ConnectError) error {
	var unknownHost *net.DNSError
	var authority x509.UnknownAuthorityError
	var otherName x509.HostnameError
	var invalid x509.CertificateInvalidError
	var header tls.RecordHeaderError
	switch {
	case errors.Is(err, errReadOnlyServer) && strings.Contains(s.hosts, ", "): // until one is promoted
		return s.fail(known, backend.CodeBusy, "None of %s takes changes: there is no primary now, or it does not answer. Promote the standby, or see why what does that (such as Patroni) has not.", s.hosts)
	case errors.Is(err, errReadOnlyServer):
		return s.fail(known, backend.CodeUnavailable, "%s takes no changes: it is a standby, or set to read only. Name the primary as well, with a comma between the hosts, or promote the standby.", s.where)
	case errors.As(err, &authority):
		return s.fail(known, backend.CodeUnavailable, "The certificate of %s is from an authority that is not known here. Name the file with the certificate of that authority by sslrootcert in the address, or PGSSLROOTCERT.", s.hosts)
	case errors.As(err, &otherName):
		return s.fail(known, backend.CodeUnavailable, "The certificate of %s is for another name (%v). Name the server as in its certificate, or give it the right one.", s.hosts, otherName)
	case errors.As(err, &invalid):
		return s.fail(known, backend.CodeUnavailable, "The certificate of %s cannot be used (%v). Give the server a valid one.", s.hosts, invalid)
	case s.wantsTLS() && (errors.As(err, &header) || strings.Contains(err.Error(), refusedTLS)):
		return s.fail(known, backend.CodeUnavailable, "%s speaks no TLS, and the address asks for it. Turn on ssl in postgresql.conf there, or write sslmode=disable in the address where the network is yours alone.", s.hosts)
	case errors.As(err, &unknownHost):
		return s.fail(known, backend.CodeUnavailable, "There is no host of the name %s (%s). Correct the address, or the name server.", unknownHost.Name, s.where)
	case errors.Is(err, syscall.ENOENT):
		return s.fail(known, backend.CodeBusy, "There is no socket of a PostgreSQL server in %s. Start it, or name a host in the address or by PGHOST.", s.hosts)
	case errors.Is(err, syscall.ECONNREFUSED):
		return s.fail(known, backend.CodeBusy, "No server listens at %s. Start PostgreSQL there, or correct the address.", s.hosts)
	case errors.Is(err, syscall.EACCES):
		return s.fail(known, backend.CodeUnavailable, "You may not use the socket in %s. Correct its permissions, or name a host.", s.hosts)
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return s.fail(known, backend.CodeBusy, "%s did not answer within %s a host. Look whether the server runs, and whether a firewall is between; connect_timeout in the address waits longer.", s.hosts, s.config.ConnConfig.ConnectTimeout)
	}
	return s.fail(known, known.Code, "%s cannot be reached: %v. Look whether that is a PostgreSQL server, and try again.", s.where, strings.ReplaceAll(errors.Unwrap(err).Error(), "\n", "; "))
}

// wantsTLS reports whether every host is asked for TLS, and not only tried with it first.
func (s startSentence) wantsTLS() bool {
	return s.config.ConnConfig.TLSConfig != nil &&
		!slices.ContainsFunc(s.config.ConnConfig.Fallbacks, func(f *pgconn.FallbackConfig) bool { return f.TLSConfig == nil })
}

func isTimeout(err error) bool {
	var network net.Error
	return errors.As(err, &network) && network.Timeout()
}

// refused is the error where the server has answered with one.
func (s startSentence) refused(known *backend.Error, pg *pgconn.PgError, isConnecting bool) error {
	database := s.config.ConnConfig.Database
	switch {
	case pg.Code == wrongPassword && s.config.ConnConfig.Password == "":
		return s.fail(known, backend.CodeUnavailable, "%s wants a password of the role %s, and none is given. Put it into the password file (PGPASSFILE, or ~/.pgpass), PGPASSWORD or PINGHOME_DB.", s.hosts, s.user)
	case pg.Code == wrongPassword:
		return s.fail(known, backend.CodeUnavailable, "%s refuses the password of the role %s, or has no such role. Correct the one in the password file (PGPASSFILE, or ~/.pgpass), PGPASSWORD or PINGHOME_DB.", s.hosts, s.user)
	case pg.Code == invalidAuthorization && pg.Routine == unknownRoleRoutine:
		return s.fail(known, backend.CodeUnavailable, "There is no role %s at %s that may log in. Make it there (CREATE ROLE %[1]s LOGIN), or name another in the address or by PGUSER.", s.user, s.hosts)
	case pg.Code == invalidAuthorization:
		return s.fail(known, backend.CodeUnavailable, "%s does not let the role %s in: %s. Add a line for it to pg_hba.conf there, or correct the address.", s.hosts, s.user, pg.Message)
	case pg.Code == invalidCatalogName:
		err := &backend.Error{Code: backend.CodeUnavailable, Err: errors.Join(ErrNoDatabase, known.Err),
			Message: fmt.Sprintf("There is no database %s at %s. Make it there (createdb --encoding UTF8 --template template0 --owner %s %[1]s), or correct the address.", database, s.hosts, s.user)}
		return err
	case pg.Code == insufficientPrivilege && isConnecting:
		return s.fail(known, backend.CodeUnavailable, "The role %s may not connect to the database %s at %s. Let it (GRANT CONNECT ON DATABASE %[2]s TO %[1]s).", s.user, database, s.hosts)
	case pg.Code == insufficientPrivilege:
		return s.fail(known, backend.CodeUnavailable, "The role %s may not do this in the database %s: %s. Make it the owner of the tables that are there (ALTER TABLE … OWNER TO %[1]s, or REASSIGN OWNED); where there are none yet, let it make them (GRANT CREATE, USAGE ON SCHEMA … TO %[1]s). Nothing was changed.", s.user, database, pg.Message)
	case pg.Code == invalidSchemaName:
		return s.fail(known, backend.CodeUnavailable, "The schema %s that the search path names is not in the database %s. Make it (CREATE SCHEMA), or leave search_path out.", schemaOf(s.config), database)
	case pg.Code == tooManyConnections:
		return s.fail(known, backend.CodeBusy, "%s has no connection left for the role %s. Raise max_connections there, or let every program take fewer by pool_max_conns in the address.", s.hosts, s.user)
	case pg.Code == cannotConnectNow:
		return s.fail(known, backend.CodeBusy, "%s takes no connections yet: %s. Try again in a moment.", s.hosts, pg.Message)
	case pg.Code == notInState && isConnecting:
		return s.fail(known, known.Code, "%s refuses the connection: %s. Where that was set for the database, let it take some again (ALTER DATABASE %s ALLOW_CONNECTIONS true).", s.hosts, pg.Message, database)
	case slices.Contains(undefinedSettings, pg.Code) && isConnecting:
		return s.fail(known, backend.CodeUnavailable, "%s does not take a setting that the address or PGOPTIONS names: %s. Correct it, or leave it out.", s.hosts, pg.Message)
	case pg.Code == protocolViolation && isConnecting:
		return s.fail(known, known.Code, "%s refuses the connection: %s. Where that is PgBouncer, it needs ignore_startup_parameters = %s, "+
			"and the address default_query_exec_mode=exec.", s.where, pg.Message, pooledSettings())
	case isConnecting:
		return s.fail(known, known.Code, "%s refuses the connection: %s. Look into its log, and try again.", s.where, pg.Message)
	}
	return known
}
