package postgres

import "github.com/jackc/pgx/v5/pgtype"

// flag reads a boolean that is stored as a number, or is that of a condition.
type flag bool

// ScanInt64 is that of pgtype.Int64Scanner.
func (f *flag) ScanInt64(v pgtype.Int8) error {
	*f = flag(v.Int64 != 0)
	return nil
}

// ScanBool is that of pgtype.BoolScanner.
func (f *flag) ScanBool(v pgtype.Bool) error {
	*f = flag(v.Bool)
	return nil
}

// flags makes booleans of dest readable in place.
func flags(dest []any) []any {
	for i, d := range dest {
		if b, isBool := d.(*bool); isBool {
			dest[i] = (*flag)(b)
		}
	}
	return dest
}

// cloned is a row in memory of its own: that of the connection is used for the next one.
func cloned(row [][]byte) [][]byte {
	size := 0
	for _, value := range row {
		size += len(value)
	}
	whole, list := make([]byte, 0, size), make([][]byte, len(row))
	for i, value := range row {
		if value != nil {
			begin := len(whole)
			whole = append(whole, value...)
			list[i] = whole[begin:len(whole):len(whole)]
		}
	}
	return list
}
