package storage

import "time"

// millis is how an instant is stored: unix milliseconds, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant is the way back, in UTC.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// flag is how a yes or no is stored, the same in every database.
func flag(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
