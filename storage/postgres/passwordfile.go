package postgres

import (
	"cmp"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// PasswordFile is the file that the password is from: the password file, or the service file. It is "" where
// the password is from elsewhere, or there is none.
func (a Address) PasswordFile() string {
	password := a.config.ConnConfig.Password
	if password == "" || a.HasPassword() {
		return ""
	}
	isService := a.parameter("service") != "" || os.Getenv("PGSERVICE") != ""
	bare, err := parse(a.with("passfile", os.DevNull))
	switch {
	case err != nil:
		return ""
	case bare.ConnConfig.Password == "":
		return cmp.Or(a.parameter("passfile"), os.Getenv("PGPASSFILE"), inHome(".pgpass"))
	case isService && bare.ConnConfig.Password != os.Getenv("PGPASSWORD"):
		return cmp.Or(a.parameter("servicefile"), os.Getenv("PGSERVICEFILE"), inHome(".pg_service.conf"))
	}
	return ""
}

// parameter is one of the address, "" where it has none.
func (a Address) parameter(name string) string {
	_, query, _ := strings.Cut(a.text, "?")
	values, _ := url.ParseQuery(query)
	return values.Get(name)
}

// with is the address with one parameter more.
func (a Address) with(name, value string) string {
	sign := "?"
	if strings.Contains(a.text, "?") {
		sign = "&"
	}
	return a.text + sign + name + "=" + url.QueryEscape(value)
}

func inHome(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, name)
}
