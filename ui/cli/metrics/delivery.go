package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/account-settings/pinghome/backend"
)

// delivery counts codes, and attempts to send messages.
type delivery struct {
	sent     *prometheus.CounterVec
	entered  *prometheus.CounterVec
	lockouts prometheus.Counter
	attempts *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

// right is the outcome of a code that was not refused.
const right = "right"

// entries are the outcomes of a code that was entered, by the code of the refusal.
var entries = map[backend.Code]string{"": right, backend.CodeWrong: "wrong", backend.CodeExpired: "expired",
	backend.CodeExhausted: "exhausted", backend.CodeLocked: "locked"}

// outcomes are all of an attempt.
var outcomes = []backend.Outcome{backend.OutcomeSent, backend.OutcomeHeld, backend.OutcomeDelayed, backend.OutcomeFailed, backend.OutcomeUnknown, backend.OutcomeBlocked}

// attemptSeconds reach from a gateway nearby to the longest that a mail server may take.
var attemptSeconds = []float64{0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 300, 900}

func newDelivery() delivery {
	d := delivery{
		sent: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pinghome_codes_sent_total",
			Help: "Codes that were written to be sent, by type of channel."}, []string{"type"}),
		entered: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pinghome_codes_entered_total",
			Help: "Codes that were entered, by outcome: right, wrong, expired (or there is none), exhausted (too many tries at it), or locked (its address is locked)."}, []string{"outcome"}),
		lockouts: prometheus.NewCounter(prometheus.CounterOpts{Name: "pinghome_code_lockouts_total",
			Help: "Addresses that were locked for a day, since too many wrong codes were entered for them."}),
		attempts: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pinghome_delivery_attempts_total",
			Help: "Attempts to send a message, by type of channel and outcome: sent, held (no sender is configured), delayed (another attempt follows), failed (for good), unknown (it may have arrived), or blocked (the operator has to correct something)."}, []string{"type", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "pinghome_delivery_attempt_duration_seconds", Buckets: attemptSeconds,
			Help: "Time that a provider took for an attempt, by type of channel."}, []string{"type"}),
	}
	for _, kind := range backend.ChannelTypes {
		d.sent.WithLabelValues(string(kind))
		d.took.WithLabelValues(string(kind))
		for _, outcome := range outcomes {
			d.attempts.WithLabelValues(string(kind), string(outcome))
		}
	}
	for _, outcome := range entries {
		d.entered.WithLabelValues(outcome)
	}
	return d
}

func (d *delivery) all() []prometheus.Collector {
	return []prometheus.Collector{d.sent, d.entered, d.lockouts, d.attempts, d.took}
}

// CodeSent is that of local.Observer.
func (d *delivery) CodeSent(kind backend.ChannelType) { d.sent.WithLabelValues(string(kind)).Inc() }

// CodeEntered is that of local.Observer.
func (d *delivery) CodeEntered(refusal backend.Code) {
	d.entered.WithLabelValues(entries[refusal]).Inc()
}

// CodesLocked is that of local.Observer.
func (d *delivery) CodesLocked() { d.lockouts.Inc() }

// Attempted is that of local.Observer.
func (d *delivery) Attempted(kind backend.ChannelType, outcome backend.Outcome, took time.Duration) {
	d.attempts.WithLabelValues(string(kind), string(outcome)).Inc()
	if took > 0 {
		d.took.WithLabelValues(string(kind)).Observe(took.Seconds())
	}
}
