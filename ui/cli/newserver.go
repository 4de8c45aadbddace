package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/shell"
)

// newContext makes a context of the configuration from a server that is named in the
// console.
type newContext struct {
	config string // the configuration file, which need not exist
	paths  paths
}

// contextName is what a context can be called, so that it needs no quotes in the
// configuration, and no care as the name of a file.
var contextName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// add asks the server, and then keeps address and token, so that the console opens the
// server when no flag names anything else. Nothing is kept where it returns an error.
func (n newContext) add(ctx context.Context, s ui.NewServer) (opened ui.Opened, said string, err error) {
	address := withScheme(strings.TrimSpace(s.Address))
	token, err := parseToken("What was entered", string(s.Token))
	if err != nil {
		return opened, "", fieldError("token", err)
	}
	c, err := readConfig(n.config, false)
	if err != nil {
		return opened, "", err
	}
	name, err := c.freeName(strings.TrimSpace(s.Name), address)
	if err != nil {
		return opened, "", err
	}
	r := &remote{server: server{Server: address}, paths: n.paths, cached: token}
	if opened, err = r.firstAnswer(ctx); err != nil {
		return ui.Opened{}, "", err
	}
	other := c.anyDefault()
	file, err := n.keep(name, address, token, other == "")
	if err != nil {
		return ui.Opened{}, "", err
	}
	r.keepTokenIn(file)
	return opened, n.howOpened(name, other), nil
}

// howOpened says how the new context is opened from now on. other is the context that was
// the default before, "" for none.
func (n newContext) howOpened(name, other string) string {
	kept := fmt.Sprintf("Kept as the context %q. ", name)
	switch {
	case n.config != n.paths.config:
		return kept + fmt.Sprintf("With --config %s, --context %s opens it.", n.config, name)
	case other != "":
		return kept + fmt.Sprintf("--context %s opens it; %q stays the default.", name, other)
	case os.Getenv("PINGHOME_DB") != "":
		return kept + fmt.Sprintf("--context %s opens it, while $PINGHOME_DB names a database.", name)
	}
	return kept + "Without flags, pinghome opens it from now on."
}

// nameFor returns what the context for an address is called where no name is given.
func (n newContext) nameFor() func(address string) string {
	known := sync.OnceValue(func() config {
		c, _ := readFaulty(n.config, false) // add tells what is wrong with it
		return c.config
	})
	return func(address string) string { return known().suggestedName(withScheme(strings.TrimSpace(address))) }
}

// withScheme completes an address that begins with the host.
func withScheme(address string) string {
	if strings.Contains(address, "://") {
		return address
	}
	if u, err := url.Parse("http://" + address); err == nil && backend.IsThisMachine(u.Hostname()) {
		return "http://" + address
	}
	return "https://" + address
}

// freeName is the name of the new context: the one that is given, or one from the
// address.
func (c config) freeName(given, address string) (string, error) {
	_, isTaken := c.Context[given]
	switch {
	case given == "":
		return c.suggestedName(address), nil
	case isTaken:
		return "", fieldError("name", fmt.Errorf("There is a context %q already; choose another name.", given))
	case !contextName.MatchString(given):
		return "", fieldError("name", errors.New("A name has letters without accents, digits, - and _, 64 at most."))
	}
	return given, nil
}

// suggestedName is the first part of the server's name, with a number where that is taken.
func (c config) suggestedName(address string) string {
	base := "server"
	if u, err := url.Parse(address); err == nil {
		if host, _, _ := strings.Cut(u.Hostname(), "."); contextName.MatchString(host) && strings.Trim(host, "0123456789") != "" {
			base = host
		}
	}
	name := base
	for i := 2; ; i++ {
		if _, isTaken := c.Context[name]; !isTaken {
			return name
		}
		name = fmt.Sprintf("%s-%d", base, i)
	}
}

// firstAnswer opens the account, and says at which field an error belongs.
func (r *remote) firstAnswer(ctx context.Context) (ui.Opened, error) {
	open, err := r.dial(ctx, "")
	if err == nil {
		var opened ui.Opened
		if opened, err = open(ctx); err == nil {
			return opened, nil
		}
	}
	field := "address"
	if backend.ErrorCode(err) == backend.CodeUnauthorized {
		field = "token"
	}
	return ui.Opened{}, fieldError(field, err)
}

// keepTokenIn takes the token from a file from now on, so that it can be replaced there.
func (r *remote) keepTokenIn(file string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.server.TokenFile, r.cached = file, ""
}

// keep writes the token into a file of its own, and the context into the configuration, as
// the default one or not.
func (n newContext) keep(name, address string, token backend.Credential, isDefault bool) (tokenFile string, err error) {
	folder := filepath.Dir(n.config)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	tokenFile = filepath.Join(folder, name+".token")
	f, err := os.OpenFile(tokenFile, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fieldError("name", fmt.Errorf("%s cannot be made (%w); choose another name.", tokenFile, errors.Unwrap(err)))
	}
	_, err = f.WriteString(string(token) + "\n")
	if err = errors.Join(err, f.Close()); err == nil {
		err = n.appendContext(name, address, isDefault)
	}
	if err != nil {
		_ = os.Remove(tokenFile)
		return "", err
	}
	return tokenFile, nil
}

// appendContext replaces the configuration by one that has the context at its end. What
// was in it stays as it was written.
func (n newContext) appendContext(name, address string, isDefault bool) error {
	text, err := readPlain(n.config)
	if err != nil {
		return err
	}
	if len(text) > 0 {
		text = append(bytes.TrimRight(text, "\n"), "\n\n"...)
	}
	text = fmt.Appendf(text, "[context.%s]\nserver = %q\ntoken_file = %q\n", name, address, name+".token")
	if isDefault {
		text = append(text, "default = true\n"...)
	}
	written := newConfiguration(n.config)
	if written.readText(text); len(written.faults) > 0 {
		return written.refuse()
	}
	return replaceConfig(n.config, text)
}

// fieldError is an error about one field of the form.
func fieldError(field string, err error) error {
	sentence := shell.Sentence(err)
	return &backend.Error{Code: cmp.Or(backend.ErrorCode(err), backend.CodeInvalid), Message: sentence, Fields: map[string][]string{field: {sentence}}, Err: err}
}
