package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
)

// secretPrefix marks the secrets of Standard Webhooks that sign with HMAC-SHA256.
const secretPrefix = "whsec_"

// minKey and maxKey are the bounds of such a secret in bytes (Standard Webhooks 1.0.0, "Signature scheme").
const minKey, maxKey = 24, 64

// DeriveSigningSecret derives a signing secret, "whsec_" and base64 of 32 bytes, from a key and
// a salt of any length. The same key and salt give the same secret, so only the salt
// has to be stored; without the key it does not reveal the secret.
func DeriveSigningSecret(key, salt []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("webhook signing secret"))
	h.Write(salt)
	return secretPrefix + base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// sign returns the value of the header webhook-signature: "v1," and base64 for each
// secret, separated by spaces. A receiver accepts any of them. It is an error when
// there is no secret, or one is malformed.
func sign(secrets []string, id, timestamp string, body []byte) (string, error) {
	if len(secrets) == 0 {
		return "", errors.New("the channel has no signing secret")
	}
	signatures := make([]string, len(secrets))
	for i, secret := range secrets {
		encoded, hasPrefix := strings.CutPrefix(secret, secretPrefix)
		key, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || !hasPrefix || len(key) < minKey || len(key) > maxKey {
			return "", errors.New("the signing secret of the channel is damaged")
		}
		h := hmac.New(sha256.New, key)
		h.Write([]byte(id + "." + timestamp + "."))
		h.Write(body)
		signatures[i] = "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
	}
	return strings.Join(signatures, " "), nil
}
