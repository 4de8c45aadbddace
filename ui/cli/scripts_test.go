//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// script is a visit by commands, on any source of accounts.
type script struct {
	home
	source []string // flags that name the account
}

// do runs a command that has to end with a code and print what matches a pattern, on either output.
func (s script) do(code int, pattern string, args ...string) (out string) {
	s.t.Helper()
	return s.doWith("", code, pattern, args...)
}

// doWith is do with an input.
func (s script) doWith(input string, code int, pattern string, args ...string) (out string) {
	s.t.Helper()
	c := s.command(append(args, s.source...)...)
	var said, wrong bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(input), &said, &wrong
	err := c.Run()
	got := 0
	if ended, isEnd := errors.AsType[*exec.ExitError](err); isEnd {
		got = ended.ExitCode()
	}
	if both := said.String() + wrong.String(); got != code || !regexp.MustCompile(pattern).MatchString(both) {
		s.t.Fatalf("pinghome %s ends with %d, not %d, and says %s", strings.Join(args, " "), got, code, both)
	}
	return said.String()
}

// newest is the newest message, of which the fields are asked for as JSON.
func (s script) newest() (m struct{ ID, Code, Word, To string }) {
	s.t.Helper()
	var list []struct{ ID, Code, Word, To string }
	text := s.do(0, "", "messages", "list", "--json=id,code,word,to")
	if err := json.Unmarshal([]byte(text), &list); err != nil || len(list) == 0 {
		s.t.Fatalf("%v: %s", err, text)
	}
	return list[0]
}

// onEverySource runs a visit on a file, a context, a server and PostgreSQL; in a short run on a server alone, which
// has most goroutines.
func onEverySource(t *testing.T, visit func(s script)) {
	on := func(name string, prepare func(s *script)) {
		if testing.Short() && name != "server" {
			return
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := script{home: home{t, t.TempDir()}}
			prepare(&s)
			visit(s)
		})
	}
	ada := []string{"account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example"}
	on("file", func(s *script) {
		s.run(append(ada, "--db", "here.db")...)
		s.source = []string{"--db", "here.db"}
	})
	on("context", func(s *script) {
		id := s.run(append(ada, "--db", "here.db")...)
		s.writeFile("config.toml", "[context.work]\ndb = "+strconv.Quote(s.dir+"/here.db")+"\naccount = "+strconv.Quote(id)+"\n")
		s.source = []string{"--context", "work", "--config", "config.toml"}
	})
	on("server", func(s *script) {
		s.writeFile("token", s.createAccount())
		address, _ := s.serve("--listen", "127.0.0.1:0")
		s.source = []string{"--server", address, "--token-file", "token"}
	})
	on("PostgreSQL", func(s *script) {
		url := pgtest.Empty(s.t)
		s.run(append(ada, "--db", url)...)
		s.source = []string{"--db", url}
	})
}

// TestTheOperationsByScript makes the thirteen documented operations.
func TestTheOperationsByScript(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(0, `(?m)^surname:\tByron$`, "profile", "show")
		s.do(0, `"full_name": "Augusta Byron"`, "profile", "edit", "--name", "Augusta", "--json", "customer")
		s.do(0, `^1\n$`, "channel", "add", "ada@byron.example", "--label", "Home")
		s.do(7, "This code is wrong; 4 tries left", "channel", "verify", "1", "000000")
		s.do(0, "is proved and on", "channel", "verify", "1", s.newest().Code)
		s.do(0, `^1\temail\tada@byron\.example\tHome\tactive\t`, "channel", "list")
		s.do(0, `"ok": true`, "channel", "test", "1", "--json", "ok")
		s.do(0, `^1\temail\tada@byron\.example\theld\t`, "channel", "test-all")
		s.do(7, "tries left", "channel", "confirm", "1", "nothing")
		s.doWith(s.newest().Word+"\n", 0, "reaches its person", "channel", "confirm", "1", "-")
		s.do(0, `"enabled": false`, "channel", "disable", "1", "--json", "enabled")
		s.do(0, "Channel 1 is on", "channel", "enable", "1", "--if-value", "ADA@byron.example")
		s.do(6, "another value", "channel", "edit", "1", "--value", "ada@b.example", "--if-value", "bob@b.example")
		s.do(6, "waits for no code", "channel", "send-code", "1")
		s.do(6, "no new value", "channel", "cancel", "1")
		s.do(0, "The code for ada@b.example is held here", "channel", "edit", "1", "--value", "ada@b.example")
		s.do(8, "", "channel", "send-code", "1")
		s.do(0, "has its proved value back", "channel", "cancel", "1")
		s.do(0, "countess@l.example", "username", "change", "countess@l.example")
		s.do(0, "The username is countess@l.example", "username", "confirm", s.newest().Code)
		s.doWith("Good\nexperience\n", 0, `"Good\\nexperience"`, "feedback", "send", "--body-file", "-", "--json", "feedback")
		s.do(0, "Deleted 1 channel: 1. No channel is left", "channel", "delete", "1")
		s.do(2, "--yes is missing", "account", "delete", "--reason", "other")
		s.do(0, "was deleted", "account", "delete", "--reason", "other", "--yes")
	})
}

