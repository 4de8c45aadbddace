package httpapi

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// The field and body that send feedback.
var (
	fieldFeedback = field[string]{"feedback", `{"type": "string", "description": "1 to 5000 characters, after trimming", "examples": ["Good experience"]}`, backend.CleanFeedback}

	bodyFeedback = &body{name: "FeedbackText", required: []anyField{fieldFeedback}}
)

// wireFeedback is a text that a customer sent.
type wireFeedback struct {
	ID       string  `json:"id"`
	Feedback string  `json:"feedback"`
	SentAt   instant `json:"sent_at"`
}

func feedbackToWire(n backend.FeedbackNote) wireFeedback {
	return wireFeedback{ID: n.ID, Feedback: n.Text, SentAt: instantOf(n.SentAt)}
}

func (w wireFeedback) fromWire() backend.FeedbackNote {
	return backend.FeedbackNote{ID: w.ID, Text: w.Feedback, SentAt: w.SentAt.when()}
}

func (c *call) sendFeedback(ctx context.Context) (reply, error) {
	text := c.text(fieldFeedback)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	note, err := c.view.SendFeedback(ctx, text)
	return reply{message: "Thank you, the feedback was saved.", data: feedbackToWire(note)}, err
}

func (c *call) listFeedback(ctx context.Context) (reply, error) {
	limit, err := c.limit()
	if err != nil {
		return reply{}, err
	}
	list, err := c.view.OlderFeedback(ctx, c.query.Get(paramCursor), limit+1)
	list, next := cut(list, limit, func(n backend.FeedbackNote) string { return n.ID })
	return reply{message: "This is the feedback that was sent, newest first.", data: listToWire(list, feedbackToWire), next: c.behind(next)}, err
}
