package local

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash/crc32"
	"strings"
)

// A token's text is ph_, its id, an underscore, 256 random bits and a checksum
// of all before it. Everything after ph_ is in one alphabet without signs, so
// that it passes through URLs and shells as it is and a double click takes all
// of it. The checksum refuses what was cut off or mistyped without a query,
// and lets scanners of leaked secrets be sure of what they found.
const (
	tokenPrefix = "ph_"
	idSize      = 10 // bytes, and 16 letters
	secretSize  = 32 // bytes, and 52 letters

	idEnd       = len(tokenPrefix) + 16
	secretEnd   = idEnd + 1 + 52
	tokenLength = secretEnd + 7
)

const tokenAlphabet = "abcdefghijklmnopqrstuvwxyz234567"

var tokenLetters = base32.NewEncoding(tokenAlphabet).WithPadding(base32.NoPadding)

// newSecret draws a token's id and whole text.
func newSecret() (id, text string) {
	random := make([]byte, idSize+secretSize)
	if _, err := rand.Read(random); err != nil {
		panic(err) // the system has no randomness; nothing is safe to go on with
	}
	id = tokenLetters.EncodeToString(random[:idSize])
	text = tokenPrefix + id + "_" + tokenLetters.EncodeToString(random[idSize:])
	return id, text + checksum(text)
}

// parseSecret returns the id in a token's text; ok is false for any other text.
func parseSecret(text string) (id string, ok bool) {
	if len(text) != tokenLength || !strings.HasPrefix(text, tokenPrefix) || text[idEnd] != '_' {
		return "", false
	}
	id = text[len(tokenPrefix):idEnd]
	if strings.Trim(id+text[idEnd+1:secretEnd], tokenAlphabet) != "" || checksum(text[:secretEnd]) != text[secretEnd:] {
		return "", false
	}
	return id, true
}

func checksum(text string) string {
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], crc32.ChecksumIEEE([]byte(text)))
	return tokenLetters.EncodeToString(sum[:])
}

// hashSecret is what is kept of a token's text. It has 256 random bits, so a
// plain hash cannot be searched through.
func hashSecret(text string) [sha256.Size]byte { return sha256.Sum256([]byte(text)) }