// TestATemplateThatCannotBeUsed is refused before a change, or else the change is said to be made and nothing is lost.
func TestATemplateThatCannotBeUsed(t *testing.T) {
	onEverySource(t, func(s script) {
		for _, wrong := range []string{"{{.value.foo}}", "{{range .}}{{.value.foo}}{{end}}", "{{timeago .value}}", "{{index .value.foo 0}}"} {
			s.do(2, "--template cannot be used", "channel", "add", "https://b.example/hook", "--json", "value,signing_secret", "--template", wrong)
		}
		s.do(0, `^\[\]\n$`, "channel", "list", "--json", "value")
		s.do(1, `(?s)"signing_secret": "whsec_.*It was done\. --template cannot be used`, "channel", "add", "https://b.example/hook",
			"--json", "signing_secret,failure", "--template", "{{.failure.kind}}")
		s.do(0, `^https://b\.example/hook 1$`, "channel", "edit", "1", "--label", "Hook", "--json", "value,priority", "--template", "{{.value}} {{.priority}}")
		s.do(2, "--template cannot be used", "channel", "reorder", "1", "--json", "value", "--template", "{{.value}}")
		s.do(0, `^https://b\.example/hook$`, "channel", "reorder", "1", "--json", "value", "--template", "{{range .}}{{.value}}{{end}}")
		s.do(0, `^(team|business)$`, "profile", "edit", "--name", "Zoe", "--json", "organization", "--template", "{{.organization.plan}}")
	})
}

// TestTheExtensionsByScript makes what this program adds.
func TestTheExtensionsByScript(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(0, "Thank you", "feedback", "send", "--body", "Good")
		s.do(0, `\tGood\n$`, "feedback", "list", "--limit", "1")
		s.do(0, "", "username", "change", "countess@l.example")
		s.do(8, "", "username", "send-code")
		s.do(0, "stays ada@byron.example", "username", "cancel")
		s.do(6, "", "username", "cancel")
		s.do(6, "No new username waits for a code", "username", "send-code")
		s.do(0, `^1\npinghome: The signing secret of channel 1 is printed .*"pinghome channel rotate-secret 1 --\S+ \S+.*" gives a new one\.\n$`, "channel", "add", "https://b.example/hook")
		s.do(0, `^whsec_\S+\n$`, "channel", "rotate-secret", "1", "--end-old")
		s.do(0, "(?s)Deleted 1.*", "channel", "delete", "1")
		s.do(0, `^\{\n  "signing_secret": "whsec_\S+"\n\}\n$`, "channel", "add", "https://b.example/other", "--json", "signing_secret")
		s.doWith("+994551234567", 0, `^2\n$`, "channel", "add", "-")
		s.do(0, `^1\tsms\t.*\n2\twebhook\t`, "channel", "reorder", "2", "1")
		s.do(0, `\theld\t`, "channel", "attempts", "1")
		s.do(0, "is called Pager", "channel", "edit", "1", "--label", "Pager")
		s.do(0, "^Taken back; now channel 1 has no label\\.\n$", "activity", "undo")
		s.do(0, `"action": "channel\.`, "activity", "redo", "--json", "action")
		s.do(0, "", "feedback", "send", "--body", "Good")
		s.do(0, "^Taken back; .*\npinghome: What came after it cannot be taken back, and stays: feedback sent \\(4 characters\\)\\.\n$", "activity", "undo")
		s.do(0, "", "activity", "redo")
		s.do(0, "", "channel", "delete", "1", "2")
		s.do(0, `^\[\n  \{\n    "action": "channel\.deleted"`, "activity", "list", "--kind", "channel", "--limit", "1", "--json", "action")
		s.do(0, "Wrote .* entries", "activity", "export", "all.csv")
		s.do(2, "There is a file with this name", "activity", "export", "all.csv")
		s.do(0, `(?m)^\{"id":.*"detail":.*\}$`, "activity", "export", "-")
		s.do(2, "was created later", "activity", "at", "1h")
		id := s.newest().ID
		s.do(0, `(?m)^to:\t.*(.*\n)*Attempts:\n\S+\tverification\theld`, "messages", "show", id)
		s.do(6, "It is held", "messages", "resend", id)
		s.do(5, "", "messages", "read", id, "nothing")
		s.do(0, "Marked 1 message as read", "messages", "read", id)
		s.do(2, "--yes is missing", "messages", "delete", id)
		s.do(0, "Deleted 1 message", "messages", "delete", id, "--yes")
		s.do(5, "", "messages", "show", id)
		s.do(0, `"revision"`, "api", "GET", "/v1/customer/{customer_id}/revision")
		s.do(0, `"name":"Zoe"`, "api", "patch", "v1/customer", "-f", "name=Zoe")
		s.do(2, "name: Send a text", "api", "PATCH", "/v1/customer", "-F", "name=1")
		s.doWith(`{"surname": "King"}`, 0, `"surname":"King"`, "api", "PATCH", "/v1/customer", "--input", "-")
		s.do(5, "There is nothing at this address", "api", "GET", "/nothing")
	})
}

// TestWhatWaitsIsSaid also of a notice: after a confirmed username, and a request that makes one.
func TestWhatWaitsIsSaid(t *testing.T) {
	s := script{home: home{t, t.TempDir()}}
	s.createAccount()
	s.writeFile("delivery.toml", "[delivery.email]\nhost = '127.0.0.1'\nport = 9\nsecurity = 'none'\nfrom = 'PingHome <no-reply@example.org>'\n")
	s.do(0, "", "username", "change", "countess@l.example")
	s.do(0, "(?s)The username is countess@l.example.*pinghome: 1 message waits", "username", "confirm", s.newest().Code, "--config", "delivery.toml")
	s.do(0, "(?s)ada@b.example.*pinghome: 2 messages wait", "api", "POST", "/v1/customer/{customer_id}/notification-channel", "-f", "type=email", "-f", "value=ada@b.example", "--config", "delivery.toml")
	s.do(0, `^\{[^\n]*\}\n$`, "api", "GET", "/v1/customer", "--config", "delivery.toml")
}
