//go:build unix

package pgtest

import (
	"bytes"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Cut is when a proxy cuts a connection.
type Cut int

// The cuts. Each is made once, at the next chance.
const (
	CutNever     Cut = iota
	CutStatement     // when anything else than a COMMIT comes, which does not get through
	CutCommit        // when a COMMIT comes, which does not get through
	CutAnswer        // when the answer to a COMMIT comes, which does not get through
)

// Proxy stands between a store and the server.
type Proxy struct {
	listener net.Listener
	mu       sync.Mutex
	next     Cut
	held     chan struct{} // closed once nothing is held any more; nil before
}

// Through returns the address of a database through a proxy that ends with the test.
func Through(t testing.TB, address string) (string, *Proxy) {
	t.Helper()
	folder := t.TempDir()
	if len(folder) > 80 {
		t.Fatalf("%s is too long for a socket", folder)
	}
	listener, err := net.Listen("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: listener}
	t.Cleanup(func() { _ = listener.Close() })
	go p.serve(filepath.Join(server.folder, ".s.PGSQL.5432"))
	return strings.Replace(address, "host="+server.folder, "host="+folder, 1), p
}

// Cut sets when the next connection is cut.
func (p *Proxy) Cut(when Cut) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = when
}

// IsCut reports whether the cut was made that was set.
func (p *Proxy) IsCut() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next == CutNever
}

// Hold makes the proxy keep everything that is said from now on, as a network that is gone does, until
// the returned function is called.
func (p *Proxy) Hold() (release func()) {
	held := make(chan struct{})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = held
	return sync.OnceFunc(func() { close(held) })
}

// wait waits while everything is held.
func (p *Proxy) wait() {
	p.mu.Lock()
	held := p.held
	p.mu.Unlock()
	if held != nil {
		<-held
	}
}

// take reports whether a connection is to be cut now.
func (p *Proxy) take(when Cut) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	isNow := p.next == when
	if isNow {
		p.next = CutNever
	}
	return isNow
}

func (p *Proxy) serve(socket string) {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		behind, err := net.Dial("unix", socket)
		if err != nil {
			_ = client.Close()
			continue
		}
		c := &connection{proxy: p, client: client, server: behind}
		go c.pass(client, behind, c.isCutAsking)
		go c.pass(behind, client, c.isCutAnswering)
	}
}

// connection is one that the proxy passes on.
type connection struct {
	proxy          *Proxy
	client, server net.Conn
	mu             sync.Mutex
	isCommitting   bool
}

// pass passes on what one side says, until it ends or is cut.
func (c *connection) pass(from io.Reader, to io.Writer, isCut func([]byte) bool) {
	defer c.client.Close()
	defer c.server.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		c.proxy.wait()
		if n > 0 && isCut(buf[:n]) {
			return
		}
		if n > 0 {
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (c *connection) isCutAsking(said []byte) bool {
	if !bytes.Contains(said, []byte("COMMIT\x00")) {
		return c.proxy.take(CutStatement)
	}
	c.mu.Lock()
	c.isCommitting = true
	c.mu.Unlock()
	return c.proxy.take(CutCommit)
}

func (c *connection) isCutAnswering([]byte) bool {
	c.mu.Lock()
	isCommitting := c.isCommitting
	c.isCommitting = false
	c.mu.Unlock()
	return isCommitting && c.proxy.take(CutAnswer)
}
