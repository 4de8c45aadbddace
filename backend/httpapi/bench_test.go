package httpapi_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// The cost of the server. Both sides of a benchmark take turns in short rounds.
// "ratio" is our rate divided by the other's; "p99-ms" is ours. The callers do
// as little as possible, since they share the machine with the servers.
//
//	go test -run '^$' -bench . -benchtime 50000x ./backend/httpapi

const connections = 16

// rawConn is a connection that is kept open.
type rawConn struct {
	net.Conn
	from *bufio.Reader
}

// connect opens the connections to an address.
func connect(b *testing.B, address string) []*rawConn {
	b.Helper()
	list := make([]*rawConn, connections)
	for i := range list {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close() })
		list[i] = &rawConn{conn, bufio.NewReader(conn)}
	}
	return list
}

// send sends a request and reads its answer to the end. Any status but 200 is an error.
func (c *rawConn) send(request []byte) error {
	if _, err := c.Write(request); err != nil {
		return err
	}
	status, err := c.from.ReadSlice('\n')
	if err != nil || !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return fmt.Errorf("%q, %w", status, err)
	}
	length := 0
	for {
		line, err := c.from.ReadSlice('\n')
		if err != nil {
			return err
		}
		if digits, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(digits)))
		}
		if len(line) == 2 {
			break
		}
	}
	_, err = c.from.Discard(length)
	return err
}

// sendAll sends n requests over all connections together, and appends how long each took.
func sendAll(b *testing.B, list []*rawConn, n int, request func(caller, i int) []byte, took *[]time.Duration) {
	b.Helper()
	var group sync.WaitGroup
	var mu sync.Mutex
	for k, c := range list {
		group.Go(func() {
			mine := make([]time.Duration, 0, n/len(list)+1)
			for i := k; i < n; i += len(list) {
				begun := time.Now()
				if err := c.send(request(k, i)); err != nil {
					b.Error(err)
					return
				}
				mine = append(mine, time.Since(begun))
			}
			mu.Lock()
			defer mu.Unlock()
			*took = append(*took, mine...)
		})
	}
	group.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

// alternate runs both sides in rounds until ours has sent b.N requests.
func alternate(b *testing.B, ours func(n int, took *[]time.Duration), theirs func(n int)) {
	const rounds = 10
	each := max(connections, b.N/rounds)
	var our, their time.Duration
	var took []time.Duration
	ours(each, new([]time.Duration)) // to warm up connections and caches
	theirs(each)
	b.ResetTimer()
	for range rounds {
		begun := time.Now()
		theirs(each)
		their += time.Since(begun)
		begun = time.Now()
		ours(each, &took)
		our += time.Since(begun)
	}
	slices.Sort(took)
	total := float64(each * rounds)
	b.ReportMetric(total/our.Seconds(), "ours/s")
	b.ReportMetric(total/their.Seconds(), "bare/s")
	b.ReportMetric(float64(their)/float64(our), "ratio")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// startBenchServer runs the server as the program does, with a token for each of n customers.
func startBenchServer(b *testing.B, n int) (address string, tokens []string) {
	b.Helper()
	ids := make([]string, n)
	for i := range ids {
		ids[i] = uuid.NewString()
	}
	accounts := local.New(openStore(b, sqlite.Options{}, ids...), local.Options{Key: bytes.Repeat([]byte{7}, local.KeySize)})
	for _, id := range ids {
		_, token, err := accounts.CreateToken(b.Context(), backend.NewToken{Account: id, Scope: backend.ScopeSelf})
		if err != nil {
			b.Fatal(err)
		}
		tokens = append(tokens, token)
	}
	server := httpapi.NewServer(httpapi.ServerOptions{Accounts: accounts, Tokens: accounts, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)),
		TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited, ChangesPerDay: -1})
	ctx, cancel := context.WithCancel(context.Background())
	l := listen(b)
	done := make(chan error)
	go func() { done <- server.Serve(ctx, l) }()
	b.Cleanup(func() { cancel(); <-done })
	return l.Addr().String(), tokens
}

func listen(b *testing.B) net.Listener {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkProfile: reading a profile against net/http with the same bytes. The goal is
// a ratio of 0.4.
func BenchmarkProfile(b *testing.B) {
	address, tokens := startBenchServer(b, 1)
	request := []byte("GET /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + tokens[0] + "\r\n\r\n")
	body := fetch(b, address, request)
	l := listen(b)
	bare := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	})}
	go bare.Serve(l)
	b.Cleanup(func() { bare.Close() })
	ours, theirs := connect(b, address), connect(b, l.Addr().String())
	same := func(int, int) []byte { return request }
	alternate(b, func(n int, took *[]time.Duration) { sendAll(b, ours, n, same, took) },
		func(n int) { sendAll(b, theirs, n, same, new([]time.Duration)) })
}

// fetch returns the body of one answer.
func fetch(b *testing.B, address string, request []byte) []byte {
	b.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	conn.Write(request)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		b.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		b.Fatal(response.Status, err)
	}
	return body
}
