// Package metrics counts what a server does, and answers Prometheus.
//
// It is the only room that knows Prometheus. It belongs to the command, since only a server that the
// command starts is watched: httpapi, local and the engines tell an Observer of their own, which has
// none of Prometheus's types, and without one they count nothing. A label has a bounded number of
// values, and none is of a customer, an address, a host or a value of a channel.
//
// metrics.go makes all of them; requests.go, database.go and delivery.go are told what happens;
// gauges.go is what is asked for at a scrape, of the database by way of reading.go; server.go answers.
package metrics

import (
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
)

// Metrics are those of one process: the Observer of its requests, its commits, and its codes and messages.
type Metrics struct {
	registry *prometheus.Registry
	requests
	database
	delivery
}

var (
	_ httpapi.Observer = (*Metrics)(nil)
	_ storage.Observer = (*Metrics)(nil)
	_ local.Observer   = (*Metrics)(nil)
)

// New makes the metrics of a version of the program, all of them zero.
func New(version string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), requests: newRequests(), database: newDatabase(), delivery: newDelivery()}
	info := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pinghome_build_info",
		Help: "1, with the version of the program, and that of Go which it was built with."}, []string{"version", "goversion"})
	info.WithLabelValues(version, runtime.Version()).Set(1)
	m.registry.MustRegister(info, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, each := range [][]prometheus.Collector{m.requests.all(), m.database.all(), m.delivery.all()} {
		m.registry.MustRegister(each...)
	}
	return m
}

// seconds are the bounds of histograms of requests and of the database: from what a change of a file
// takes to the longest time limit of a handler.
var seconds = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20}
