package local

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash/crc32"
	"strings"
)

// The text of a token is ph_, its id, an underscore, 256 random bits and a checksum of
// all before it. Everything after ph_ is lower-case letters and digits, so that it
// needs no quoting in URLs and shells and a double click selects all of it. The
// checksum refuses texts that are cut off or mistyped without a query, and tells
// scanners of leaked secrets that what they found is a token.
const (
	tokenPrefix     = "ph_"
	tokenIDSize     = 10 // bytes, 16 characters in the text
	tokenRandomSize = 32 // bytes, 52 characters in the text

	tokenIDEnd     = len(tokenPrefix) + 16
	tokenRandomEnd = tokenIDEnd + 1 + 52
	tokenLength    = tokenRandomEnd + 7
)

const tokenAlphabet = "abcdefghijklmnopqrstuvwxyz234567"

var tokenEncoding = base32.NewEncoding(tokenAlphabet).WithPadding(base32.NoPadding)

// newTokenText returns a random id, and the text of the token with it.
func newTokenText() (id, text string) {
	random := make([]byte, tokenIDSize+tokenRandomSize)
	if _, err := rand.Read(random); err != nil {
		panic(err) // without a source of randomness nothing here is safe
	}
	id = tokenEncoding.EncodeToString(random[:tokenIDSize])
	text = tokenPrefix + id + "_" + tokenEncoding.EncodeToString(random[tokenIDSize:])
	return id, text + tokenChecksum(text)
}

// parseTokenText returns the id in the text of a token; ok is false for a text of any
// other form.
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

// tokenChecksum is the CRC-32 of the text before it, in 7 characters.
func tokenChecksum(text string) string {
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], crc32.ChecksumIEEE([]byte(text)))
	return tokenEncoding.EncodeToString(sum[:])
}

// hashTokenText is the hash that is kept of the text of a token. The text has 256
// random bits, so a plain hash cannot be reversed by trying texts.
func hashTokenText(text string) [sha256.Size]byte { return sha256.Sum256([]byte(text)) }
