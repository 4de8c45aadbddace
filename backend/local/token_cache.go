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
	tokenCacheAge = 500 * time.Millisecond
	// maxSessions bounds what is remembered, at about 400 bytes each.
	maxCachedTokens = 10_000
)

// sessions remembers tokens that were looked up a moment ago. Only tokens that
// exist are remembered, so nobody can fill it with inventions.
type tokenCache struct {
	mu   sync.RWMutex
	byID map[string]cachedToken // by the token's id
	// turn counts what was forgotten: a token that was looked up before must
	// not be remembered after.
	generation int
}

type cachedToken struct {
	token    backend.Token
	hash     [sha256.Size]byte
	loadedAt time.Time
}

// Authenticate returns the token with this text. Unknown, revoked, expired and
// malformed ones get the same answer.
func (a *Accounts) Authenticate(ctx context.Context, secret string) (backend.Token, error) {
	id, ok := parseTokenText(secret)
	if !ok {
		return backend.Token{}, errTokenInvalid()
	}
	now := a.db.Now()
	s, found := a.tokens.find(id, now)
	if !found {
		var err error
		if s, found, err = a.loadToken(ctx, id, now); err != nil {
			return backend.Token{}, err
		}
	}
	hash := hashTokenText(secret)
	if !found || subtle.ConstantTimeCompare(hash[:], s.hash[:]) != 1 || !s.token.Valid(now) {
		return backend.Token{}, errTokenInvalid()
	}
	return s.token, nil
}

func errTokenInvalid() error {
	return backend.Errorf(backend.CodeUnauthorized, "This token is not valid: it is unknown, revoked or expired. Ask for a new one.")
}

func (a *Accounts) loadToken(ctx context.Context, id string, now time.Time) (s cachedToken, found bool, err error) {
	turn := a.tokens.currentGeneration()
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		var hash []byte
		s.token, hash, found, err = tx.Token(id)
		copy(s.hash[:], hash)
		return err
	})
	if err != nil || !found {
		return s, false, err
	}
	s.loadedAt = now
	a.tokens.remember(id, s, turn)
	return s, true, nil
}

// find returns a token that was seen within sessionAge. A clock that was set
// back makes all of them old.
func (s *tokenCache) find(id string, now time.Time) (cachedToken, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	known, found := s.byID[id]
	age := now.Sub(known.loadedAt)
	return known, found && age >= 0 && age < tokenCacheAge
}

func (s *tokenCache) currentGeneration() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.generation
}

func (s *tokenCache) remember(id string, seen cachedToken, turn int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if turn != s.generation {
		return
	}
	if s.byID == nil || len(s.byID) >= maxCachedTokens {
		s.byID = map[string]cachedToken{}
	}
	s.byID[id] = seen
}

// forget makes every token be looked up again: one of them may have gone.
func (s *tokenCache) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byID = nil
	s.generation++
}
