package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/account-settings/pinghome/backend"
)

// Sources are asked at a scrape.
type Sources struct {
	Store Store
	// Ready returns why no change can be made, as /readyz does.
	Ready func() error
	// Backup returns when the newest backup of the day was made, the zero time for none; nil: none are made.
	Backup func() time.Time
	// Places are those in which messages are sent at once: taken, and all.
	Places func() (taken, all int)
	// Connections are those to the API: served, and waiting for that.
	Connections func() (served, waiting int)
}

// Watch asks the sources at every scrape from now on. It is called once.
func (m *Metrics) Watch(s Sources) {
	m.registry.MustRegister(&gauges{Sources: s, reader: reader{store: s.Store, ready: s.Ready, backup: s.Backup}})
}

// gauges are what is asked for at a scrape.
type gauges struct {
	Sources
	reader reader
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	descUp    = describe("pinghome_database_up", "1 where the database has answered just now, else 0, without what is read of it.")
	descReady = describe("pinghome_ready", "1 where changes can be made, as /readyz says, else 0: the database is away, damaged or full, or its key was replaced.")
	descSize  = describe("pinghome_database_size_bytes", "Size of the database: of the file and its log, or as PostgreSQL says.")
	descSaved = describe("pinghome_backup_newest_timestamp_seconds", "Time at which the newest backup of the day was made, 0 where there is none. Where none are made, this is left out.")
	descConns = describe("pinghome_database_connections", "Connections of this process to the database, by state: those of a file that read, or those of the pool.", "state")
	descMax   = describe("pinghome_database_connections_max", "Connections that this process opens to the database at most.")

	descWaiting = describe("pinghome_outbox_messages", "Messages that wait to be sent, of all servers on the database, by type of channel and state: due (free to be taken), leased (a server has taken it) or delayed (it waits for its next attempt). Of more than 10000, those that are due first are counted.", "type", "state")
	descOldest  = describe("pinghome_outbox_oldest_age_seconds", "Time since the oldest message was written that waits to be sent, by type of channel; 0 where none waits.", "type")
	descLocked  = describe("pinghome_locked_accounts", "Accounts with an address that takes no code now, since too many wrong ones were entered.")

	descWorkers = describe("pinghome_delivery_workers", "Messages that this server can send at once.")
	descBusy    = describe("pinghome_delivery_workers_busy", "Messages that this server is sending now.")
	descServed  = describe("pinghome_http_connections", "Connections to the API, by state: served, or waiting for room.", "state")
)

// Describe is that of prometheus.Collector.
func (g *gauges) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descUp, descReady, descSize, descSaved, descConns, descMax, descWaiting, descOldest, descLocked, descWorkers, descBusy, descServed} {
		to <- d
	}
}

// Collect is that of prometheus.Collector.
func (g *gauges) Collect(to chan<- prometheus.Metric) {
	tell := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	taken, places := g.Places()
	tell(descBusy, float64(taken))
	tell(descWorkers, float64(places))
	served, waiting := g.Connections()
	tell(descServed, float64(served), "served")
	tell(descServed, float64(waiting), "waiting")
	c := g.Store.Connections()
	tell(descConns, float64(c.InUse), "in_use")
	tell(descConns, float64(c.Idle), "idle")
	tell(descMax, float64(c.Max))

	read := g.reader.read()
	tell(descUp, flag(read.isUp))
	tell(descReady, flag(read.isReady))
	if !read.isUp {
		return
	}
	tell(descSize, float64(read.size))
	if g.Backup != nil {
		tell(descSaved, unix(read.backup))
	}
	tell(descLocked, float64(read.locked))
	for _, kind := range backend.ChannelTypes {
		w, age := read.waiting[kind], 0.0
		if !w.Oldest.IsZero() {
			age = max(0, read.at.Sub(w.Oldest).Seconds()) // a clock may have been ahead
		}
		tell(descWaiting, float64(w.Due), string(kind), "due")
		tell(descWaiting, float64(w.Leased), string(kind), "leased")
		tell(descWaiting, float64(w.Delayed), string(kind), "delayed")
		tell(descOldest, age, string(kind))
	}
}

// unix is a time in seconds since 1970, 0 for the zero time.
func unix(at time.Time) float64 {
	if at.IsZero() {
		return 0
	}
	return float64(at.Unix())
}

func flag(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
