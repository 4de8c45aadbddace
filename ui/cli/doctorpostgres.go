package cli

import (
	"context"
	"strings"
	"time"

	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// examinePostgres looks at a PostgreSQL database, its server and its key.
func (d *database) examinePostgres(ctx context.Context) []finding {
	isThere, err := d.exists(ctx)
	if err == nil && !isThere {
		err = exit.NotFound("%s.", d.engine.missing())
	}
	if err != nil {
		return []finding{wrong("database", "%v", err)}
	}
	defer d.close()
	server, err := d.db.(postgresStore).Examine(ctx)
	if err != nil {
		return []finding{wrong("database", "%v", err)}
	}
	all := []finding{fine("database", "%s", d.name()), examineServer(server)}
	if len(server.Primaries) > 1 {
		all = append(all, examinePrimaries(server.Primaries))
	}
	if len(server.Silent) > 0 {
		all = append(all, examineSilent(server.Silent))
	}
	all = append(all, examineEncryption(server), fine("tables", "version %d, the newest", d.db.Version()),
		examineRole(server), examineDurability(server), examineConnections(server), examineDifference(server))
	return append(append(all, d.examineKey(ctx), d.examineClock(ctx)), d.examineSpellings(ctx)...)
}

func examineServer(s postgres.Server) finding {
	at := "PostgreSQL " + s.Version
	if len(s.Primaries) > 0 {
		at += " at " + s.Primaries[0].String()
	}
	switch {
	case s.IsStandby && len(s.Silent) > 0:
		return wrong("server", "%s, which is a standby; no host of the address takes changes now", at)
	case s.IsStandby:
		return wrong("server", "%s, which is a standby and takes no changes; name the primary, too", at)
	case !s.HasChecksums:
		return finding{about: "server", says: at + ", " + s.Encoding + "; without data checksums, damage on its disk is not found (pg_checksums --enable)", isUnknown: true}
	}
	return fine("server", "%s, %s, with data checksums", at, s.Encoding)
}

// examinePrimaries tells of several servers that take changes: an old primary was started as it was.
func examinePrimaries(hosts []postgres.Host) finding {
	return wrong("primaries", "%s takes changes, and so does %s. Everything here goes to the first; stop the other, and make it a standby (pg_rewind)",
		hosts[0], inWords(hosts[1:]))
}

// examineSilent tells of hosts that cannot take the place of the primary.
func examineSilent(hosts []postgres.Host) finding {
	return wrong("hosts", "%s cannot be asked now, and so cannot take over; start PostgreSQL there, or take the host out of the address", inWords(hosts))
}

// inWords is hosts with commas between them.
func inWords(hosts []postgres.Host) string {
	var list []string
	for _, h := range hosts {
		list = append(list, h.String())
	}
	return strings.Join(list, ", ")
}

// examineEncryption tells who can read what is sent to the server.
func examineEncryption(s postgres.Server) finding {
	const about = "encryption"
	switch {
	case s.TLS != "" && !s.IsVerified && s.Host != "":
		return finding{about: about, says: s.TLS + ", but the certificate of " + s.Host + " is not checked, so that another server could take its place; write sslmode=verify-full into the address, or set PGSSLMODE", isUnknown: true}
	case s.TLS != "":
		return fine(about, "%s", s.TLS)
	case s.Host == "":
		return fine(about, "not needed, since the server is on this machine")
	}
	return finding{about: about, says: "the connection to " + s.Host + " is not encrypted; write sslmode=verify-full into the address, or set PGSSLMODE", isUnknown: true}
}

func examineRole(s postgres.Server) finding {
	switch {
	case !s.IsOwner:
		return wrong("role", "%s does not own the tables, so that a newer version cannot change them; make it their owner", s.Role)
	case !s.MayCreate:
		return wrong("role", "%s may make no tables, as a newer version will; GRANT CREATE ON SCHEMA … TO %[1]s", s.Role)
	}
	return fine("role", "%s, the owner of the tables", s.Role)
}

// examineDurability tells where a change is kept when it is acknowledged.
func examineDurability(s postgres.Server) finding {
	const about = "durability"
	switch {
	case s.IsStandby:
		return finding{about: about, says: "decided by the primary", isUnknown: true}
	case !s.IsSynced:
		return wrong(about, "fsync is off: changes that were acknowledged are lost with the power; turn it on")
	case s.Commit == "off":
		return wrong(about, "synchronous_commit is off: changes are acknowledged before they are on a disk; turn it on")
	case s.Standbys == "" || s.Commit == "local":
		return finding{about: about, says: "a change waits for the primary's disk alone, and is lost with that; attach a standby and name it in synchronous_standby_names, or let Patroni do that (synchronous_mode)", isUnknown: true}
	case !s.MaySee:
		return finding{about: about, says: "a change waits for " + s.Standbys + "; to see whether that is there, GRANT pg_monitor TO " + s.Role, isUnknown: true}
	case s.Synchronous == 0:
		return wrong(about, "a change waits for %s, and no such standby is there: every change hangs until one is", s.Standbys)
	}
	return fine(about, "a change waits for a standby (%d attached, %d synchronous; synchronous_commit is %s)", s.Attached, s.Synchronous, s.Commit)
}

func examineConnections(s postgres.Server) finding {
	if s.Left < s.Most {
		return wrong("connections", "%d of %d are left, and this program takes up to %d; raise max_connections, or write pool_max_conns into the address", s.Left, s.Connections, s.Most)
	}
	return fine("connections", "%d of %d are left; this program takes up to %d", s.Left, s.Connections, s.Most)
}

// examineDifference tells by how much the clocks differ. More than two seconds are refused before that.
func examineDifference(s postgres.Server) finding {
	return fine("clocks", "the database's is %s from this machine's", s.Ahead.Abs().Round(time.Millisecond))
}
