package local

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// newToken creates a token for the demo's main account.
func newToken(t testing.TB, a *Accounts) (backend.Token, string) {
	t.Helper()
	k, text, err := a.CreateToken(context.Background(), backend.NewToken{Account: DemoCustomer, Scope: backend.ScopeSelf})
	if err != nil {
		t.Fatal(err)
	}
	return k, text
}

// authenticate checks the code of the answer: "" for a valid token.
func authenticate(t testing.TB, a *Accounts, text string, want backend.Code) {
	t.Helper()
	if _, err := a.Authenticate(context.Background(), text); backend.ErrorCode(err) != want {
		t.Fatalf("got %v, want %q", err, want)
	}
}

func TestTokenRevokedByAnotherProcessEndsWithinASecond(t *testing.T) {
	ctx, clock := context.Background(), newClock()
	path := demoFile(t, clock)
	here := New(openFile(t, path, sqlite.Options{Now: clock.Now}), Options{Key: testKey})
	there := New(openFile(t, path, sqlite.Options{Now: clock.Now}), Options{Key: testKey})
	for _, end := range []func(backend.Token) error{
		func(k backend.Token) error { return there.RevokeToken(ctx, k.ID) },
		func(backend.Token) error { return there.View(DemoCustomer).DeleteAccount(ctx, "privacy") },
	} {
		k, secret := newToken(t, here)
		authenticate(t, here, secret, "")
		if err := end(k); err != nil {
			t.Fatal(err)
		}
		authenticate(t, there, secret, backend.CodeUnauthorized)
		clock.Advance(tokenCacheAge)
		authenticate(t, here, secret, backend.CodeUnauthorized)
	}
}

func TestTokensAreCached(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	a := New(db, Options{Key: testKey})
	_, secret := newToken(t, a)
	_, unknown := newTokenText()
	authenticate(t, a, secret, "")
	for range 3 {
		authenticate(t, a, unknown, backend.CodeUnauthorized)
	}
	if n := len(a.tokens.byID); n != 1 {
		t.Errorf("%d tokens are cached, want 1, without the unknown one", n)
	}
	db.Close()
	authenticate(t, a, secret, "")
	authenticate(t, a, "ph_"+unknown, backend.CodeUnauthorized) // malformed: refused before any query
	authenticate(t, a, unknown, backend.CodeUnavailable)
	clock.Advance(tokenCacheAge)
	authenticate(t, a, secret, backend.CodeUnavailable)
}

func TestTokenCacheIsBoundedAndNeverStale(t *testing.T) {
	var cache tokenCache
	now := newClock().Now()
	generation := cache.currentGeneration()
	for range 2*maxCachedTokens + 1 {
		id, _ := newTokenText()
		cache.add(id, cachedToken{loadedAt: now}, generation)
	}
	if len(cache.byID) > maxCachedTokens {
		t.Errorf("%d tokens are cached", len(cache.byID))
	}
	cache.clear()
	cache.add("loaded before", cachedToken{loadedAt: now}, generation)
	if _, found := cache.find("loaded before", now); found {
		t.Error("a token that was loaded before the cache was cleared was added after that")
	}
	cache.add("loaded after", cachedToken{loadedAt: now}, cache.currentGeneration())
	for age, want := range map[time.Duration]bool{-time.Minute: false, 0: true, tokenCacheAge - 1: true, tokenCacheAge: false} {
		if _, found := cache.find("loaded after", now.Add(age)); found != want {
			t.Errorf("found at the age of %v: %v, want %v", age, found, want)
		}
	}
}

func TestConcurrentAuthenticationAndRevocation(t *testing.T) {
	clock := newClock()
	a := New(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), Options{Key: testKey})
	_, valid := newToken(t, a)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 50 {
				k, secret := newToken(t, a)
				authenticate(t, a, valid, "")
				authenticate(t, a, secret, "")
				if err := a.RevokeToken(context.Background(), k.ID); err != nil {
					t.Error(err)
				}
				authenticate(t, a, secret, backend.CodeUnauthorized)
			}
		})
	}
	group.Wait()
}

func TestFileHasNoTokenText(t *testing.T) {
	clock := newClock()
	path := demoFile(t, clock)
	db := openFile(t, path, sqlite.Options{Now: clock.Now})
	k, secret := newToken(t, New(db, Options{Key: testKey}))
	for _, part := range []string{secret, secret[tokenIDEnd+1 : tokenRandomEnd]} {
		if where := inFile(t, path, part); where != "" {
			t.Errorf("the token is in %s", where)
		}
	}
	if inFile(t, path, k.ID) == "" {
		t.Error("the id of the token is not in the file either, so this test finds nothing")
	}
}

func TestNewUsernameKeepsTheTokenOfItsCommand(t *testing.T) {
	clock := newClock()
	a := New(openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), Options{Key: testKey, Actor: "server"})
	mine, secret := newToken(t, a)
	_, other := newToken(t, a)
	ctx := backend.WithCommand(context.Background(), backend.Command{TokenID: mine.ID, Actor: "token " + mine.ID})
	b := a.View(DemoCustomer)
	if _, err := b.ChangeUsername(ctx, "new@example.org"); err != nil {
		t.Fatal(err)
	}
	inbox, err := b.Messages(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.ConfirmUsername(ctx, inbox.Messages[0].Code); err != nil {
		t.Fatal(err)
	}
	authenticate(t, a, secret, "")
	authenticate(t, a, other, backend.CodeUnauthorized)
	page, err := b.Journal(ctx, backend.JournalQuery{Limit: 3})
	if err != nil || page.Entries[0].Actor != "token "+mine.ID || page.Entries[2].Actor != "server" ||
		page.Entries[0].Detail != "a notice was sent to the old address, 1 other token revoked" {
		t.Fatalf("%+v, %v", page.Entries, err)
	}
}

// TestJournalNamesTheActorOfATokenChange: the actor of the command or, without one, of
// the options.
func TestJournalNamesTheActorOfATokenChange(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	for want, a := range map[string]*Accounts{"console": New(db, Options{Key: testKey}), "shell": New(db, Options{Key: testKey, Actor: "shell"})} {
		for actor, want := range map[string]string{"": want, "operator:1": "operator:1"} {
			ctx := backend.WithCommand(context.Background(), backend.Command{Actor: actor})
			k, _, err := a.CreateToken(ctx, backend.NewToken{Account: DemoCustomer, Scope: backend.ScopeSelf})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.RevokeToken(ctx, k.ID); err != nil {
				t.Fatal(err)
			}
			page, err := a.View(DemoCustomer).Journal(ctx, backend.JournalQuery{Limit: 2})
			if err != nil || page.Entries[0].Action != "token.revoked" || page.Entries[0].Actor != want || page.Entries[1].Action != "token.created" || page.Entries[1].Actor != want {
				t.Errorf("%+v, %v, want %s", page.Entries, err, want)
			}
		}
	}
}

// BenchmarkAuthenticate measures the check of the token of every request to a server. A
// known token is loaded from the file twice a second.
func BenchmarkAuthenticate(b *testing.B) {
	a := New(openFile(b, demoFile(b, newClock()), sqlite.Options{}), Options{Key: testKey})
	_, secret := newToken(b, a)
	ctx := context.Background()
	_, unknown := newTokenText()
	for name, text := range map[string]string{"known": secret, "unknown": unknown, "malformed": unknown[1:] + "a"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := a.Authenticate(ctx, text); (err == nil) != (name == "known") {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
