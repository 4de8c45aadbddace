package httpapi

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// bounded is a listener that takes no more connections than most. When all
// are taken, a new one gets the place of the one that has been quiet longest,
// so that a caller who holds many open keeps nobody out. Where none is quiet,
// it waits for one that is.
type bounded struct {
	net.Listener
	most int

	mu       sync.Mutex
	changed  *sync.Cond
	quiet    *list.List                 // of net.Conn, between two requests or before the first, the longest first
	open     map[net.Conn]*list.Element // its place in quiet; nil while it is answered
	isClosed bool
}

func newBounded(l net.Listener, most int) *bounded {
	b := &bounded{Listener: l, most: most, quiet: list.New(), open: map[net.Conn]*list.Element{}}
	b.changed = sync.NewCond(&b.mu)
	return b
}

// Accept waits for a connection and then for a place.
func (l *bounded) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.open) >= l.most && l.quiet.Len() == 0 && !l.isClosed {
		l.changed.Wait()
	}
	if l.isClosed {
		conn.Close()
		return nil, net.ErrClosed
	}
	if len(l.open) >= l.most {
		longest := l.quiet.Remove(l.quiet.Front()).(net.Conn)
		delete(l.open, longest)
		go longest.Close() // with TLS it says goodbye first, which may take its time
	}
	l.open[conn] = l.quiet.PushBack(conn)
	return conn, nil
}

// note follows what the server does with its connections. They stay
// unwrapped, since net/http looks whether one is of TLS.
func (l *bounded) note(conn net.Conn, state http.ConnState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	place, isHere := l.open[conn]
	if !isHere { // it had to make room
		return
	}
	if place != nil && state != http.StateNew {
		l.quiet.Remove(place)
		l.open[conn] = nil
	}
	switch state {
	case http.StateIdle:
		l.open[conn] = l.quiet.PushBack(conn)
	case http.StateClosed, http.StateHijacked:
		delete(l.open, conn)
	}
	l.changed.Signal()
}

// Close also wakes an Accept that waits for a place.
func (l *bounded) Close() error {
	l.mu.Lock()
	l.isClosed = true
	l.changed.Signal()
	l.mu.Unlock()
	return l.Listener.Close()
}
