package postgres

import (
	"strconv"
	"time"
)

// reading is what the clock of the database showed at a moment of this machine's.
type reading struct{ there, here time.Time }

// noteClock notes what the clock of the database shows, from its answer to what was asked at an
// instant. The answer is taken to be made in the middle of the time that it took.
func (s *Store) noteClock(asked time.Time, seconds string) error {
	at, err := strconv.ParseFloat(seconds, 64)
	if err != nil {
		return err
	}
	s.clock.Store(&reading{there: time.UnixMicro(int64(at * 1e6)), here: asked.Add(time.Since(asked) / 2)})
	return nil
}

// Now is that of storage.Store: the time of the database, by which all servers agree. From one look at
// that to the next it goes on by itself, also where the clock of this machine is set.
func (s *Store) Now() time.Time {
	if s.options.Now != nil {
		return s.options.Now()
	}
	if r := s.clock.Load(); r != nil {
		return r.there.Add(time.Since(r.here))
	}
	return time.Now()
}

// Ahead is by how much the clock of the database is ahead of this machine's.
func (s *Store) Ahead() time.Duration {
	if s.options.Now != nil {
		return 0
	}
	return time.Until(s.Now())
}
