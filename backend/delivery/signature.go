package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// secretPrefix marks the secrets of Standard Webhooks that sign with HMAC-SHA256.
const secretPrefix = "whsec_"

// minKey and maxKey bound such a secret in bytes (Standard Webhooks 1.0.0, "Signature scheme").
const minKey, maxKey = 24, 64

// DeriveSecret makes the signing secret that belongs to a salt, "whsec_" and
// base64 of 32 bytes: with another salt it is another one, and without the key nobody can tell it. So only the salt has
// to be stored.
func DeriveSecret(key, salt []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("webhook signing secret"))
	h.Write(salt)
	return secretPrefix + base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// sign is the value of the header webhook-signature: "v1," and base64 for each
// secret, with spaces between. The receiver takes any one that it knows.
func sign(secrets []string, id, timestamp string, body []byte) (string, error) {
	if len(secrets) == 0 {
		return "", errors.New("the channel has no signing secret")
	}
	signatures := make([]string, len(secrets))
	for i, secret := range secrets {
		coded, hasPrefix := strings.CutPrefix(secret, secretPrefix)
		key, err := base64.StdEncoding.DecodeString(coded)
		if err != nil || !hasPrefix || len(key) < minKey || len(key) > maxKey {
			return "", errors.New("the signing secret of the channel is damaged")
		}
		h := hmac.New(sha256.New, key)
		fmt.Fprintf(h, "%s.%s.%s", id, timestamp, body)
		signatures[i] = "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
	}
	return strings.Join(signatures, " "), nil
}
