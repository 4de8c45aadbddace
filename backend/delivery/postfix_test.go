//go:build linux

package delivery

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// postfix is Debian's postfix. It requires TLS, and takes mail for byron.example into
// maildirs.
type postfix struct {
	config Email         // of a sender for it
	mail   string        // the folder of the maildirs
	log    func() string // what it has logged
}

const postfixMain = `compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
myhostname = mail.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
smtpd_peername_lookup = no
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = %[1]s/etc/certificate.pem
smtpd_tls_key_file = %[1]s/etc/key.pem
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = byron.example
virtual_mailbox_base = %[1]s/mail
virtual_mailbox_maps = inline:{ { ada@byron.example = ada/ }, { busy@byron.example = busy/ } }
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions =
  check_recipient_access inline:{ { busy@byron.example = 450 4.2.1 The mailbox is being moved } }
  reject_unlisted_recipient
`

const postfixMaster = `127.0.0.1:%d inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`

// startPostfix starts postfix with a configuration, a queue and a certificate of its own.
func startPostfix(t *testing.T) postfix {
	t.Helper()
	return startPostfixWith(t, sharedDir(t), "", "")
}

// startPostfixWith starts it in a folder, with lines that are added to its configuration.
func startPostfixWith(t *testing.T, dir, moreMain, moreMaster string) postfix {
	t.Helper()
	requirePrograms(t, "postfix", "/usr/sbin/postfix", "/usr/lib/postfix/sbin/master")
	if os.Getuid() != 0 {
		t.Skip("NOT TESTED against the real one: postfix starts as root only")
	}
	for _, name := range []string{"etc", "queue", "data", "mail"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	run(t, "chown", "postfix", filepath.Join(dir, "data"))
	run(t, "chown", "65534:65534", filepath.Join(dir, "mail"))
	certificate, roots := newCertificate(t)
	writeCertificate(t, filepath.Join(dir, "etc"), certificate)
	port := freePorts(t, 1)[0]
	writeFile(t, filepath.Join(dir, "etc", "main.cf"), fmt.Sprintf(postfixMain, dir)+moreMain)
	writeFile(t, filepath.Join(dir, "etc", "master.cf"), fmt.Sprintf(postfixMaster, port)+moreMaster)

	run(t, "/usr/sbin/postfix", "-c", filepath.Join(dir, "etc"), "start")
	t.Cleanup(func() { run(t, "/usr/sbin/postfix", "-c", filepath.Join(dir, "etc"), "stop") })
	log := func() string { text, _ := os.ReadFile(filepath.Join(dir, "log")); return string(text) }
	waitFor(t, "the mail server", func() bool {
		conn, err := net.Dial("tcp", address(port))
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	}, log)
	return postfix{mail: filepath.Join(dir, "mail"), log: log,
		config: Email{Host: "127.0.0.1", Port: port, Security: "starttls", From: "PingHome <no-reply@example.org>", Roots: roots}}
}

func run(t *testing.T, program string, args ...string) {
	t.Helper()
	if output, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, output)
	}
}

func writeCertificate(t *testing.T, dir string, c tls.Certificate) {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "certificate.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate[0]})))
	writeFile(t, filepath.Join(dir, "key.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})))
}

// TestPostfixDeliversAnEmail checks the email in the mailbox, and that it came over
// TLS.
func TestPostfixDeliversAnEmail(t *testing.T) {
	p := startPostfix(t)
	receipt, err := newRouter(t, Config{Email: &p.config}).Send(t.Context(), emailMessage(t))
	if err != nil || !strings.HasPrefix(receipt.Status, "250 2.0.0 Ok: queued as ") {
		t.Fatalf("%+v, %v\n%s", receipt, err, p.log())
	}
	text := strings.ReplaceAll(newMail(t, filepath.Join(p.mail, "ada"), p.log), "\n", "\r\n")
	read, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	checkEmail(t, delivered{from: strings.Trim(read.Header.Get("Return-Path"), "<>"), to: []string{read.Header.Get("Delivered-To")}, data: text})
	if by := read.Header.Get("Received"); !strings.Contains(by, "SMTPS ") { // RFC 3848: with TLS
		t.Errorf("it was sent without TLS: %s", by)
	}
}

// plainEmail returns the subject and the text of an email without HTML.
func plainEmail(t *testing.T, text string) (subject, body string) {
	t.Helper()
	read, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	subject, err = new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	written, err := io.ReadAll(quotedprintable.NewReader(read.Body))
	if err != nil || read.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
		t.Fatalf("%s: %v", text, err)
	}
	return subject, strings.TrimRight(string(written), "\n")
}

// TestPostfixDeliversEveryAlphabet sends a subject and a text in several alphabets.
func TestPostfixDeliversEveryAlphabet(t *testing.T) {
	p := startPostfix(t)
	m := emailMessage(t)
	m.Subject, m.Body, m.HTML = "481516 – sizin kodunuz, Şəfəq 李", "481516 – kod: Şəfəq 李\n.\n..\nFrom here on", ""
	if _, err := newRouter(t, Config{Email: &p.config}).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	subject, body := plainEmail(t, newMail(t, filepath.Join(p.mail, "ada"), p.log))
	if subject != m.Subject || body != m.Body {
		t.Errorf("%q\n%q", subject, body)
	}
}

// TestPostfixRefuses checks that an error has the reply of the mail server.
func TestPostfixRefuses(t *testing.T) {
	p := startPostfix(t)
	untrusting := p.config
	untrusting.Roots = x509.NewCertPool()
	for name, test := range map[string]struct {
		config Email
		to     string
		kind   ErrorKind
		status string
	}{
		"temporary":           {p.config, "busy@byron.example", Temporary, "450 4.2.1 <busy@byron.example>: Recipient address rejected: The mailbox is being moved"},
		"unknown mailbox":     {p.config, "nobody@byron.example", Permanent, "550 5.1.1 <nobody@byron.example>: Recipient address rejected"},
		"other domain":        {p.config, "ada@elsewhere.example", Temporary, "554 5.7.1 <ada@elsewhere.example>: Relay access denied (the operator has to correct "},
		"unknown certificate": {untrusting, "ada@byron.example", Temporary, "certificate does not verify"},
	} {
		t.Run(name, func(t *testing.T) {
			m := emailMessage(t)
			m.To = test.to
			e := sendFailure(t, newRouter(t, Config{Email: &test.config}), m)
			if e.Kind != test.kind || !strings.Contains(e.Status, test.status) || strings.Contains(e.Error(), m.Code) {
				t.Errorf("%+v", e)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newRouter(t, Config{Email: &p.config}).Send(ctx, emailMessage(t)); err == nil {
		t.Error("sent with a context that had ended")
	}
	if mails, _ := filepath.Glob(filepath.Join(p.mail, "*", "new", "*")); len(mails) > 0 {
		t.Errorf("delivered %v", mails)
	}
}
