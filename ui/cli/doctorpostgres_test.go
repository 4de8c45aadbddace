package cli

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/storage/postgres"
)

// TestWhatDoctorSaysOfDurability: where a change is kept when it is acknowledged, and what would lose it.
func TestWhatDoctorSaysOfDurability(t *testing.T) {
	good := postgres.Server{IsSynced: true, Commit: "on", Standbys: "b", Attached: 2, Synchronous: 1, MaySee: true, Role: "ada"}
	for says, c := range map[string]struct {
		change             func(*postgres.Server)
		isWrong, isUnknown bool
	}{
		"waits for a standby (2 attached, 1 synchronous; synchronous_commit is on)": {func(*postgres.Server) {}, false, false},
		"fsync is off":                          {func(s *postgres.Server) { s.IsSynced = false }, true, false},
		"synchronous_commit is off":             {func(s *postgres.Server) { s.Commit = "off" }, true, false},
		"waits for the primary's disk alone":    {func(s *postgres.Server) { s.Standbys = "" }, false, true},
		"primary's disk alone, and is lost":     {func(s *postgres.Server) { s.Commit = "local" }, false, true},
		"GRANT pg_monitor TO ada":               {func(s *postgres.Server) { s.MaySee = false }, false, true},
		"waits for b, and no such standby is t": {func(s *postgres.Server) { s.Synchronous = 0 }, true, false},
		"decided by the primary":                {func(s *postgres.Server) { s.IsStandby = true }, false, true},
	} {
		server := good
		c.change(&server)
		if f := examineDurability(server); !strings.Contains(f.says, says) || f.isWrong != c.isWrong || f.isUnknown != c.isUnknown {
			t.Errorf("%+v is %+v, and not %q", server, f, says)
		}
	}
}

// TestWhatDoctorSaysOfAServer that is not as it should be.
func TestWhatDoctorSaysOfAServer(t *testing.T) {
	for says, f := range map[string]finding{
		"no host of the address takes changes now":                 examineServer(postgres.Server{Version: "15", IsStandby: true, Silent: []postgres.Host{{Name: "a"}}}),
		"is a standby and takes no changes":                        examineServer(postgres.Server{Version: "15", IsStandby: true}),
		"without data checksums":                                   examineServer(postgres.Server{Version: "15"}),
		"TLS 1.3":                                                  examineEncryption(postgres.Server{TLS: "TLS 1.3", Host: "192.0.2.1", IsVerified: true}),
		"TLS 1.3, but the certificate of 192.0.2.1 is not checked": examineEncryption(postgres.Server{TLS: "TLS 1.3", Host: "192.0.2.1"}),
		"the server is on this machine":                            examineEncryption(postgres.Server{}),
		"the connection to 192.0.2.1 is not encrypted; write sslmode=verify-full": examineEncryption(postgres.Server{Host: "192.0.2.1"}),
		"ada does not own the tables":                       examineRole(postgres.Server{Role: "ada", MayCreate: true}),
		"ada may make no tables":                            examineRole(postgres.Server{Role: "ada", IsOwner: true}),
		"3 of 97 are left, and this program takes up to 16": examineConnections(postgres.Server{Connections: 97, Left: 3, Most: 16}),
		"20 of 97 are left; this program takes up to 16":    examineConnections(postgres.Server{Connections: 97, Left: 20, Most: 16}),
		"PostgreSQL 15, UTF8, with data checksums":          examineServer(postgres.Server{Version: "15", Encoding: "UTF8", HasChecksums: true}),
		"PostgreSQL 15 at b:5433, UTF8":                     examineServer(postgres.Server{Version: "15", Encoding: "UTF8", HasChecksums: true, Primaries: []postgres.Host{{Name: "b", Port: 5433}}}),
		"a:5433 cannot be asked now":                        examineSilent([]postgres.Host{{Name: "a", Port: 5433}}),
		"b takes changes, and so does a:5433. Everything":   examinePrimaries([]postgres.Host{{Name: "b", Port: postgres.UsualPort}, {Name: "a", Port: 5433}}),
		"ada, the owner of the tables":                      examineRole(postgres.Server{Role: "ada", IsOwner: true, MayCreate: true}),
		"the database's is 1.5s from this machine's":        examineDifference(postgres.Server{Ahead: -1500e6}),
	} {
		if !strings.Contains(f.says, says) {
			t.Errorf("it is %+v, and not %q", f, says)
		}
	}
}
