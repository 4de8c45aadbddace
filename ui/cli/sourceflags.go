package cli

import (
	"cmp"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
)

// sourceFlags say where the accounts are, and which of them is meant: on a database, on a
// server, or what the configuration calls a context.
type sourceFlags struct {
	isDemo, isReadOnly bool // of the console alone
	db, account        string
	server             server
	context, config    string
	// isGiven reports whether a flag was on the command line, also with an empty value.
	isGiven func(flag string) bool
	// tell and reportBackup are as database and its backups have them; nil where the console tells it.
	tell         func(sentence string)
	reportBackup func(error)
}

// bindAccount adds --account. which says in parentheses which account is opened without it.
func (o *sourceFlags) bindAccount(c *cobra.Command, which string) {
	c.Flags().StringVar(&o.account, "account", "", "`ID|EMAIL` the account to open "+which)
	_ = c.RegisterFlagCompletionFunc("account", command.CompleteAccount(o.open)) // it fails a second time
}

// bindSource adds the flags of a source, those that say which account there is meant apart.
func (o *sourceFlags) bindSource(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.db, "db", "", dbWords)
	o.bindServer(c)
}

// bindServer adds those flags of a source that name no database.
func (o *sourceFlags) bindServer(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.server.Server, "server", "", "`URL` a server in place of a database")
	f.StringVar(&o.server.Layout, "layout", "", "`LAYOUT` how the server lays out the API: auto, v1a, v1b, v2 or v3")
	f.StringVar(&o.server.QueryURL, "query-url", "", "`URL` the server that reads, in place of --server")
	f.StringVar(&o.server.CommandURL, "command-url", "", "`URL` the server that changes, with --query-url")
	f.StringVar(&o.server.TokenFile, "token-file", "", "`FILE` the token for the server (else the context's, $PINGHOME_TOKEN, the keyring, or the file that \"pinghome paths\" prints)")
	f.StringVar(&o.context, "context", "", "`NAME` a server or a database that the configuration names")
	f.StringVar(&o.config, "config", "", configWords)
	o.isGiven = f.Changed
	o.completeSource(c)
}

// checkSource refuses flags of a source that are empty or contradict each other.
func (o *sourceFlags) checkSource() error {
	for _, flag := range []struct{ name, value string }{{"db", o.db}, {"account", o.account}, {"server", o.server.Server},
		{"layout", o.server.Layout}, {"query-url", o.server.QueryURL}, {"command-url", o.server.CommandURL}, {"token-file", o.server.TokenFile},
		{"context", o.context}, {"config", o.config}} {
		if o.isGiven(flag.name) && strings.TrimSpace(flag.value) == "" {
			return usage.EmptyFlag(flag.name)
		}
	}
	if err := o.checkNamed(); err != nil {
		return err
	}
	return expandFlags(map[string]*string{"token-file": &o.server.TokenFile, "config": &o.config})
}

// checkNamed refuses flags that name more than one source of accounts.
func (o *sourceFlags) checkNamed() error {
	isServer := o.server.isSet()
	switch {
	case o.isDemo && o.isGiven("db"):
		return exit.Usage("--demo makes a database of its own; leave out either --demo or --db.")
	case o.isDemo && o.isGiven("config"):
		return exit.Usage("--demo sends nothing and needs no configuration; leave out either --demo or --config.")
	case (isServer || o.context != "") && (o.isDemo || o.isGiven("db")):
		here := "--db"
		if o.isDemo {
			here = "--demo"
		}
		return exit.Usage("The accounts are either on a server or here; leave out --server and --context, or %s.", here)
	case isServer && o.context != "":
		return exit.Usage("--context names a server already; leave out --server, --query-url and --command-url.")
	case o.server.Server != "" && (o.server.QueryURL != "" || o.server.CommandURL != ""):
		return exit.Usage("Give either --server, or --query-url and --command-url.")
	case (o.server.QueryURL == "") != (o.server.CommandURL == ""):
		return exit.Usage("--query-url and --command-url go together.")
	case (o.server.TokenFile != "" || o.server.Layout != "") && !isServer && o.context == "":
		return exit.Usage("--token-file and --layout are for a server; name it with --server or --context.")
	}
	return nil
}

// configuration reads the file that --config names, or the one of the default path. Of what
// is wrong in it, a demo has to do with the console's part alone.
func (o *sourceFlags) configuration(p paths) (configuration, error) {
	c, err := readFaulty(cmp.Or(o.config, p.config), o.config != "")
	if o.isDemo {
		c.faults = slices.DeleteFunc(c.faults, func(f fault) bool { return f.setting != "" && !f.isBelow("console") })
	}
	return c, err
}

// namesSource reports whether flags or $PINGHOME_DB name the accounts.
func (o *sourceFlags) namesSource() bool {
	return o.isDemo || o.context != "" || o.server.isSet() || o.isGiven("db") || os.Getenv("PINGHOME_DB") != ""
}

// remote returns the server that the flags or the configuration name, with the name of its
// context. It is not set when they name none, or the default context cannot be used: that is
// noted among the faults.
func (o *sourceFlags) remote(c *configuration) (s server, name string, err error) {
	name, err = o.contextName(c)
	if err == nil && name != "" {
		s, err = c.context(name)
	}
	switch {
	case err != nil && o.namesSource():
		return server{}, "", err
	case err != nil:
		c.noteFault(err)
		return server{}, "", nil
	case name == "":
		return o.server, "", nil
	}
	if s.DB != "" && (o.server.TokenFile != "" || o.server.Layout != "") {
		return server{}, "", exit.Usage("--token-file and --layout are for a server, and the context %q names a database.", name)
	}
	if o.server.TokenFile != "" {
		s.TokenFile = o.server.TokenFile
	}
	if o.server.Layout != "" {
		s.Layout = o.server.Layout
	}
	return s, name, nil
}

// contextName returns the name of the context that the flags or the configuration name, ""
// where they name none.
func (o *sourceFlags) contextName(c *configuration) (string, error) {
	if o.namesSource() {
		return o.context, nil
	}
	return c.defaultContext()
}
