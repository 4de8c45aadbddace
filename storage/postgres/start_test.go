//go:build unix

package postgres

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestAServerThatRefuses: the operator is told whom it does not let in, and what to do.
func TestAServerThatRefuses(t *testing.T) {
	for says, answer := range map[string]pgproto3.ErrorResponse{
		"wants a password of the role ada, and none is given. Put it into the password file": {Code: wrongPassword},
		"There is no role ada at":          {Code: invalidAuthorization, Routine: unknownRoleRoutine},
		"in: no line for it. Add a line":   {Code: invalidAuthorization, Message: "no line for it"},
		"There is no database accounts at": {Code: invalidCatalogName},
		"The role ada may not connect to":  {Code: insufficientPrivilege},
		"has no connection left":           {Code: tooManyConnections},
		"not now. Where that was set for the database, let it take some again (ALTER DATABASE accounts ALLOW_CONNECTIONS true)": {Code: notInState, Message: "not now"},
		"refuses the connection: something. Look into its log":                                                                  {Code: "XX000", Message: "something"},
		"takes no connections yet: it starts":                                                                                   {Code: cannotConnectNow, Message: "it starts"},
		"refuses the connection: unsupported. Where that is PgBouncer, it needs ignore_startup_parameters = idle_in_transaction_session_timeout,tcp_keepalives_count,tcp_keepalives_idle,tcp_keepalives_interval, and": {Code: "08P01", Message: "unsupported"},
	} {
		address := answering(t, func(c net.Conn) {
			server := pgproto3.NewBackend(c, c)
			if _, err := server.ReceiveStartupMessage(); err == nil {
				server.Send(&answer)
				_ = server.Flush()
			}
		})
		_, err := Open(t.Context(), "postgres://ada@"+address+"/accounts?sslmode=disable", Options{})
		wantStart(t, err, says)
		if isMissing := errors.Is(err, ErrNoDatabase); isMissing != (answer.Code == invalidCatalogName) {
			t.Errorf("%v: the database is missing: %v", err, isMissing)
		}
	}
	_, err := Open(t.Context(), "postgres://ada:marked-pa55word@"+answering(t, func(c net.Conn) {
		server := pgproto3.NewBackend(c, c)
		_, _ = server.ReceiveStartupMessage()
		server.Send(&pgproto3.ErrorResponse{Code: wrongPassword, Message: "password authentication failed"})
		_ = server.Flush()
	})+"/accounts?sslmode=disable", Options{})
	wantStart(t, err, "refuses the password of the role ada, or has no such role. Correct the one")
}

// TestAServerThatIsNotReached, or is not the one that was meant.
func TestAServerThatIsNotReached(t *testing.T) {
	encrypted := httptest.NewTLSServer(nil)
	defer encrypted.Close()
	secured := answering(t, func(c net.Conn) {
		_, _ = c.Read(make([]byte, 8)) // asks for TLS
		_, _ = c.Write([]byte("S"))
		_ = tls.Server(c, encrypted.TLS).Handshake()
	})
	authority := filepath.Join(t.TempDir(), "authority.pem")
	must(t, os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: encrypted.Certificate().Raw}), 0o600))
	plain := answering(t, func(c net.Conn) {
		_, _ = c.Read(make([]byte, 8))
		_, _ = c.Write([]byte("N"))
	})
	_, port, _ := net.SplitHostPort(secured)
	for address, says := range map[string]string{
		"127.0.0.1:1/a":                  "No server listens at 127.0.0.1:1. Start PostgreSQL there",
		"127.0.0.1:1,127.0.0.1:2/a":      "No server listens at 127.0.0.1:1, 127.0.0.1:2.",
		"host.invalid/a":                 "There is no host of the name host.invalid (postgres://",
		"/a?host=/nowhere":               "There is no socket of a PostgreSQL server in /nowhere.",
		plain + "/a?sslmode=require":     plain + " speaks no TLS, and the address asks for it.",
		plain + "/a?sslmode=prefer":      "cannot be reached: ",
		secured + "/a?sslmode=verify-ca": "The certificate of " + secured + " is from an authority that is not known here. Name the file",
		"localhost:" + port + "/a?sslmode=verify-full&sslrootcert=" + authority: "is for another name",
	} {
		_, err := Open(t.Context(), "postgres://"+address, Options{})
		wantStart(t, err, says)
		wantStart(t, Create(t.Context(), "postgres://"+address, Options{}, nil), says)
	}
}

