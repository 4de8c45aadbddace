package delivery

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strings"
	"time"
)

// smtpStep is a step of an SMTP session.
type smtpStep int

const (
	stepConnect smtpStep = iota
	stepGreeting
	stepHello
	stepStartTLS
	stepHandshake
	stepAuth
	stepMail
	stepRecipient
	stepData
	stepText
	stepResult // from the final dot on: the server may have taken the message
	stepQuit
)

// smtpLimits are how long a server may take for each step. Those of RFC 5321, 4.5.3.2, are
// its least; it has none for the others. A server that is asked to look names up, to make its callers
// wait, or to scan the text before it answers needs minutes, and one that is cut off after the final dot
// sends the message all the same.
var smtpLimits = map[smtpStep]time.Duration{
	stepConnect:   30 * time.Second, // as Postfix: smtp_connect_timeout
	stepGreeting:  5 * time.Minute,  // 4.5.3.2.1
	stepHello:     5 * time.Minute,  // as Postfix: smtp_helo_timeout
	stepStartTLS:  2 * time.Minute,  // this and the next as much as DATA
	stepHandshake: 2 * time.Minute,
	stepAuth:      2 * time.Minute,  // passwords are looked up elsewhere
	stepMail:      5 * time.Minute,  // 4.5.3.2.2
	stepRecipient: 5 * time.Minute,  // 4.5.3.2.3
	stepData:      2 * time.Minute,  // 4.5.3.2.4
	stepText:      3 * time.Minute,  // 4.5.3.2.5
	stepResult:    10 * time.Minute, // 4.5.3.2.6
	stepQuit:      2 * time.Second,  // what became of the message is known by then
}

// smtpTimeout is longer than all steps together: EHLO comes twice, and signing in takes up to three
// answers.
const smtpTimeout = 55 * time.Minute

// maxSMTPBytes is how many bytes are read from a mail server in one session, TLS included; a few thousand
// are usual.
const maxSMTPBytes = 256 << 10

var (
	errTooMuchData = errors.New("said too much")
	errOutOfTurn   = errors.New("answered what it was not asked")
	errEarlyData   = errors.New("said more than it was asked before TLS began")
)

// refusal is the reply of a server that did not do what it was asked.
type refusal struct {
	step smtpStep
	reply
}

func (r *refusal) Error() string { return strings.TrimSpace(fmt.Sprintf("%d %s", r.code, r.text())) }

// smtpSession is one conversation with a mail server. It is closed when its context ends,
// so that nothing waits for the server after that. The high-level client of the library
// has one limit for all steps, takes a reply without text for a broken one, and does not say
// whether the final dot was sent.
type smtpSession struct {
	limits     map[smtpStep]time.Duration
	step       smtpStep // the one that runs, or the last one
	conn       net.Conn // with TLS where it is
	in         *bufio.Reader
	isTLS      bool
	extensions map[string]string // by their names in upper case, with their parameters
	stop       func() bool       // stops waiting for the end of the context
	isBroken   bool              // what was said last is not known
}

// limitedConn is a connection of which at most left bytes can be read.
type limitedConn struct {
	net.Conn
	left int
}

func (b *limitedConn) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooMuchData
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// use takes a connection for the session, until ctx ends.
func (s *smtpSession) use(ctx context.Context, conn net.Conn) {
	s.stop = context.AfterFunc(ctx, func() { _ = conn.Close() })
	s.setConn(&limitedConn{Conn: conn, left: maxSMTPBytes})
}

func (s *smtpSession) setConn(conn net.Conn) { s.conn, s.in = conn, bufio.NewReader(conn) }

func (s *smtpSession) close() {
	if s.conn != nil {
		s.stop()
		_ = s.conn.Close()
	}
}

// begin begins a step, and its time.
func (s *smtpSession) begin(step smtpStep) {
	s.step = step
	if s.conn != nil {
		_ = s.conn.SetDeadline(time.Now().Add(s.limits[step]))
	}
}

// startTLS makes the TLS handshake. What was said before was not encrypted, and may come from
// someone in between: a server that has said more than it was asked is not believed.
func (s *smtpSession) startTLS(ctx context.Context, config *tls.Config) error {
	if s.in.Buffered() > 0 {
		return errEarlyData
	}
	s.begin(stepHandshake)
	encrypted := tls.Client(s.conn, config)
	if err := encrypted.HandshakeContext(ctx); err != nil {
		return err
	}
	s.setConn(encrypted)
	s.isTLS = true
	return nil
}

