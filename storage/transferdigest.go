package storage

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"strings"
	"unicode/utf8"
)

// digest counts the rows of a table and makes a hash of them, which is the same for every engine.
type digest struct {
	rows int
	hash hash.Hash
	buf  []byte
}

func newDigest() digest { return digest{hash: sha256.New()} }

// add adds a row. Of each value there are its type and, in eight bytes, the number or the length of
// what follows, so that no two different rows are written alike.
func (d *digest) add(row []any) {
	d.rows++
	d.buf = d.buf[:0]
	for _, value := range row {
		switch v := value.(type) {
		case int64:
			d.buf = binary.BigEndian.AppendUint64(append(d.buf, 'n'), uint64(v)) //nolint:gosec // the same bits
		case string:
			d.buf = append(binary.BigEndian.AppendUint64(append(d.buf, 't'), uint64(len(v))), v...)
		case []byte:
			d.buf = append(binary.BigEndian.AppendUint64(append(d.buf, 'b'), uint64(len(v))), v...)
		}
	}
	_, _ = d.hash.Write(d.buf) // never fails
}

func (d *digest) sum() (sum [sha256.Size]byte) {
	d.hash.Sum(sum[:0])
	return sum
}

// textFault says why a text cannot be kept by every engine; "" where it can.
func textFault(text string) string {
	switch {
	case strings.IndexByte(text, 0) >= 0:
		return "has a NUL character"
	case !utf8.ValidString(text):
		return "is not valid UTF-8"
	}
	return ""
}
