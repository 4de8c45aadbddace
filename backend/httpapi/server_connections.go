package httpapi

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// limitedListener accepts at most max connections. At the limit a new
// connection evicts the one that has been idle longest, so that a caller who
// holds many open keeps no other one out. While none is idle, a new one waits.
type limitedListener struct {
	net.Listener
	max int

	mu       sync.Mutex
	changed  *sync.Cond
	idle     *list.List                 // of net.Conn, between two requests or before the first, longest first
	open     map[net.Conn]*list.Element // its element in idle; nil while a request is served
	isClosed bool
}

func newLimitedListener(l net.Listener, limit int) *limitedListener {
	limited := &limitedListener{Listener: l, max: limit, idle: list.New(), open: map[net.Conn]*list.Element{}}
	limited.changed = sync.NewCond(&limited.mu)
	return limited
}

// Accept waits for a connection, and then until there is room for it.
func (l *limitedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.open) >= l.max && l.idle.Len() == 0 && !l.isClosed {
		l.changed.Wait()
	}
	if l.isClosed {
		conn.Close()
		return nil, net.ErrClosed
	}
	if len(l.open) >= l.max {
		longest := l.idle.Remove(l.idle.Front()).(net.Conn)
		delete(l.open, longest)
		go longest.Close() // with TLS it sends an alert first, which may take its time
	}
	l.open[conn] = l.idle.PushBack(conn)
	return conn, nil
}

// noteState follows the states of the server's connections. The connections are
// not wrapped, since net/http looks whether one is of TLS.
func (l *limitedListener) noteState(conn net.Conn, state http.ConnState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	element, isOpen := l.open[conn]
	if !isOpen { // it was evicted
		return
	}
	if element != nil && state != http.StateNew {
		l.idle.Remove(element)
		l.open[conn] = nil
	}
	switch state {
	case http.StateIdle:
		l.open[conn] = l.idle.PushBack(conn)
	case http.StateClosed, http.StateHijacked:
		delete(l.open, conn)
	}
	l.changed.Signal()
}

// Close also ends an Accept that waits for room.
func (l *limitedListener) Close() error {
	l.mu.Lock()
	l.isClosed = true
	l.changed.Signal()
	l.mu.Unlock()
	return l.Listener.Close()
}
