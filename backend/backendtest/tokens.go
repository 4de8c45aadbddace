package backendtest

import (
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// tokenPromises are about the tokens of the store.
var tokenPromises = []promise{
	{"a token belongs to its customer, and its text is returned once", func(v *visit) {
		k, text := v.token(backend.NewToken{Account: "JOHN@example.org", Scope: backend.ScopeSelf, Name: " My script "})
		v.check(k.Customer == v.self.ID && k.Email == "john@example.org" && k.Scope == backend.ScopeSelf && k.Name == "My script", "%+v", k)
		v.check(k.ID != "" && !k.CreatedAt.IsZero() && k.ExpiresAt.IsZero(), "%+v", k)
		v.check(strings.HasPrefix(text, "ph_") && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == "",
			"%q needs escaping in a URL", text)
		for range 2 {
			got, err := v.Tokens.Authenticate(v.ctx, text)
			v.ok(err)
			v.check(got == k, "%+v, want %+v", got, k)
		}
		p, err := v.Tokens.View(k.Customer).Profile(v.ctx)
		v.ok(err)
		v.check(p.Customer.ID == v.self.ID, "%+v", p.Customer)
		_, err = v.Tokens.View("6fb4e64f-ad18-46e3-920c-92639adb137d").Profile(v.ctx)
		v.refused(err, backend.CodeUnauthorized)
	}},
	{"tokens are listed, the newest first", func(v *visit) {
		a, _ := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeSelf})
		v.Advance(time.Second)
		b, _ := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeOperator, Expires: time.Hour})
		list, err := v.Tokens.ListTokens(v.ctx)
		v.ok(err)
		v.check(list != nil && slices.Contains(list, a) && slices.Index(list, b) == 0, "%+v", list)
	}},
	{"every wrong token gets the same refusal", func(v *visit) {
		_, text := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeSelf})
		_, revoked := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeSelf})
		k, err := v.Tokens.Authenticate(v.ctx, revoked)
		v.ok(err)
		v.ok(v.Tokens.RevokeToken(v.ctx, k.ID))
		_, err = v.Tokens.Authenticate(v.ctx, revoked)
		want := v.refused(err, backend.CodeUnauthorized)
		middle := len(text) / 2
		for _, malformed := range []string{"", "ph_", text + "x", " " + text, text[:len(text)-1], strings.ToUpper(text),
			text[:middle] + "1" + text[middle+1:], text[:middle] + revoked[middle:], k.ID, strings.Repeat("ph_", 99_999)} {
			_, err := v.Tokens.Authenticate(v.ctx, malformed)
			v.check(v.refused(err, backend.CodeUnauthorized).Message == want.Message, "%q: %v", malformed, err)
		}
		_, err = v.Tokens.Authenticate(v.ctx, text)
		v.ok(err)
	}},
	{"an expired token is refused", func(v *visit) {
		k, text := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeOperator, Expires: time.Hour})
		v.check(k.ExpiresAt.Equal(k.CreatedAt.Add(time.Hour)), "%+v", k)
		v.Advance(time.Hour - time.Millisecond)
		_, err := v.Tokens.Authenticate(v.ctx, text)
		v.ok(err)
		v.Advance(time.Millisecond)
		_, err = v.Tokens.Authenticate(v.ctx, text)
		v.refused(err, backend.CodeUnauthorized)
	}},
	{"a token is revoked by its id, once", func(v *visit) {
		k, text := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeSelf})
		_, other := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeSelf})
		v.refused(v.Tokens.RevokeToken(v.ctx, "nothing"), backend.CodeNotFound)
		v.ok(v.Tokens.RevokeToken(v.ctx, k.ID))
		v.refused(v.Tokens.RevokeToken(v.ctx, k.ID), backend.CodeNotFound)
		_, err := v.Tokens.Authenticate(v.ctx, text)
		v.refused(err, backend.CodeUnauthorized)
		_, err = v.Tokens.Authenticate(v.ctx, other)
		v.ok(err)
		rows := v.entries(1)
		v.check(strings.Contains(rows[0].Detail, k.ID) && !strings.Contains(rows[0].Detail, text), "%+v", rows)
	}},
	{"a new token needs an account, and is refused with all its faults at once", func(v *visit) {
		_, _, err := v.Tokens.CreateToken(v.ctx, backend.NewToken{Account: v.self.ID, Scope: "root", Name: "a\u202Eb", Expires: -1})
		v.refused(err, backend.CodeInvalid, "scope", "name", "expires")
		for _, account := range []string{"", "nobody@example.org", "6fb4e64f-ad18-46e3-920c-92639adb137d"} {
			_, _, err := v.Tokens.CreateToken(v.ctx, backend.NewToken{Account: account, Scope: backend.ScopeSelf})
			v.refused(err, backend.CodeNotFound)
		}
	}},
	{"tokens are removed with their account", func(v *visit) {
		k, text := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeOperator})
		other, _ := v.newcomer("anna@example.org", backend.PlanTeam)
		_, hers := v.token(backend.NewToken{Account: "anna@example.org", Scope: backend.ScopeSelf})
		v.ok(v.DeleteAccount(v.ctx, "privacy"))
		_, err := v.Tokens.Authenticate(v.ctx, text)
		v.refused(err, backend.CodeUnauthorized)
		list, err := v.Tokens.ListTokens(v.ctx)
		v.ok(err)
		v.check(!slices.Contains(list, k), "%+v", list)
		_, err = v.Tokens.Authenticate(v.ctx, hers)
		v.ok(err)
		_, err = other.Profile(v.ctx)
		v.ok(err)
	}},
	{"confirming a new username revokes the customer's other tokens", func(v *visit) {
		_, text := v.token(backend.NewToken{Account: v.self.ID, Scope: backend.ScopeSelf})
		v.newcomer("anna@example.org", backend.PlanTeam)
		_, hers := v.token(backend.NewToken{Account: "anna@example.org", Scope: backend.ScopeSelf})
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		code := v.code("new@example.org")
		_, err = v.ConfirmUsername(v.ctx, wrong(code))
		v.refused(err, backend.CodeWrong, "code")
		_, err = v.Tokens.Authenticate(v.ctx, text)
		v.ok(err)
		_, err = v.ConfirmUsername(v.ctx, code)
		v.ok(err)
		_, err = v.Tokens.Authenticate(v.ctx, text)
		v.refused(err, backend.CodeUnauthorized)
		_, err = v.Tokens.Authenticate(v.ctx, hers)
		v.ok(err)
		v.check(v.profile().Customer.Email == "new@example.org", "the view was ended, too")
	}},
}

// token creates a token and expects that it is valid.
func (v *visit) token(t backend.NewToken) (backend.Token, string) {
	v.Helper()
	k, text, err := v.Tokens.CreateToken(v.ctx, t)
	v.ok(err)
	_, err = v.Tokens.Authenticate(v.ctx, text)
	v.ok(err)
	return k, text
}
