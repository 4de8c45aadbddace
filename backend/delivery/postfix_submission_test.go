//go:build linux

package delivery

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Submission as providers have it: postfix with TLS that asks Debian's dovecot about sign-ins,
// takes only what the one who has signed in may send, and wants a full name in EHLO.

const submissionMaster = `127.0.0.1:%[1]d inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
127.0.0.1:%[2]d inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
smtp unix - - n - - smtp
`

const submissionMain = `smtpd_sasl_type = dovecot
smtpd_sasl_path = %[1]s/auth/postfix
smtpd_sasl_security_options = noanonymous
smtpd_tls_auth_only = yes
smtpd_helo_required = yes
smtpd_helo_restrictions = reject_non_fqdn_helo_hostname
smtpd_sender_login_maps = inline:{ { no-reply@example.org = pinghome } }
smtpd_sender_restrictions = reject_sender_login_mismatch
default_transport = error:5.1.2 nothing is sent to other hosts
`

const dovecotConfig = `base_dir = %[1]s/dovecot
state_dir = %[1]s/dovecot
log_path = %[1]s/dovecot.log
protocols =
ssl = no
disable_plaintext_auth = no
auth_mechanisms = %[2]s
passdb {
  driver = passwd-file
  args = scheme=PLAIN %[1]s/users
}
userdb {
  driver = static
  args = uid=65534 gid=65534 home=/nonexistent
}
service auth {
  unix_listener %[1]s/auth/postfix {
    mode = 0666
  }
}
`

// submission is a mail server for submission.
type submission struct {
	postfix
	dir              string
	starttls, tlsAll int // its ports
}

func startSubmission(t *testing.T) submission {
	t.Helper()
	requirePrograms(t, "postfix dovecot-core", "/usr/sbin/postfix", "/usr/sbin/dovecot")
	if os.Getuid() != 0 {
		t.Skip("NOT TESTED against the real one: postfix and dovecot start as root only")
	}
	dir, ports := sharedDir(t), freePorts(t, 2)
	if err := os.Mkdir(filepath.Join(dir, "auth"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "users"), "pinghome:s3cret\n")
	p := startPostfixWith(t, dir, fmt.Sprintf(submissionMain, dir), fmt.Sprintf(submissionMaster, ports[0], ports[1]))
	return submission{p, dir, ports[0], ports[1]}
}

// startDovecot starts what says whether a sign-in is right, with these ways to sign in.
func (s submission) startDovecot(t *testing.T, mechanisms string) {
	t.Helper()
	socket, config := filepath.Join(s.dir, "auth", "postfix"), filepath.Join(s.dir, "dovecot.conf")
	_ = os.Remove(socket)
	writeFile(t, config, fmt.Sprintf(dovecotConfig, s.dir, mechanisms))
	d := startDaemon(t, s.dir, "/usr/sbin/dovecot", "-F", "-c", config)
	waitFor(t, "dovecot", func() bool {
		conn, err := net.Dial("unix", socket)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	}, d.output)
}

// TestSubmissionToPostfix signs in by every way that is known, over both kinds of TLS.
func TestSubmissionToPostfix(t *testing.T) {
	s := startSubmission(t)
	for _, mechanisms := range []string{"plain login", "login", "scram-sha-256", "scram-sha-1", "cram-md5"} {
		t.Run(mechanisms, func(t *testing.T) {
			s.startDovecot(t, mechanisms)
			for security, port := range map[string]int{"starttls": s.starttls, "tls": s.tlsAll} {
				e := s.config
				e.Security, e.Port, e.Username, e.Password = security, port, "pinghome", "s3cret"
				r := newRouter(t, Config{Email: &e})
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				if receipt, err := r.Send(ctx, emailMessage(t)); err != nil || !strings.HasPrefix(receipt.Status, "250 2.0.0 Ok: queued as ") {
					t.Errorf("%s: %+v, %v\n%s", security, receipt, err, s.log())
				}
				if found := r.Probe(ctx); len(found) != 1 || found[0].Err != nil || !strings.Contains(found[0].Status, "accepts the sign-in") {
					t.Errorf("%s: %+v\n%s", security, found, s.log())
				}
			}
		})
	}
}

// TestPostfixSubmissionRefuses: what postfix refuses of us is for the operator, and what it refuses
// of the address is not.
func TestPostfixSubmissionRefuses(t *testing.T) {
	s := startSubmission(t)
	s.startDovecot(t, "plain login")
	for name, c := range map[string]struct {
		change func(*Email)
		to     string
		isOurs bool
		status string
	}{
		"a wrong password":   {func(e *Email) { e.Password = "other" }, "ada@byron.example", true, "refused the sign-in: 535 5.7.8 Error: authentication failed: "},
		"no sign-in":         {func(e *Email) { e.Username, e.Password = "", "" }, "ada@elsewhere.example", true, "Sender address rejected: not logged in (the operator has to correct delivery.email.from"},
		"another sender":     {func(e *Email) { e.From = "ada@example.org" }, "ada@byron.example", true, "Sender address rejected: not owned by user pinghome (the operator has to correct delivery.email.from"},
		"an unknown mailbox": {func(*Email) {}, "eve@byron.example", false, "550 5.1.1 <eve@byron.example>: Recipient address rejected: User unknown in virtual mailbox table"},
	} {
		t.Run(name, func(t *testing.T) {
			e := s.config
			e.Port, e.Username, e.Password = s.starttls, "pinghome", "s3cret"
			c.change(&e)
			m := emailMessage(t)
			m.To = c.to
			got := sendFailure(t, newRouter(t, Config{Email: &e}), m)
			if got.Ours != c.isOurs || (got.Kind == Permanent) == c.isOurs || !strings.Contains(got.Status, c.status) {
				t.Errorf("%+v", got)
			}
		})
	}
	t.Run("a bare name in EHLO", func(t *testing.T) {
		made, err := (&Email{Host: "127.0.0.1", Port: s.starttls, From: s.config.From, Roots: s.config.Roots, Username: "pinghome", Password: "s3cret"}).newSender()
		if err != nil {
			t.Fatal(err)
		}
		sender, _ := made.(email)
		sender.helo = "vm" // which the configuration does not let through
		got := sendFailure(t, sender, emailMessage(t))
		if !got.Ours || got.Kind != Temporary || !strings.Contains(got.Status, "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname (the operator has to correct delivery.email.helo)") {
			t.Errorf("%+v", got)
		}
	})
}

// TestPostfixTakesInternationalNames: the domain as A-labels without SMTPUTF8, and the name
// before the @ with it.
func TestPostfixTakesInternationalNames(t *testing.T) {
	s := startPostfixWith(t, sharedDir(t), "virtual_mailbox_domains = xn--bcher-kva.example\nvirtual_mailbox_maps = inline:{ { ada@xn--bcher-kva.example = ada/ }, { 用户@xn--bcher-kva.example = user/ } }\nsmtputf8_enable = yes\n", "")
	for to, mailbox := range map[string]string{"ada@bücher.example": "ada", "用户@bücher.example": "user"} {
		m := emailMessage(t)
		m.To = to
		if _, err := newRouter(t, Config{Email: &s.config}).Send(t.Context(), m); err != nil {
			t.Errorf("%s: %v\n%s", to, err, s.log())
			continue
		}
		text := newMail(t, filepath.Join(s.mail, mailbox), s.log)
		if want := strings.Replace(to, "bücher", "xn--bcher-kva", 1); !strings.Contains(text, "To: <"+want+">") {
			t.Errorf("%s", text)
		}
	}
}
