package httpapi

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxServed is how many connections are served at once by default. Each
	// costs about 20 KB.
	maxServed = 4096
	// quietTime is how long a connection must have been without a request before
	// it is closed to make room for another.
	quietTime = 2 * time.Second
	// turnTime is how long a connection is kept for further requests while others
	// wait to be served. The answer to its last one says that it closes.
	turnTime = time.Second
	// maxWait is how long a connection waits to be served before its request is
	// answered with 503.
	maxWait = 5 * time.Second
	// quietTimeFull and maxWaitFull are the same where hardly any more connections can be
	// accepted: further ones wait in the kernel then, and get neither an answer nor a
	// place in the order. A turn is one request then.
	quietTimeFull = 250 * time.Millisecond
	maxWaitFull   = time.Second
)

// connections is a listener that bounds how many connections are served at
// once. Further ones wait in their order of arrival: for one that ends, or for
// one that has been quiet for quietTime, which is closed then. Nothing that has
// begun is cut off, and one that waits for too long is answered. Fewer are served
// than are accepted, so that there is always room for some that wait.
type connections struct {
	net.Listener
	served   int // at most
	accepted int // at most, served and waiting: the file descriptors that there are for them
	share    int // of accepted, those that are not for serving

	isCrowded atomic.Bool // some wait, for the handlers
	isPressed atomic.Bool // nearly as many are open and wait as are accepted

	mu         sync.Mutex
	changed    *sync.Cond
	waiting    *list.List               // of *connection, accepted and not served yet, the first to come first
	quiet      *list.List               // of *connection, served and without a request, the longest quiet first
	open       map[net.Conn]*connection // served
	refused    int                      // of open, those that are only told to come back
	err        error                    // of the listener, for the next Accept
	collector  collector
	isStopping bool // no connection waits any more
	isClosed   bool
	begun      sync.Once
}

// connection is one that was accepted.
type connection struct {
	net.Conn
	since     time.Time     // when it was accepted; once it is served, since when it has been
	quiet     *list.Element // in connections.quiet; nil while a request is served
	quietFrom time.Time
	isRefused bool // it waited for too long
}

// Accept returns the next connection to serve.
func (l *connections) Accept() (net.Conn, error) {
	l.begun.Do(func() { go l.fill() })
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		if l.isClosed {
			return nil, net.ErrClosed
		}
		if conn := l.next(); conn != nil {
			return conn, nil
		}
		if err := l.err; err != nil {
			l.err = nil
			l.changed.Broadcast()
			return nil, err
		}
		l.waitForChange()
	}
}

// fill accepts connections, as many as there is room for.
func (l *connections) fill() {
	for {
		conn, err := l.Listener.Accept()
		l.mu.Lock()
		if l.isClosed {
			l.mu.Unlock()
			if err == nil {
				conn.Close()
			}
			return
		}
		if err != nil {
			l.err = err
		} else {
			l.waiting.PushBack(&connection{Conn: conn, since: time.Now()})
			l.count()
		}
		l.changed.Broadcast()
		for (l.err != nil || len(l.open)+l.waiting.Len() >= l.accepted) && !l.isClosed {
			l.changed.Wait()
		}
		l.mu.Unlock()
	}
}

// next takes the first of those that wait, where it can be served or has waited
// for too long; nil for none.
func (l *connections) next() net.Conn {
	now := time.Now()
	for more := true; more && l.isPressed.Load(); {
		more = l.evict(now)
	}
	first := l.waiting.Front()
	if first == nil {
		return nil
	}
	for more := true; more && !l.canServe(); {
		more = l.evict(now)
	}
	c := first.Value.(*connection)
	switch {
	case l.canServe():
	case now.Sub(c.since) >= l.waitLimit(), l.isStopping:
		c.isRefused = true
		l.refused++
	default:
		return nil
	}
	l.waiting.Remove(first)
	c.since, c.quietFrom = now, now
	c.quiet = l.quiet.PushBack(c)
	l.open[c.Conn] = c
	l.count()
	return c.Conn
}

// evict closes the connection that has been quiet longest, where that is long enough.
func (l *connections) evict(now time.Time) bool {
	first := l.quiet.Front()
	if first == nil || now.Sub(first.Value.(*connection).quietFrom) < l.quietLimit() {
		return false
	}
	c := first.Value.(*connection)
	l.quiet.Remove(first)
	l.forget(c)
	go c.Close() // with TLS it sends an alert first, which may take its time
	return true
}

// forget takes a connection out of those that are served, which makes room for fill.
func (l *connections) forget(c *connection) {
	delete(l.open, c.Conn)
	if c.isRefused {
		l.refused--
	}
	l.count()
	l.changed.Broadcast()
}

// waitForChange waits until something has changed, or time alone makes room: for
// the first that waits, or for one that cannot even be accepted.
func (l *connections) waitForChange() {
	var wake time.Time
	if first := l.waiting.Front(); first != nil {
		wake = first.Value.(*connection).since.Add(l.waitLimit())
	}
	if q := l.quiet.Front(); q != nil && (l.isCrowded.Load() || l.isPressed.Load()) {
		if soon := q.Value.(*connection).quietFrom.Add(l.quietLimit()); wake.IsZero() || soon.Before(wake) {
			wake = soon
		}
	}
	if !wake.IsZero() {
		timer := time.AfterFunc(time.Until(wake), func() {
			l.mu.Lock() // so that this is not before Wait
			defer l.mu.Unlock()
			l.changed.Broadcast()
		})
		defer timer.Stop()
	}
	l.changed.Wait()
}

// noteState follows the states of the server's connections. The connections are
// not wrapped, since net/http looks whether one is of TLS.
func (l *connections) noteState(conn net.Conn, state http.ConnState) {
	if state == http.StateNew {
		return // as next has left it
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.open[conn]
	if c == nil { // it was evicted
		return
	}
	if c.quiet != nil {
		l.quiet.Remove(c.quiet)
		c.quiet = nil
	}
	switch state {
	case http.StateIdle:
		c.quietFrom = time.Now()
		c.quiet = l.quiet.PushBack(c)
	case http.StateClosed, http.StateHijacked:
		l.forget(c)
	}
	if l.isCrowded.Load() || l.isPressed.Load() {
		l.changed.Broadcast()
	}
}

// stop ends the waiting: who waits for room is told to come back.
func (l *connections) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isStopping = true
	l.changed.Broadcast()
}

// Close also ends an Accept that waits. Connections that have not been served
// are closed.
func (l *connections) Close() error {
	l.mu.Lock()
	l.isClosed = true
	for e := l.waiting.Front(); e != nil; e = e.Next() {
		e.Value.(*connection).Close()
	}
	l.waiting.Init()
	l.count()
	l.changed.Broadcast()
	l.mu.Unlock()
	return l.Listener.Close()
}

type connectionKey struct{}

// withConnection lets the handlers of a connection know it.
func (l *connections) withConnection(ctx context.Context, conn net.Conn) context.Context {
	l.mu.Lock()
	c := l.open[conn]
	l.mu.Unlock()
	if c == nil {
		return ctx
	}
	return context.WithValue(ctx, connectionKey{}, c)
}

// connectionOf returns the connection of a request; nil for a handler without
// this listener.
func connectionOf(r *http.Request) *connection {
	c, _ := r.Context().Value(connectionKey{}).(*connection)
	return c
}
