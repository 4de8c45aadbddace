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
	"github.com/account-settings/pinghome/storage"
)

// What the server costs. Both sides of a benchmark take turns in short rounds,
// "ratio" is the rate of ours against the other's, and p99 is ours. The
// callers are as thin as can be: they share the machine with the servers.
//
//	go test -run '^$' -bench . -benchtime 50000x ./backend/httpapi

const connections = 16

// caller is a connection that is kept.
type caller struct {
	net.Conn
	from *bufio.Reader
}

// callers connects all of them to an address.
func callers(b *testing.B, address string) []*caller {
	b.Helper()
	list := make([]*caller, connections)
	for i := range list {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close() })
		list[i] = &caller{conn, bufio.NewReader(conn)}
	}
	return list
}

// ask sends a request and reads its answer to the end. Any status but 200 is an error.
func (c *caller) ask(request []byte) error {
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

// together lets all callers send n requests between them, and adds how long each took.
func together(b *testing.B, list []*caller, n int, request func(caller, i int) []byte, took *[]time.Duration) {
	b.Helper()
	var group sync.WaitGroup
	var mu sync.Mutex
	for k, c := range list {
		group.Go(func() {
			mine := make([]time.Duration, 0, n/len(list)+1)
			for i := k; i < n; i += len(list) {
				begun := time.Now()
				if err := c.ask(request(k, i)); err != nil {
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

// alternate runs both sides in rounds until ours has done b.N.
func alternate(b *testing.B, ours func(n int, took *[]time.Duration), theirs func(n int)) {
	const rounds = 10
	each := max(connections, b.N/rounds)
	var our, their time.Duration
	var took []time.Duration
	ours(each, new([]time.Duration)) // connections and caches warm up
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

// openServer runs the server as a program would, with a token for each of n customers.
func openServer(b *testing.B, n int) (address string, secrets []string) {
	b.Helper()
	ids := make([]string, n)
	for i := range ids {
		ids[i] = uuid.NewString()
	}
	accounts := local.New(openFile(b, storage.Options{}, ids...), local.Options{Key: bytes.Repeat([]byte{7}, local.KeySize)})
	for _, id := range ids {
		_, secret, err := accounts.CreateToken(b.Context(), backend.NewToken{Account: id, Scope: backend.ScopeSelf})
		if err != nil {
			b.Fatal(err)
		}
		secrets = append(secrets, secret)
	}
	server := httpapi.NewServer(httpapi.ServerOptions{Accounts: accounts, Tokens: accounts, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)),
		TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited})
	ctx, cancel := context.WithCancel(context.Background())
	l := listen(b)
	done := make(chan error)
	go func() { done <- server.Serve(ctx, l) }()
	b.Cleanup(func() { cancel(); <-done })
	return l.Addr().String(), secrets
}

func listen(b *testing.B) net.Listener {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkProfile: reading a profile against net/http with the same bytes. The goal is 0.4.
func BenchmarkProfile(b *testing.B) {
	address, secrets := openServer(b, 1)
	request := []byte("GET /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + secrets[0] + "\r\n\r\n")
	body := fetch(b, address, request)
	l := listen(b)
	bare := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	})}
	go bare.Serve(l)
	b.Cleanup(func() { bare.Close() })
	ours, theirs := callers(b, address), callers(b, l.Addr().String())
	same := func(int, int) []byte { return request }
	alternate(b, func(n int, took *[]time.Duration) { together(b, ours, n, same, took) },
		func(n int) { together(b, theirs, n, same, new([]time.Duration)) })
}

// fetch is the body of one answer.
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
