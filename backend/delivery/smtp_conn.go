package delivery

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

const (
	// maxSMTPBytes is how many bytes are read from a mail server in one session,
	// TLS included; a few thousand are usual.
	maxSMTPBytes = 256 << 10
	// quitTimeout bounds QUIT, after the server has taken the message.
	quitTimeout = 2 * time.Second
)

// smtpConn is the connection of one SMTP session. It is closed when its context ends,
// so that nothing waits for the server after that.
type smtpConn struct {
	ctx  context.Context
	conn net.Conn     // nil before dial
	read *limitedConn // of conn
	stop func() bool  // stops waiting for the end of ctx
}

// dial connects, and with the security "tls" makes the TLS handshake. ctx is for
// dialling only; c.ctx is for the whole session.
func (c *smtpConn) dial(ctx context.Context, e email) (net.Conn, error) {
	conn, err := e.dialer(e.security == "none").DialContext(ctx, "tcp", net.JoinHostPort(e.options.Host, strconv.Itoa(e.port)))
	if err != nil {
		return nil, err
	}
	c.conn = conn
	c.stop = context.AfterFunc(c.ctx, func() { _ = conn.Close() })
	limited := &limitedConn{Conn: conn, left: maxSMTPBytes}
	c.read = limited
	if e.security != "tls" {
		return limited, nil
	}
	encrypted := tls.Client(limited, e.tls(e.options.Host))
	return encrypted, encrypted.HandshakeContext(ctx)
}

// setTimeout bounds what follows on a connection that dial has made.
func (c *smtpConn) setTimeout(d time.Duration) { _ = c.conn.SetDeadline(time.Now().Add(d)) }

func (c *smtpConn) close() {
	if c.conn != nil {
		c.stop()
		_ = c.conn.Close()
	}
}

// fault is why nothing can be read from the server any more; nil when that is not so. The
// errors of the SMTP library do not always say it.
func (c *smtpConn) fault() error {
	if c.read == nil {
		return nil
	}
	return c.read.fault
}

// limitedConn is a connection of which at most left bytes can be read.
type limitedConn struct {
	net.Conn
	left  int
	fault error // of the last Read
}

var errTooMuchData = errors.New("said too much")

func (b *limitedConn) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooMuchData
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	b.fault = err
	return n, err
}

// newClient makes a client for one session on the connection. It signs in with PLAIN
// when it can: the connection is encrypted by then, and servers that store passwords
// hashed have only that.
func (e email) newClient(c *smtpConn) (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithTimeout(smtpTimeout), gomail.WithoutNoop(), gomail.WithoutRset(),
		gomail.WithTLSConfig(e.tls(e.options.Host)), gomail.WithTLSPolicy(gomail.NoTLS),
		gomail.WithDialContextFunc(func(ctx context.Context, _, _ string) (net.Conn, error) { return c.dial(ctx, e) }),
	}
	if e.security == "starttls" {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if e.options.Username != "" {
		mechanisms := []gomail.SMTPAuthType{gomail.SMTPAuthPlain, gomail.SMTPAuthLogin, gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5}
		if e.security == "none" { // then the server is on this machine
			mechanisms[0], mechanisms[1] = gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc
		}
		options = append(options, gomail.WithOpportunisticSMTPAuth(mechanisms...),
			gomail.WithUsername(e.options.Username), gomail.WithPassword(string(e.options.Password)))
	}
	return gomail.NewClient(e.options.Host, options...)
}
