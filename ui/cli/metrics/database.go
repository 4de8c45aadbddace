package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/account-settings/pinghome/backend"
)

// database counts what the engine does.
type database struct {
	commits    *prometheus.CounterVec
	batches    prometheus.Histogram
	took       prometheus.Histogram
	waited     prometheus.Histogram
	triedAgain prometheus.Counter
}

// The outcomes of a commit.
const (
	commitDone    = "done"
	commitUnknown = "unknown"
	commitFailed  = "failed"
)

func newDatabase() database {
	d := database{
		commits: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pinghome_database_commits_total",
			Help: `Commits by outcome: done, failed (nothing was changed), or unknown (the answer of the database was lost).`}, []string{"outcome"}),
		batches: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "pinghome_database_commit_changes", Buckets: prometheus.ExponentialBuckets(1, 2, 9),
			Help: "Changes that share one commit: in a file those that waited at the same time, on PostgreSQL always one."}),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "pinghome_database_commit_duration_seconds", Buckets: seconds,
			Help: "Time of a commit, most of it the wait for the disk."}),
		waited: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "pinghome_database_wait_seconds", Buckets: seconds,
			Help: "Time that a change waited for its turn: for the writer of a file and its lock; on PostgreSQL for a connection, and for the lock of its account with the first statement."}),
		triedAgain: prometheus.NewCounter(prometheus.CounterOpts{Name: "pinghome_database_transactions_tried_again_total",
			Help: "Transactions that were made once more, since the connection was lost or another one came first. A file has none."}),
	}
	for _, outcome := range []string{commitDone, commitUnknown, commitFailed} {
		d.commits.WithLabelValues(outcome)
	}
	return d
}

func (d *database) all() []prometheus.Collector {
	return []prometheus.Collector{d.commits, d.batches, d.took, d.waited, d.triedAgain}
}

// Waited is that of storage.Observer.
func (d *database) Waited(by time.Duration) { d.waited.Observe(by.Seconds()) }

// Committed is that of storage.Observer.
func (d *database) Committed(changes int, took time.Duration, err error) {
	outcome := commitDone
	switch {
	case backend.ErrorCode(err) == backend.CodeUnknownOutcome:
		outcome = commitUnknown
	case err != nil:
		outcome = commitFailed
	}
	d.commits.WithLabelValues(outcome).Inc()
	d.batches.Observe(float64(changes))
	d.took.Observe(took.Seconds())
}

// TriedAgain is that of storage.Observer.
func (d *database) TriedAgain() { d.triedAgain.Inc() }
