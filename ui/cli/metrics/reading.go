package metrics

import (
	"context"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

const (
	// readTime is how long the database may take to answer. Prometheus waits for ten seconds by default.
	readTime = 2 * time.Second
	// waitTime is how long a scrape waits for what is read, also where the system does not return from it,
	// as with a disk that hangs.
	waitTime = 5 * time.Second
	// keepTime is how long what was read is told again, so that several who ask cost as much as one.
	keepTime = time.Second
)

// Store is what the metrics read of a database.
type Store interface {
	Read(ctx context.Context, fn func(*storage.Tx) error) error
	Size(ctx context.Context) (int64, error)
	Connections() storage.Connections
}

// reading is what was read of the database.
type reading struct {
	isUp    bool // it has answered, and what follows is known
	isReady bool // and changes can be made
	at      time.Time
	waiting map[backend.ChannelType]storage.Waiting
	locked  int
	size    int64
	backup  time.Time // when the newest was made; zero for none
}

// reader reads the database once for all who ask within keepTime.
type reader struct {
	store  Store
	ready  func() error     // why no change can be made
	backup func() time.Time // nil: none are made

	mu      sync.Mutex
	last    reading
	ended   time.Time     // when last was read
	running chan struct{} // closed at the end of a read; nil for none
}

// read returns what was read last, or reads it.
func (r *reader) read() reading {
	r.mu.Lock()
	if r.running == nil {
		if time.Since(r.ended) < keepTime {
			defer r.mu.Unlock()
			return r.last
		}
		r.running = make(chan struct{})
		go r.run(r.running)
	}
	running := r.running
	r.mu.Unlock()
	timer := time.NewTimer(waitTime)
	defer timer.Stop()
	select {
	case <-running:
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.last
	case <-timer.C:
		return reading{}
	}
}

func (r *reader) run(running chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), readTime)
	defer cancel()
	read := r.ask(ctx)
	read.isReady = read.isUp && r.ready() == nil
	if r.backup != nil {
		read.backup = r.backup()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last, r.ended, r.running = read, time.Now(), nil
	close(running)
}

// ask asks the database.
func (r *reader) ask(ctx context.Context) (read reading) {
	err := r.store.Read(ctx, func(tx *storage.Tx) (err error) {
		read.at = tx.Now
		if read.waiting, err = tx.Waiting(); err == nil {
			read.locked, err = tx.LockedAccounts(backend.MaxCodeFailures, tx.Now.Add(-backend.CodeLockDuration))
		}
		return err
	})
	if err == nil {
		read.size, err = r.store.Size(ctx)
	}
	read.isUp = err == nil
	return read
}
