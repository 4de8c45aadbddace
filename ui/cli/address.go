package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// addressLike matches what is an address and no path, also one that is mistyped: a path would be
// repeated in sentences, with the password in it.
var addressLike = regexp.MustCompile(`(?i)^\s*([a-z][a-z0-9+.-]*://|postgres(ql)?:)`)

// wordsLike matches what is an address in libpq's words. A file of such a name is written with ./ before it.
var wordsLike = regexp.MustCompile(`(?i)(^|\s)(host|hostaddr|port|dbname|user|password|passfile|service|options|sslmode|ssl[a-z]+|target_session_attrs|connect_timeout|application_name)\s*=`)

func isAddress(db string) bool { return addressLike.MatchString(db) || wordsLike.MatchString(db) }

// onPostgres is on for a PostgreSQL database. what names the flag or the variable.
func (p paths) onPostgres(what, db string) (paths, error) {
	switch {
	case what != "$PINGHOME_DB" && postgres.HasPassword(db):
		return p, exit.Usage("%s has a password in it, which others may read there. Leave it out, and put it into the password file (PGPASSFILE, or ~/.pgpass), PGPASSWORD or PINGHOME_DB.", what)
	case !addressLike.MatchString(db):
		return p, exit.Usage("%s has words such as host=… and dbname=…, which are not taken here. Write postgres://user@host:port/database, and put a password into the password file (PGPASSFILE, or ~/.pgpass) or PGPASSWORD.", what)
	case !postgres.IsAddress(db):
		return p, exit.Usage("%s names neither a file nor a PostgreSQL database. Write the path of a file, or postgres://user@host/database.", what)
	}
	address, err := postgres.ParseAddress(db)
	if errors.Is(err, postgres.ErrVariable) {
		return p, exit.Usage("%w", err)
	}
	if err != nil {
		return p, exit.Usage("%s: %w", what, err)
	}
	if file := address.PasswordFile(); file != "" {
		if info, err := os.Stat(file); err == nil && !isPrivate(file, info) { // libpq leaves it out with a warning
			return p, exit.Usage("The file %s has the password of the database in it and can be read by others; run chmod 600 on it.", file)
		}
	}
	data, err := baseDir("XDG_DATA_HOME", ".local/share")
	if err != nil {
		return p, err
	}
	p.engine, p.key = postgresEngine{address}, filepath.Join(data, keyFileOf(address))
	return p, nil
}

// longestKeyFile is how many bytes the name of a key file may have: folders take 255, and copies get a longer name.
const longestKeyFile = 200

// keyFileOf is the file of the key of a PostgreSQL database: HOSTS_DATABASE.postgres.key, or
// HOSTS_DATABASE.SCHEMA.postgres.key, with +PORT behind a host where it is not the usual one. Every server
// looks for the same one, in whichever order it names the hosts, and no other database has it: what stands
// between two parts is escaped in the first.
func keyFileOf(a postgres.Address) string {
	var hosts []string
	for _, h := range a.Hosts() {
		host := escapeInFile(h.Name, ".")
		if h.Port != postgres.UsualPort {
			host += "+" + strconv.Itoa(int(h.Port))
		}
		hosts = append(hosts, host)
	}
	slices.Sort(hosts)
	name := strings.Join(hosts, ",") + "_" + escapeInFile(a.Database(), "_")
	if schema := a.Schema(); schema != "" {
		name += "." + escapeInFile(schema, "_")
	}
	if len(name) > longestKeyFile {
		sum := sha256.Sum256([]byte(name))
		name = name[:longestKeyFile-len("_")-2*keyFileSum] + "_" + hex.EncodeToString(sum[:keyFileSum])
	}
	return name + ".postgres.key"
}

// keyFileSum is how many bytes of the checksum end a name that is cut.
const keyFileSum = 16

// escapeInFile is a text with all but letters, digits, hyphens and the signs of plain as %XX.
func escapeInFile(text, plain string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
