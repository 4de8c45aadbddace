package delivery

import (
	"io"
	"net/http"
	"testing"
)

// These benchmarks measure Send alone, with a receiver on this machine. The
// benchmarks of the outbox in backend/local are compared with them.

func benchmarkSend(b *testing.B, r *Router, m Message) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Send(b.Context(), m); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

func BenchmarkSendWebhook(b *testing.B) {
	to := startReceiver(b, func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	benchmarkSend(b, newRouter(b, localConfig()), codeMessage(b, "webhook", to))
}

func BenchmarkSendEmail(b *testing.B) {
	for _, security := range []string{"none", "starttls", "tls"} {
		b.Run(security, func(b *testing.B) {
			server := &mailServer{security: security}
			benchmarkSend(b, newRouter(b, Config{Email: server.start(b)}), emailMessage(b))
		})
	}
}
