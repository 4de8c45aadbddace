package cli

import (
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
)

// blockedWriter is a pipe that nobody reads, until it is opened.
type blockedWriter struct {
	open chan struct{}
	mu   sync.Mutex
	text strings.Builder
	err  error
}

func (w *blockedWriter) Write(line []byte) (int, error) {
	<-w.open
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return 0, w.err
	}
	return w.text.Write(line)
}

func TestALogThatNobodyReadsStopsNothing(t *testing.T) {
	w := &blockedWriter{open: make(chan struct{})}
	q := newLogQueue(w, slog.LevelInfo)
	const lines = logQueueSize + 100
	for range lines {
		if _, err := q.Write([]byte("line\n")); err != nil {
			t.Fatal(err)
		}
	}
	close(w.open)
	q.close(nil)
	got := w.text.String()
	if n := strings.Count(got, "line\n"); n < logQueueSize || n > logQueueSize+1 || !strings.Contains(got, `"log lines were dropped`) {
		t.Errorf("%d lines were written, and then: %.200s", n, got[len(got)-min(200, len(got)):])
	}
}

func TestALogWhoseReaderIsGoneStopsNothing(t *testing.T) {
	w := &blockedWriter{open: make(chan struct{}), err: errors.New("broken pipe")}
	close(w.open)
	q := newLogQueue(w, slog.LevelInfo)
	for range 10 {
		q.Write([]byte("line\n"))
	}
	q.close(nil)
	if n := q.takeDropped(); n != 10 {
		t.Errorf("%d lines count as dropped", n)
	}
}

func TestTheEndDoesNotWaitForALogThatNobodyReads(_ *testing.T) {
	q := newLogQueue(&blockedWriter{open: make(chan struct{})}, slog.LevelInfo)
	q.Write([]byte("line\n"))
	expired := make(chan struct{})
	close(expired)
	q.close(expired)
}
