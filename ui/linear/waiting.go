package linear

import (
	"io"
	"sync"
	"time"
)

// usualPatience is how long a person hears nothing before it is said that something is waited for.
const usualPatience = time.Second

// waiting prints, and says that something is waited for where nothing else was printed for long: a server that hangs is
// as silent as a program that has ended.
type waiting struct {
	out      io.Writer
	patience time.Duration

	mu    sync.Mutex
	timer *time.Timer // runs from an answer to the next question; nil before the first one
	times int         // how often it was said since the answer
	turn  int         // counts answers and questions: a timer of an earlier turn says nothing
}

// print prints a text, and then waits anew.
func (w *waiting) print(text string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		w.timer.Reset(w.patienceNow())
	}
	_, err := io.WriteString(w.out, text)
	return err
}

// patienceNow is how long nothing is said before it is said that something is waited for: longer where it was said.
func (w *waiting) patienceNow() time.Duration {
	const later = 10
	if w.times > 0 {
		return later * w.patience
	}
	return w.patience
}

// startWaiting begins to wait, after an answer.
func (w *waiting) startWaiting() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.turn++
	w.times = 0
	turn := w.turn
	w.timer = time.AfterFunc(w.patience, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.turn == turn {
			w.times++
			_, _ = io.WriteString(w.out, "Waiting.\n") // what cannot be written is told of the next line
		}
	})
}

// stopWaiting waits no more: nothing is printed while a person types.
func (w *waiting) stopWaiting() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.turn++
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
}
