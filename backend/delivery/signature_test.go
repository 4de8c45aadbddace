package delivery

import "testing"

func TestDeriveSigningSecret(t *testing.T) {
	key := []byte("0123456789abcdef0123456789abcdef")
	a, b := DeriveSigningSecret(key, []byte("a")), DeriveSigningSecret(key, []byte("b"))
	if a != DeriveSigningSecret(key, []byte("a")) || a == b || a == DeriveSigningSecret(key[1:], []byte("a")) {
		t.Error("the secret does not depend on the key and the salt alone")
	}
	if _, err := sign([]string{a, b}, "1", "2", nil); err != nil {
		t.Error(err)
	}
}
