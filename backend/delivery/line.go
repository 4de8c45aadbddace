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
	// maxConversation is how many bytes a mail server may say in one
	// conversation, TLS included; a few thousand is usual.
	maxConversation = 256 << 10
	// goodbyeLimit bounds the farewell to a server that has the message already.
	goodbyeLimit = 2 * time.Second
)

// line is the connection of one conversation with a mail server. It ends with
// its context, whatever the conversation waits for.
type line struct {
	ctx  context.Context
	conn net.Conn
	stop func() bool
}

// dial connects, and with the security "tls" speaks TLS at once. The context
// of the line counts, since the one given here ends when the line is made.
func (l *line) dial(ctx context.Context, e email) (net.Conn, error) {
	conn, err := e.dialer(e.security == "none").DialContext(ctx, "tcp", net.JoinHostPort(e.options.Host, strconv.Itoa(e.port)))
	if err != nil {
		return nil, err
	}
	l.conn = conn
	l.stop = context.AfterFunc(l.ctx, func() { _ = conn.Close() })
	bounded := &boundedConn{conn, maxConversation}
	if e.security != "tls" {
		return bounded, nil
	}
	private := tls.Client(bounded, e.tls(e.options.Host))
	return private, private.HandshakeContext(ctx)
}

func (l *line) limit(d time.Duration) { _ = l.conn.SetDeadline(time.Now().Add(d)) }

func (l *line) hangUp() {
	if l.conn != nil {
		l.stop()
		_ = l.conn.Close()
	}
}

// boundedConn hears so much and no more.
type boundedConn struct {
	net.Conn
	left int
}

var errTooLong = errors.New("said too much")

func (b *boundedConn) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// client is a client for one conversation on the line. To sign in it takes the
// simplest way first: by then the line is private, and servers that store
// passwords hashed know no other.
func (e email) client(l *line) (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithTimeout(mailLimit), gomail.WithoutNoop(), gomail.WithoutRset(),
		gomail.WithTLSConfig(e.tls(e.options.Host)), gomail.WithTLSPolicy(gomail.NoTLS),
		gomail.WithDialContextFunc(func(ctx context.Context, _, _ string) (net.Conn, error) { return l.dial(ctx, e) }),
	}
	if e.security == "starttls" {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if e.options.Username != "" {
		ways := []gomail.SMTPAuthType{gomail.SMTPAuthPlain, gomail.SMTPAuthLogin, gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5}
		if e.security == "none" { // and so on this machine
			ways[0], ways[1] = gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc
		}
		options = append(options, gomail.WithOpportunisticSMTPAuth(ways...),
			gomail.WithUsername(e.options.Username), gomail.WithPassword(string(e.options.Password)))
	}
	return gomail.NewClient(e.options.Host, options...)
}
