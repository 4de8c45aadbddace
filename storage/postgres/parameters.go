package postgres

import (
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/account-settings/pinghome/backend"
)

// ErrVariable is in the error of ParseAddress where a variable of the environment is wrong, and not the address.
var ErrVariable = errors.New("a variable cannot be used")

// parameters are those whose values the driver checks: the name in an address, the variable of libpq, "" for none, a
// value that is right, and what can be one (https://www.postgresql.org/docs/current/libpq-connect.html).
var parameters = []struct{ name, variable, right, takes string }{
	{"sslmode", "PGSSLMODE", "disable", "disable, allow, prefer, require, verify-ca or verify-full"},
	{"sslcertmode", "PGSSLCERTMODE", "allow", "disable, allow or require"},
	{"connect_timeout", "PGCONNECT_TIMEOUT", "10", "a number of seconds"},
	{"port", "PGPORT", "5432", "a number from 1 to 65535, or as many as there are hosts, with commas between them"},
	{"target_session_attrs", "PGTARGETSESSIONATTRS", "any", "read-write, any, primary, prefer-standby, standby or read-only"},
	{"channel_binding", "PGCHANNELBINDING", "prefer", "disable, prefer or require"},
	{"require_auth", "PGREQUIREAUTH", "password", "the names of methods, such as scram-sha-256"},
	{"min_protocol_version", "PGMINPROTOCOLVERSION", "3.0", "3.0, 3.2 or latest"},
	{"max_protocol_version", "PGMAXPROTOCOLVERSION", "latest", "3.0, 3.2 or latest, and not less than min_protocol_version"},
	{"default_query_exec_mode", "", "exec", "cache_statement, cache_describe, describe_exec, exec or simple_protocol"},
	{"statement_cache_capacity", "", "1", "a number"},
	{"description_cache_capacity", "", "1", "a number"},
	{"pool_max_conns", "", "1", "a number from 1"},
	{"pool_min_conns", "", "0", "a number"},
	{"pool_min_idle_conns", "", "0", "a number"},
	{"pool_max_conn_lifetime", "", "1h", "a time such as 30m"},
	{"pool_max_conn_lifetime_jitter", "", "1m", "a time such as 30m"},
	{"pool_max_conn_idle_time", "", "1h", "a time such as 30m"},
	{"pool_health_check_period", "", "1m", "a time such as 1m"},
	{"pool_ping_timeout", "", "1s", "a time such as 1s"},
}

// wrongValue says which variable, or which parameter of an address, makes it one that cannot be used; nil where it is
// none of them. No value is repeated, since it may be a part of a password.
func wrongValue(text string) error {
	bare, query, _ := strings.Cut(text, "?")
	var pairs, names []string
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		pairs, names = append(pairs, pair), append(names, name)
	}
	if strings.Contains(authority(bare), ":") {
		names = append(names, "port")
	}
	if err := wrongVariable(names); err != nil {
		return err
	}
	if !canParse(withRight(bare, "")) {
		return nil
	}
	for i, pair := range pairs {
		for _, p := range parameters {
			if p.name == names[i] && !canParse(withRight(bare, p.name)+pair) {
				return backend.Errorf(backend.CodeInvalid, "The parameter %s in the address of the PostgreSQL database has a value that cannot be used. It takes %s.", p.name, p.takes)
			}
		}
	}
	return nil
}

// authority is the part of an address with the hosts and their ports.
func authority(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	rest, _, _ = strings.Cut(rest, "/")
	return rest[strings.LastIndexByte(rest, '@')+1:]
}

// withRight is an address without parameters, with right ones in the place of all variables that are set, but for
// one. A further parameter can be put behind it.
func withRight(bare, but string) string {
	var text strings.Builder
	text.WriteString(bare + "?")
	for _, p := range parameters {
		if p.name != but && p.variable != "" && os.Getenv(p.variable) != "" {
			text.WriteString(p.name + "=" + p.right + "&")
		}
	}
	return text.String()
}

// wrongVariable says which variable is wrong, but for those of parameters that the address has itself.
func wrongVariable(inAddress []string) error {
	const usual = "postgres://user@host/database"
	if !canParse(withRight(usual, "")) {
		return nil // it is the service
	}
	for _, p := range parameters {
		if p.variable != "" && !slices.Contains(inAddress, p.name) && !canParse(withRight(usual, p.name)) {
			return &backend.Error{Code: backend.CodeInvalid, Err: ErrVariable,
				Message: "The variable " + p.variable + " has a value that cannot be used. It takes " + p.takes + "."}
		}
	}
	return nil
}

func canParse(text string) bool {
	_, err := pgxpool.ParseConfig(text)
	return err == nil
}