// TestADatabaseThatCannotBeUsed is left as it is.
func TestADatabaseThatCannotBeUsed(t *testing.T) {
	for name, c := range map[string]struct {
		prepare, address, says string
	}{
		"of another program":                      {"CREATE TABLE strange (a INT)", "", "belongs to another program; name another database."},
		"a standby":                               {"SELECT 1", "&default_transaction_read_only=on", "takes no changes: it is a standby, or set to read only. Name the primary as well"},
		"a standby, as asked for":                 {"SELECT 1", "&default_transaction_read_only=on&target_session_attrs=read-only", "takes no changes: it is a standby"},
		"a standby beside a primary that is gone": {"SELECT 1", ",/nowhere&default_transaction_read_only=on", "/nowhere takes changes: there is no primary now"},
		"no schema, as an option":                 {"SELECT 1", "&options=-csearch_path%3Dnowhere", "The schema nowhere that the search path names is not in the database"},
		"an unknown setting":                      {"SELECT 1", "&nosuch=1", "does not take a setting that the address or PGOPTIONS names: "},
		"no schema":                               {"SELECT 1", "&search_path=missing", "The schema missing that the search path names is not in the database"},
		"changes that are not on a disk":          {"SELECT 1", "&synchronous_commit=off", "The setting synchronous_commit of the database could let changes be lost"},
		"no word of a commit that did not wait":   {"SELECT 1", "&client_min_messages=error", "The setting client_min_messages of the database could let changes be lost"},
		"another clock": {"CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT pg_catalog.clock_timestamp() + interval '3 s' $$",
			"&search_path=public,pg_catalog", "differ by 3s; set them right"},
	} {
		t.Run(name, func(t *testing.T) {
			url := pgtest.Empty(t)
			s, err := connect(t.Context(), url, Options{})
			must(t, err)
			defer s.Close()
			_, err = s.pool.Exec(t.Context(), c.prepare)
			must(t, err)
			if _, err = Open(t.Context(), url+c.address, Options{}); backend.ErrorCode(err) == backend.CodeNotFound || err == nil { // it may be made
				err = Create(t.Context(), url+c.address, Options{}, nil)
			}
			wantStart(t, err, c.says)
			wantStart(t, Create(t.Context(), url+c.address, Options{}, nil), c.says)
		})
	}
}

// TestARoleThatMayNotCreate makes nothing; nor does one in a database whose encoding is another.
func TestARoleThatMayNotCreate(t *testing.T) {
	url := pgtest.Empty(t)
	s, err := connect(t.Context(), url, Options{})
	must(t, err)
	defer s.Close()
	for _, query := range []string{"CREATE ROLE weak LOGIN", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0"} {
		_, err = s.pool.Exec(t.Context(), query)
		must(t, err)
	}
	wantStart(t, Create(t.Context(), strings.Replace(url, "pinghome@", "weak@", 1), Options{}, nil), "The role weak may not do this in the database test_")
	_, err = Open(t.Context(), url, Options{})
	if backend.ErrorCode(err) != backend.CodeNotFound {
		t.Errorf("something was made: %v", err)
	}
	wantStart(t, Create(t.Context(), regexp.MustCompile(`/test_\d+\?`).ReplaceAllString(url, "/latin?"), Options{}, nil), "has the encoding LATIN1; make another (createdb --encoding UTF8")
	must(t, Create(t.Context(), url, Options{}, nil))
	_, err = Open(t.Context(), strings.Replace(url, "pinghome@", "weak@", 1), Options{})
	wantStart(t, err, "Make it the owner of the tables that are there (ALTER TABLE … OWNER TO weak")
}

// TestASchemaOfANewerProgram is not touched.
func TestASchemaOfANewerProgram(t *testing.T) {
	url := pgtest.Empty(t)
	must(t, Create(t.Context(), url, Options{}, nil))
	s := open(t, url)
	_, err := s.pool.Exec(t.Context(), insertMigration, len(known)+1, "later.sql", "hash", 0)
	must(t, err)
	_, err = Open(t.Context(), url, Options{})
	wantStart(t, err, "was made by a newer version of the program; use that one.")
}

// TestAStandbyIsOpenedForReading where no host takes changes.
func TestAStandbyIsOpenedForReading(t *testing.T) {
	url := pgtest.Empty(t)
	must(t, Create(t.Context(), url, Options{}, nil))
	s, err := Open(t.Context(), url+"&default_transaction_read_only=on", Options{ReadOnly: true})
	must(t, err)
	defer s.Close()
	if f, err := s.Examine(t.Context()); err != nil || f.Encoding != "UTF8" || !f.IsOwner || !f.MayCreate || !f.MaySee || f.Most < 1 || f.Left < 1 {
		t.Errorf("it is %+v, %v", f, err)
	}
}

// wantStart checks the sentence of an error of the start.
func wantStart(t *testing.T, err error, says string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("it says %v, and not %q", err, says)
	}
	if code := backend.ErrorCode(err); code == backend.CodeInternal || code == backend.CodeNotFound {
		t.Errorf("%v has the code %s", err, code)
	}
	if strings.Contains(err.Error(), "marked-pa55word") {
		t.Errorf("the password is in %v", err)
	}
}

// answering listens, and returns where. Every connection is answered and closed.
func answering(t *testing.T, answer func(net.Conn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			answer(c)
			c.Close()
		}
	}()
	return l.Addr().String()
}
