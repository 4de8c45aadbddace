package postgres

import (
	"regexp"

	"github.com/jackc/pgx/v5/pgxpool"
)

// searchPathOption matches a search path in the parameter options, as the server's command line has it: -c NAME=VALUE or
// --NAME=VALUE. A space in the value has a backslash before it.
var searchPathOption = regexp.MustCompile(`(?i)(?:^|\s)(?:-c\s*|--)search[_-]path=((?:\\.|[^\s\\])*)`)

// schemaOf is the search path of a configuration, "" for the usual one. A parameter of that name goes before the
// options, of which the last one counts.
func schemaOf(c *pgxpool.Config) string {
	if schema := c.ConnConfig.RuntimeParams["search_path"]; schema != "" {
		return schema
	}
	found := searchPathOption.FindAllStringSubmatch(c.ConnConfig.RuntimeParams["options"], -1)
	if len(found) == 0 {
		return ""
	}
	return unescaped.ReplaceAllString(found[len(found)-1][1], "$1")
}

var unescaped = regexp.MustCompile(`\\(.)`)
