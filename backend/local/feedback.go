package local

import (
	"context"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// SendFeedback keeps a text for the company.
func (c *customer) SendFeedback(ctx context.Context, text string) (note backend.FeedbackNote, err error) {
	var faults backend.FieldErrors
	text, err = backend.CleanFeedback(normalNFC(text))
	faults.Add("feedback", err)
	if err := faults.Err(); err != nil {
		return note, err
	}
	err = c.change(ctx, "SendFeedback", &note, func(tx *storage.Tx) error {
		times, err := tx.FeedbackTimes(c.id, tx.Now.Add(-day))
		if err != nil {
			return err
		}
		if n := len(times); n >= backend.MaxFeedbackDay {
			return errTooOften(times[n-backend.MaxFeedbackDay].Add(day).Sub(tx.Now),
				"Thank you; this is as much feedback as you can send in a day.")
		}
		note = backend.FeedbackNote{ID: tx.NewID(), Text: text, SentAt: tx.Now}
		if err := tx.AddFeedback(c.id, note); err != nil {
			return err
		}
		return c.note(tx, "feedback.sent", plural(len([]rune(text)), "character"))
	})
	return note, err
}

// FeedbackHistory returns the notes that were sent, newest first.
func (c *customer) FeedbackHistory(ctx context.Context, limit int) (list []backend.FeedbackNote, err error) {
	return c.OlderFeedback(ctx, "", limit)
}

// OlderFeedback returns the notes behind one.
func (c *customer) OlderFeedback(ctx context.Context, than string, limit int) (list []backend.FeedbackNote, err error) {
	if err := checkCursor(than); err != nil {
		return nil, err
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		list, err = tx.Feedback(c.id, than, max(0, limit))
		return err
	})
	return list, err
}