// expect reads a reply, and refuses one whose code does not begin with the digit; with 0, one
// that says no.
func (s *smtpSession) expect(digit int) (reply, error) {
	r, err := readReply(s.in)
	switch {
	case err != nil:
		s.isBroken = true
		return r, err
	case r.code/100 == digit, digit == 0 && r.code < 400:
		return r, nil
	case r.code/100 < 4: // no refusal, and not what was asked for
		return r, errNoReply
	}
	return r, &refusal{s.step, r}
}

// command sends a command, and waits for a reply with that first digit of its code.
func (s *smtpSession) command(step smtpStep, digit int, format string, args ...any) (reply, error) {
	s.begin(step)
	line := fmt.Sprintf(format, args...)
	if hasLineBreak(line) {
		return reply{}, fmt.Errorf("the command %.4q has more than one line", line)
	}
	if err := s.earlyReply(); err != nil {
		return reply{}, err
	}
	if _, err := s.conn.Write([]byte(line + "\r\n")); err != nil {
		return reply{}, s.causeOf(err)
	}
	return s.expect(digit)
}

// earlyReply is what a server has said before it was asked: a refusal, as 421 is (RFC 5321,
// 3.8), or what answers nothing, after which no reply can be believed; nil for nothing.
func (s *smtpSession) earlyReply() error {
	if s.in.Buffered() == 0 {
		return nil
	}
	s.isBroken = true
	if r, err := readReply(s.in); err == nil && r.code >= 400 {
		return &refusal{s.step, r}
	}
	return errOutOfTurn
}

// causeOf is why a command could not be written: what the server said before it closed the connection, such
// as 421, or else the error.
func (s *smtpSession) causeOf(err error) error {
	s.isBroken = true
	_ = s.conn.SetReadDeadline(time.Now().Add(s.limits[stepQuit]))
	if r, readErr := readReply(s.in); readErr == nil && r.code >= 400 {
		return &refusal{s.step, r}
	}
	return err
}

// hello says EHLO, and HELO to a server that does not know it (RFC 5321, 3.2).
func (s *smtpSession) hello(name string) error {
	s.extensions = map[string]string{}
	r, err := s.command(stepHello, 2, "EHLO %s", name)
	if refused, isRefusal := errors.AsType[*refusal](err); isRefusal && (refused.code == 500 || refused.code == 502) {
		_, err = s.command(stepHello, 2, "HELO %s", name)
		return err
	}
	if err != nil {
		return err
	}
	for _, line := range r.lines[1:] { // the first is the server's name
		keyword, parameters, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name, list, isOld := strings.Cut(keyword, "="); isOld && strings.EqualFold(name, "AUTH") { // before RFC 4954
			keyword, parameters = name, list+" "+parameters
		}
		keyword = strings.ToUpper(keyword)
		s.extensions[keyword] = strings.TrimSpace(s.extensions[keyword] + " " + parameters)
	}
	return nil
}

func (s *smtpSession) has(extension string) bool {
	_, has := s.extensions[extension]
	return has
}

// sendText sends the text of a message and the final dot, and returns the answer to it.
func (s *smtpSession) sendText(text []byte) (reply, error) {
	if _, err := s.command(stepData, 3, "DATA"); err != nil {
		return reply{}, err
	}
	s.begin(stepText)
	var dotted bytes.Buffer
	out := textproto.NewWriter(bufio.NewWriter(&dotted)).DotWriter()
	_, _ = out.Write(text) // into memory
	_ = out.Close()
	body, end := bytes.TrimSuffix(dotted.Bytes(), []byte(".\r\n")), []byte(".\r\n")
	if _, err := s.conn.Write(body); err != nil {
		return reply{}, s.causeOf(err)
	}
	if err := s.earlyReply(); err != nil {
		return reply{}, err
	}
	s.begin(stepResult)
	if n, err := s.conn.Write(end); err != nil {
		if n == 0 { // without the dot nothing was taken (RFC 5321, 4.1.1.4)
			s.step = stepText
		}
		return reply{}, s.causeOf(err)
	}
	return s.expect(2)
}

// quit ends a session that is not broken. Its answer changes nothing any more.
func (s *smtpSession) quit() {
	if s.conn != nil && !s.isBroken {
		_, _ = s.command(stepQuit, 2, "QUIT")
	}
}
