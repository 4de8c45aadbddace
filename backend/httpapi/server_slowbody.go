package httpapi

import (
	"net/http"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
)

const (
	// slowBodyAfter is when a body that has not arrived counts as slow. That of a
	// command comes with its header, or right behind it.
	slowBodyAfter = 250 * time.Millisecond
	// At most so many slow bodies are waited for, of one token and in all. Where few
	// connections are served, it is a quarter and half of those.
	maxSlowBodiesOfToken = 16
	maxSlowBodies        = 256
)

// slowBodies counts the requests whose bodies take long to arrive. Each holds a
// connection for as long as its caller likes, up to readTimeout.
type slowBodies struct {
	mu      sync.Mutex
	all     int
	byToken map[string]int
	served  int // connections, at most; 0 for any number
}

// enter counts one more; false when there are as many as there may be.
func (s *slowBodies) enter(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	inAll, ofToken := maxSlowBodies, maxSlowBodiesOfToken
	if s.served > 0 {
		inAll, ofToken = min(inAll, max(s.served/2, 1)), min(ofToken, max(s.served/4, 1))
	}
	if s.all >= inAll || s.byToken[token] >= ofToken {
		return false
	}
	if s.byToken == nil {
		s.byToken = map[string]int{}
	}
	s.all++
	s.byToken[token]++
	return true
}

func (s *slowBodies) leave(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.byToken[token]--; s.byToken[token] == 0 {
		delete(s.byToken, token)
	}
}

// errSlowBody is answered where a body did not arrive in time, and too many
// others have not, either.
var errSlowBody error = &backend.Error{Code: backend.CodeRateLimited, RetryAfter: time.Second,
	Message: "The body did not arrive at once, and too many others are on their way. Nothing was changed. Send fewer at the same time."}

// bodyWatch watches the body of one request.
type bodyWatch struct {
	slow      *slowBodies
	token     string
	timer     *time.Timer
	done      chan struct{} // the timer's function has ended
	isCounted bool
	isRefused bool
}

// watch counts the body from slowBodyAfter on, or ends its reading then.
func (s *slowBodies) watch(token string, connection *http.ResponseController) *bodyWatch {
	b := &bodyWatch{slow: s, token: token, done: make(chan struct{})}
	b.timer = time.AfterFunc(slowBodyAfter, func() {
		defer close(b.done)
		if b.isCounted = s.enter(token); !b.isCounted {
			b.isRefused = true
			_ = connection.SetReadDeadline(time.Now()) // the reading fails; see end
		}
	})
	return b
}

// end ends the watch. isRefused says that the reading was ended by it.
func (b *bodyWatch) end() (isRefused bool) {
	if b.timer.Stop() {
		return false
	}
	<-b.done
	if b.isCounted {
		b.slow.leave(b.token)
	}
	return b.isRefused
}
