package local

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

const (
	// sessionAge is how long a token is taken for valid without looking. The
	// contract allows a revoked one a second; this is half of it.
	sessionAge = 500 * time.Millisecond
	// maxSessions bounds what is remembered, at about 400 bytes each.
	maxSessions = 10_000
)

// sessions remembers tokens that were looked up a moment ago. Only tokens that
// exist are remembered, so nobody can fill it with inventions.
type sessions struct {
	mu    sync.RWMutex
	known map[string]session // by the token's id
	// turn counts what was forgotten: a token that was looked up before must
	// not be remembered after.
	turn int
}

type session struct {
	token  backend.Token
	hash   [sha256.Size]byte
	seenAt time.Time
}

// Authenticate returns the token with this text. Unknown, revoked, expired and
// malformed ones get the same answer.
func (a *Accounts) Authenticate(ctx context.Context, secret string) (backend.Token, error) {
	id, ok := parseSecret(secret)
	if !ok {
		return backend.Token{}, errNoToken()
	}
	now := a.db.Now()
	s, found := a.sessions.find(id, now)
	if !found {
		var err error
		if s, found, err = a.lookUp(ctx, id, now); err != nil {
			return backend.Token{}, err
		}
	}
	hash := hashSecret(secret)
	if !found || subtle.ConstantTimeCompare(hash[:], s.hash[:]) != 1 || !s.token.Valid(now) {
		return backend.Token{}, errNoToken()
	}
	return s.token, nil
}

func errNoToken() error {
	return backend.Errorf(backend.CodeUnauthorized, "This token is not valid: it is unknown, revoked or expired. Ask for a new one.")
}

func (a *Accounts) lookUp(ctx context.Context, id string, now time.Time) (s session, found bool, err error) {
	turn := a.sessions.present()
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		var hash []byte
		s.token, hash, found, err = tx.Token(id)
		copy(s.hash[:], hash)
		return err
	})
	if err != nil || !found {
		return s, false, err
	}
	s.seenAt = now
	a.sessions.remember(id, s, turn)
	return s, true, nil
}

// find returns a token that was seen within sessionAge. A clock that was set
// back makes all of them old.
func (s *sessions) find(id string, now time.Time) (session, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	known, found := s.known[id]
	age := now.Sub(known.seenAt)
	return known, found && age >= 0 && age < sessionAge
}

func (s *sessions) present() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.turn
}

func (s *sessions) remember(id string, seen session, turn int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if turn != s.turn {
		return
	}
	if s.known == nil || len(s.known) >= maxSessions {
		s.known = map[string]session{}
	}
	s.known[id] = seen
}

// forget makes every token be looked up again: one of them may have gone.
func (s *sessions) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = nil
	s.turn++
}
