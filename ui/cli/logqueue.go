package cli

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"sync"
)

// logQueueSize is how many lines wait to be written, about 300 bytes each.
const logQueueSize = 4096

// logQueue writes the lines of a log in the background, so that a reader that is
// slow or gone stops nothing else. Where too many wait, lines are dropped and
// counted. It is an io.Writer for lines; none of its methods blocks but close.
type logQueue struct {
	to    io.Writer
	level slog.Leveler
	lines chan []byte
	done  chan struct{}

	mu       sync.Mutex
	dropped  int
	isClosed bool
}

// newLogQueue starts to write to a writer. level is that of the log.
func newLogQueue(to io.Writer, level slog.Leveler) *logQueue {
	q := &logQueue{to: to, level: level, lines: make(chan []byte, logQueueSize), done: make(chan struct{})}
	go q.run()
	return q
}

// Write queues one line. It never fails: whether a line can be written is known
// only later.
func (q *logQueue) Write(line []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.isClosed {
		return len(line), nil
	}
	select {
	case q.lines <- bytes.Clone(line):
	default:
		q.dropped++
	}
	return len(line), nil
}

func (q *logQueue) run() {
	defer close(q.done)
	for line := range q.lines {
		if _, err := q.to.Write(line); err != nil {
			q.drop() // its reader is gone; there may be another one, as on a named pipe
			continue
		}
		if n := q.takeDropped(); n > 0 && q.level.Level() <= slog.LevelWarn {
			_, _ = fmt.Fprintf(q.to, `{"level":"WARN","msg":"log lines were dropped, because they were not read in time","lines":%d}`+"\n", n)
		}
	}
}

func (q *logQueue) drop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.dropped++
}

func (q *logQueue) takeDropped() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := q.dropped
	q.dropped = 0
	return n
}

// close writes what waits, for no longer than until expired is closed or sends.
func (q *logQueue) close(expired <-chan struct{}) {
	q.mu.Lock()
	if !q.isClosed {
		q.isClosed = true
		close(q.lines)
	}
	q.mu.Unlock()
	select {
	case <-q.done:
	case <-expired:
	}
}
