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
	tokenPrefix     = "ph_"
	tokenIDSize     = 10 // bytes, and 16 letters
	tokenRandomSize = 32 // bytes, and 52 letters

	tokenIDEnd     = len(tokenPrefix) + 16
	tokenRandomEnd = tokenIDEnd + 1 + 52
	tokenLength    = tokenRandomEnd + 7
)

const tokenAlphabet = "abcdefghijklmnopqrstuvwxyz234567"

var tokenEncoding = base32.NewEncoding(tokenAlphabet).WithPadding(base32.NoPadding)

// newSecret draws a token's id and whole text.
func newTokenText() (id, text string) {
	random := make([]byte, tokenIDSize+tokenRandomSize)
	if _, err := rand.Read(random); err != nil {
		panic(err) // the system has no randomness; nothing is safe to go on with
	}
	id = tokenEncoding.EncodeToString(random[:tokenIDSize])
	text = tokenPrefix + id + "_" + tokenEncoding.EncodeToString(random[tokenIDSize:])
	return id, text + tokenChecksum(text)
}

// parseSecret returns the id in a token's text; ok is false for any other text.
func parseTokenText(text string) (id string, ok bool) {
	if len(text) != tokenLength || !strings.HasPrefix(text, tokenPrefix) || text[tokenIDEnd] != '_' {
		return "", false
	}
	id = text[len(tokenPrefix):tokenIDEnd]
	if strings.Trim(id+text[tokenIDEnd+1:tokenRandomEnd], tokenAlphabet) != "" || tokenChecksum(text[:tokenRandomEnd]) != text[tokenRandomEnd:] {
		return "", false
	}
	return id, true
}

func tokenChecksum(text string) string {
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], crc32.ChecksumIEEE([]byte(text)))
	return tokenEncoding.EncodeToString(sum[:])
}

// hashSecret is what is kept of a token's text. It has 256 random bits, so a
// plain hash cannot be searched through.
func hashTokenText(text string) [sha256.Size]byte { return sha256.Sum256([]byte(text)) }
