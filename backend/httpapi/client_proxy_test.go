package httpapi_test

import (
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"testing"
)

// fault is what goes wrong with one connection. The zero fault is none.
type fault struct {
	// answer is sent in place of the server's, which gets no request.
	answer string
	// isRequestCut and isAnswerCut reset the connection after cutRequest or
	// cutAnswer bytes in that direction.
	isRequestCut, isAnswerCut bool
	cutRequest, cutAnswer     int64
	// isSilent forwards the request and drops the answer, until the client closes
	// the connection.
	isSilent bool
	// isDeaf reads the request and does nothing.
	isDeaf bool
	// isReset ends the connection before anything is read.
	isReset bool
}

// proxy forwards connections to a server, with planned faults.
type proxy struct {
	net.Listener
	server string
	// requests gets a value for each connection on which a request has begun.
	requests chan struct{}
	mu       sync.Mutex
	next     []fault // of the next connections, one each
	last     fault   // of all connections after those
	open     map[net.Conn]bool
	count    int // of connections
	// mark is the address of a connection of our own. Once it is accepted, so are
	// all connections that were made before it.
	mark    string
	settled chan struct{}
	group   sync.WaitGroup
}

func startProxy(t *testing.T, server *httptest.Server) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: listener, server: server.Listener.Addr().String(), requests: make(chan struct{}, 1000), open: map[net.Conn]bool{}, settled: make(chan struct{})}
	p.group.Go(p.run)
	t.Cleanup(func() {
		p.Listener.Close()
		p.plan(fault{})
		p.group.Wait()
	})
	return p
}

func (p *proxy) URL() string { return "http://" + p.Addr().String() }

// plan sets the faults of the next connections, and of all after them: last. The
// present connections are closed.
func (p *proxy) plan(last fault, next ...fault) {
	p.settle()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next, p.last, p.count = next, last, 0
	for c := range p.open {
		c.Close()
	}
}

// settle waits until every connection that was made has been accepted.
func (p *proxy) settle() {
	p.mu.Lock()
	c, err := net.Dial("tcp", p.Addr().String())
	if err == nil {
		p.mark = c.LocalAddr().String()
	}
	p.mu.Unlock()
	if err == nil {
		<-p.settled
		c.Close()
	}
}

// connections is how many there were since plan was called.
func (p *proxy) connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count
}

func (p *proxy) run() {
	for {
		client, err := p.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		if client.RemoteAddr().String() == p.mark {
			p.mark = ""
			p.mu.Unlock()
			client.Close()
			p.settled <- struct{}{}
			continue
		}
		f := p.last
		if len(p.next) > 0 {
			f, p.next = p.next[0], p.next[1:]
		}
		p.count++
		p.open[client] = true
		p.mu.Unlock()
		p.group.Go(func() { p.serveConnection(client, f) })
	}
}

func (p *proxy) forget(c net.Conn) {
	c.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, c)
}

// reset ends a connection with a TCP reset, as a crashed host does.
func reset(c net.Conn) {
	c.(*net.TCPConn).SetLinger(0)
	c.Close()
}

func (p *proxy) serveConnection(client net.Conn, f fault) {
	defer p.forget(client)
	if f.isReset {
		reset(client)
		return
	}
	first := make([]byte, 1)
	if _, err := io.ReadFull(client, first); err != nil {
		return
	}
	p.requests <- struct{}{}
	if f.isDeaf {
		io.Copy(io.Discard, client)
		return
	}
	if f.answer != "" {
		client.Read(make([]byte, 64<<10))
		io.WriteString(client, f.answer)
		return
	}
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	p.mu.Lock()
	p.open[server] = true
	p.mu.Unlock()
	defer p.forget(server)
	p.group.Go(func() { p.copyAnswer(client, server, f) })
	if f.isRequestCut {
		if f.cutRequest > 0 {
			server.Write(first)
			io.CopyN(server, client, f.cutRequest-1)
		}
		reset(client)
		return
	}
	server.Write(first)
	io.Copy(server, client)
}

// copyAnswer forwards the answer.
func (p *proxy) copyAnswer(client, server net.Conn, f fault) {
	switch {
	case f.isSilent:
		io.Copy(io.Discard, server)
	case f.isAnswerCut:
		io.CopyN(client, server, f.cutAnswer)
		reset(client)
	default:
		io.Copy(client, server)
		client.Close()
	}
}
