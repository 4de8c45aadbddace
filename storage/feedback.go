package storage

import (
	"cmp"
	"time"

	"github.com/account-settings/pinghome/backend"
)

const (
	insertFeedback = `INSERT INTO feedback (customer_id, id, sent_at, text) VALUES ($1, $2, $3, $4)`
	selectFeedback = `SELECT id, sent_at, text FROM feedback WHERE customer_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`

	selectFeedbackTimes = `SELECT sent_at FROM feedback WHERE customer_id = $1 AND sent_at > $2 ORDER BY sent_at`
)

// AddFeedback writes a new note.
func (t *Tx) AddFeedback(customer string, n backend.FeedbackNote) error {
	_, err := t.exec(insertFeedback, customer, n.ID, millis(n.SentAt), n.Text)
	return err
}

// Feedback loads the notes behind one, newest first, at most limit; never nil. than is the
// id of that one, "" for the newest.
func (t *Tx) Feedback(customer, than string, limit int) ([]backend.FeedbackNote, error) {
	list := []backend.FeedbackNote{}
	err := t.rows(selectFeedback, []any{customer, cmp.Or(than, behindAll), limit}, func(scan func(...any) error) error {
		var n backend.FeedbackNote
		var sent int64
		err := scan(&n.ID, &sent, &n.Text)
		n.SentAt = instant(sent)
		list = append(list, n)
		return err
	})
	return list, err
}

// FeedbackTimes lists when notes were sent after an instant, oldest first; nil when
// none was.
func (t *Tx) FeedbackTimes(customer string, after time.Time) ([]time.Time, error) {
	var times []time.Time
	err := t.rows(selectFeedbackTimes, []any{customer, millis(after)}, func(scan func(...any) error) error {
		var sent int64
		err := scan(&sent)
		times = append(times, t.past(sent))
		return err
	})
	return times, err
}
