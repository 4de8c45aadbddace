package metrics_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/metrics"
)

// What it costs to be watched: the same requests to two servers in turns, of which one counts. "ratio" is the
// rate of that one divided by the other's.
//
//	go test -run '^$' -bench . -benchtime 50000x ./ui/cli/metrics

const callers = 8

// benchServer is a server, with a connection for each caller.
type benchServer struct {
	token string
	conns []*bufio.ReadWriter
}

// startBench runs a server as the program does; m is nil for one that is not watched.
func startBench(b *testing.B, m *metrics.Metrics) *benchServer {
	b.Helper()
	path, ctx := filepath.Join(b.TempDir(), "accounts.db"), context.Background()
	key := bytes.Repeat([]byte{7}, local.KeySize)
	file, rules, api := sqlite.Options{}, local.Options{Key: key}, httpapi.ServerOptions{Log: slog.New(slog.NewJSONHandler(io.Discard, nil)),
		TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited, ChangesPerDay: -1}
	if m != nil {
		file.Observer, rules.Observer, api.Observer = m, m, m
	}
	err := sqlite.Create(ctx, path, sqlite.Options{}, local.Demo(key))
	must(b, err)
	db, err := sqlite.Open(ctx, path, file)
	must(b, err)
	accounts := local.New(db, rules)
	_, token, err := accounts.CreateToken(ctx, backend.NewToken{Account: local.DemoCustomer, Scope: backend.ScopeSelf})
	must(b, err)
	api.Accounts, api.Tokens = accounts, accounts
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(b, err)
	serving, stop := context.WithCancel(ctx)
	done := make(chan error)
	go func() { done <- httpapi.NewServer(api).Serve(serving, l) }()
	s := &benchServer{token: token}
	for range callers {
		conn, err := net.Dial("tcp", l.Addr().String())
		must(b, err)
		b.Cleanup(func() { conn.Close() })
		s.conns = append(s.conns, bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn)))
	}
	b.Cleanup(func() { stop(); <-done; db.Close() })
	return s
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// send sends n requests over all connections together, and returns how long that took.
func (s *benchServer) send(b *testing.B, n int, request func(i int) (line, body string)) time.Duration {
	begun := time.Now()
	var group sync.WaitGroup
	for k, conn := range s.conns {
		group.Go(func() {
			for i := k; i < n; i += len(s.conns) {
				line, body := request(i)
				fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s", line, s.token, len(body), body)
				conn.Flush()
				if err := answered(conn.Reader); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	return time.Since(begun)
}

// answered reads an answer to its end. Any status but 200 is an error.
func answered(from *bufio.Reader) error {
	status, err := from.ReadSlice('\n')
	if err != nil || !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return fmt.Errorf("%q, %w", status, err)
	}
	length := 0
	for line := []byte{}; len(line) != 2; {
		if line, err = from.ReadSlice('\n'); err != nil {
			return err
		}
		if digits, isIt := bytes.CutPrefix(line, []byte("Content-Length: ")); isIt {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(digits)))
		}
	}
	_, err = from.Discard(length)
	return err
}

func BenchmarkWatched(b *testing.B) {
	for name, request := range map[string]func(i int) (line, body string){
		"profile": func(int) (string, string) { return "GET /v1/customer", "" },
		"change":  func(i int) (string, string) { return "PATCH /v1/customer", fmt.Sprintf(`{"name": "John %d"}`, i) },
	} {
		b.Run(name, func(b *testing.B) {
			plain, watched := startBench(b, nil), startBench(b, metrics.New("bench"))
			const rounds = 10
			each := max(callers, b.N/rounds)
			plain.send(b, each, request) // to warm up
			watched.send(b, each, request)
			var without, with time.Duration
			b.ResetTimer()
			for range rounds {
				without += plain.send(b, each, request)
				with += watched.send(b, each, request)
			}
			b.ReportMetric(float64(each*rounds)/with.Seconds(), "watched/s")
			b.ReportMetric(float64(each*rounds)/without.Seconds(), "plain/s")
			b.ReportMetric(float64(without)/float64(with), "ratio")
		})
	}
}
