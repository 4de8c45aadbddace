package delivery

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// quiet discards the log of servers whose clients break the protocol on purpose.
var quiet = log.New(io.Discard, "", 0)

// mailServer is a mail server in this process. Its first fields are set before it
// starts.
type mailServer struct {
	security                       string // "tls", "starttls" or "none"
	username, password             string // "" for no sign-in
	onAuth, onMail, onRcpt, onData error  // the replies to these commands; nil for success

	mutex     sync.Mutex
	delivered []delivered
	signedIn  []string
}

// delivered is a message that the server took.
type delivered struct {
	from string
	to   []string
	data string
}

// start starts the server and returns the configuration of a sender for it.
func (s *mailServer) start(t testing.TB) *Email {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &mailSession{server: s}, nil }))
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "mail.example.org", true, quiet
	e := &Email{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, Security: s.security, From: "PingHome <no-reply@example.org>"}
	if s.security != "none" {
		certificate, roots := newCertificate(t)
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
		e.Roots = roots
	}
	if s.security == "tls" {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	ended := make(chan struct{})
	go func() { _ = server.Serve(listener); close(ended) }()
	t.Cleanup(func() { _ = server.Close(); <-ended })
	return e
}

// mailSession is one SMTP session.
type mailSession struct {
	server *mailServer
	now    delivered
}

func (s *mailSession) AuthMechanisms() []string {
	if s.server.username == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if s.server.onAuth != nil {
			return s.server.onAuth
		}
		if username != s.server.username || password != s.server.password {
			return smtp.ErrAuthFailed
		}
		s.server.mutex.Lock()
		defer s.server.mutex.Unlock()
		s.server.signedIn = append(s.server.signedIn, username)
		return nil
	}), nil
}

func (s *mailSession) Mail(from string, _ *smtp.MailOptions) error {
	s.now = delivered{from: from}
	return s.server.onMail
}

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.now.to = append(s.now.to, to)
	return s.server.onRcpt
}

func (s *mailSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.now.data = string(data)
	if reply, isReply := errors.AsType[*smtp.SMTPError](s.server.onData); s.server.onData == nil || isReply && reply.Code == 250 {
		s.server.mutex.Lock()
		defer s.server.mutex.Unlock()
		s.server.delivered = append(s.server.delivered, s.now)
	}
	return s.server.onData
}

func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }

// newCertificate makes a certificate for 127.0.0.1, and a pool that trusts it.
func newCertificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.example.org"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}

// startScripted starts a server that answers each line with the result of script. To a
// new connection it first sends the result of script(connected).
func startScripted(t testing.TB, script func(line string) string) (port int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var open sync.WaitGroup
	t.Cleanup(func() { _ = listener.Close(); open.Wait() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { defer conn.Close(); runScript(conn, script) })
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}

const (
	connected = "(connected)" // the argument of a script for a new connection
	closeConn = "(hang up)"   // at the end of an answer: then the server closes the connection
)

// acceptAll is the script of a mail server that takes every message.
func acceptAll(line string) string {
	switch verb := line[:min(4, len(line))]; {
	case line == connected:
		return "220 here\r\n"
	case line == "DATA":
		return "354 go on\r\n"
	case line == ".", verb == "EHLO", verb == "MAIL", verb == "RCPT":
		return "250 fine\r\n"
	}
	return ""
}

// acceptAllBut is acceptAll with another answer to one verb.
func acceptAllBut(verb, answer string) func(string) string {
	return func(line string) string {
		if line == verb || verb != "." && strings.HasPrefix(line, verb) {
			return answer
		}
		return acceptAll(line)
	}
}

func runScript(conn net.Conn, script func(string) string) {
	answer, lines := script(connected), bufio.NewScanner(conn)
	for {
		last, isLast := strings.CutSuffix(answer, closeConn)
		if _, err := io.WriteString(conn, last); err != nil {
			return
		}
		if isLast { // closing with unread data would reset the connection
			_ = conn.(*net.TCPConn).CloseWrite()
			_, _ = io.Copy(io.Discard, conn)
			return
		}
		if !lines.Scan() {
			return
		}
		answer = script(strings.TrimSpace(lines.Text()))
	}
}
