package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/account-settings/pinghome/backend/httpapi"
)

// requests counts those of the API.
type requests struct {
	answered *prometheus.CounterVec
	took     *prometheus.HistogramVec
	inFlight prometheus.Gauge
	refused  *prometheus.CounterVec
}

func newRequests() requests {
	r := requests{
		answered: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pinghome_http_requests_total",
			Help: `Requests that were answered, by operation of the API ("other" where there is none, or a limit refused it before) and status.`}, []string{"operation", "code"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "pinghome_http_request_duration_seconds", Buckets: seconds,
			Help: "Time from the header of a request to the end of its answer, by operation of the API."}, []string{"operation"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "pinghome_http_requests_in_flight",
			Help: "Requests that are being answered now."}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pinghome_http_requests_refused_total",
			Help: "Requests that a limit refused: the rate of a token or an address, the changes of a token in a day, the room for connections, or the end of the server."}, []string{"limit"}),
	}
	for _, limit := range httpapi.Limits { // so that the first refusal is a rise
		r.refused.WithLabelValues(string(limit))
	}
	for _, operation := range append(httpapi.Operations(), httpapi.OtherOperation) { // and so is the first error
		r.took.WithLabelValues(operation)
		for _, status := range []int{http.StatusOK, http.StatusInternalServerError, http.StatusServiceUnavailable} {
			r.answered.WithLabelValues(operation, strconv.Itoa(status))
		}
	}
	return r
}

func (r *requests) all() []prometheus.Collector {
	return []prometheus.Collector{r.answered, r.took, r.inFlight, r.refused}
}

// RequestBegan is that of httpapi.Observer.
func (r *requests) RequestBegan() { r.inFlight.Inc() }

// RequestEnded is that of httpapi.Observer.
func (r *requests) RequestEnded(operation string, status int, took time.Duration) {
	r.inFlight.Dec()
	r.answered.WithLabelValues(operation, strconv.Itoa(status)).Inc()
	r.took.WithLabelValues(operation).Observe(took.Seconds())
}

// Refused is that of httpapi.Observer.
func (r *requests) Refused(by httpapi.Limit) { r.refused.WithLabelValues(string(by)).Inc() }
