package storage

import "time"

// millis is an instant as it is stored: unix milliseconds, 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant is the inverse of millis, in UTC.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// past is the instant of something that has happened: t.Now at most. A later one was
// written while the clock was wrong, and nothing can be counted from it.
func (t *Tx) past(ms int64) time.Time {
	at := instant(ms)
	if at.After(t.Now) {
		return t.Now
	}
	return at
}

// flag is a boolean as it is stored: 0 or 1.
func flag(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
