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
	// tokenCacheAge is how long a token is used without a query. A revoked token ends
	// in other processes within a second; this is half of that.
	tokenCacheAge = 500 * time.Millisecond
	// maxCachedTokens bounds the cache, at about 400 bytes for each token.
	maxCachedTokens = 10_000
)

// tokenCache has the tokens that were loaded within tokenCacheAge. Only tokens that
// exist are cached, so that requests with invented tokens cannot fill it.
type tokenCache struct {
	mu   sync.RWMutex
	byID map[string]cachedToken // by the token's id
	// generation counts the calls of clear: a token that was loaded before one must
	// not be added after it.
	generation int
}

type cachedToken struct {
	token    backend.Token
	hash     [sha256.Size]byte
	loadedAt time.Time
}

// Authenticate returns the token with this text. Unknown, revoked, expired and
// malformed ones get the same refusal. Errors: unauthorized.
func (a *Accounts) Authenticate(ctx context.Context, text string) (backend.Token, error) {
	id, ok := parseTokenText(text)
	if !ok {
		return backend.Token{}, errTokenInvalid()
	}
	now := a.db.Now()
	cached, found := a.tokens.find(id, now)
	if !found {
		var err error
		if cached, found, err = a.loadToken(ctx, id, now); err != nil {
			return backend.Token{}, err
		}
	}
	hash := hashTokenText(text)
	if !found || subtle.ConstantTimeCompare(hash[:], cached.hash[:]) != 1 || !cached.token.Valid(now) {
		return backend.Token{}, errTokenInvalid()
	}
	return cached.token, nil
}

func errTokenInvalid() error {
	return backend.Errorf(backend.CodeUnauthorized, "This token is not valid: it is unknown, revoked or expired. Ask for a new one.")
}

// loadToken loads a token from the file and adds it to the cache.
func (a *Accounts) loadToken(ctx context.Context, id string, now time.Time) (loaded cachedToken, found bool, err error) {
	generation := a.tokens.currentGeneration()
	err = a.db.ReadOne(ctx, func(tx *storage.Tx) error {
		var hash []byte
		loaded.token, hash, found, err = tx.Token(id)
		copy(loaded.hash[:], hash)
		return err
	})
	if err != nil || !found {
		return loaded, false, err
	}
	loaded.loadedAt = now
	a.tokens.add(id, loaded, generation)
	return loaded, true, nil
}

// find returns a token that was loaded within tokenCacheAge. A clock that was set back
// ends all of them.
func (c *tokenCache) find(id string, now time.Time) (cachedToken, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	cached, found := c.byID[id]
	age := now.Sub(cached.loadedAt)
	return cached, found && age >= 0 && age < tokenCacheAge
}

func (c *tokenCache) currentGeneration() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.generation
}

// add caches a token, unless the cache was cleared since the generation. A full cache
// is emptied first.
func (c *tokenCache) add(id string, t cachedToken, generation int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation != c.generation {
		return
	}
	if c.byID == nil || len(c.byID) >= maxCachedTokens {
		c.byID = map[string]cachedToken{}
	}
	c.byID[id] = t
}

// clear empties the cache, since a token may have been revoked.
func (c *tokenCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID = nil
	c.generation++
}
