package delivery

import "testing"

func TestDeriveSecret(t *testing.T) {
	key := []byte("0123456789abcdef0123456789abcdef")
	a, b := DeriveSecret(key, []byte("a")), DeriveSecret(key, []byte("b"))
	if a != DeriveSecret(key, []byte("a")) || a == b || a == DeriveSecret(key[1:], []byte("a")) {
		t.Error("the secret does not depend on the key and the salt alone")
	}
	if _, err := sign([]string{a, b}, "1", "2", nil); err != nil {
		t.Error(err)
	}
}
