package httpapi_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkCrowd lets more and more connections send one request after the
// other. A process of its own sends them, since both ends of 10,000 connections
// are more than one may have. "answers/s" counts those that were carried out,
// "busy" the 503 with Retry-After, "cut" everything else, of which there must be
// none; "longest-ms" is the longest wait for an answer, with connecting.
//
//	go test -run '^$' -bench Crowd -benchtime 100000x ./backend/httpapi
func BenchmarkCrowd(b *testing.B) {
	for _, method := range []string{"GET", "PATCH"} {
		for _, callers := range []int{16, 256, 600, 2000, 10_000} {
			b.Run(fmt.Sprintf("%s/connections=%d", method, callers), func(b *testing.B) {
				address, tokens := startBenchServer(b, 16)
				load := crowd{Address: address, Tokens: tokens, Method: method, Callers: callers, Requests: max(b.N, callers)}
				b.ResetTimer()
				seen := load.run(b)
				b.ReportMetric(float64(seen.Done)/seen.Took.Seconds(), "answers/s")
				b.ReportMetric(float64(seen.Busy), "busy")
				b.ReportMetric(float64(seen.Cut), "cut")
				b.ReportMetric(float64(seen.Longest.Milliseconds()), "longest-ms")
				if seen.Cut > 0 {
					b.Errorf("%d requests were cut off, such as: %s", seen.Cut, seen.Example)
				}
			})
		}
	}
}

// crowd is callers that send requests over as many connections.
type crowd struct {
	Address           string
	Tokens            []string
	Method            string
	Callers, Requests int
}

// crowdSeen is what became of the requests.
type crowdSeen struct {
	Done, Busy, Cut int64
	Took, Longest   time.Duration
	Example         string // of one that was cut off
}

const crowdVariable = "PINGHOME_TEST_CROWD" // tells this program to be the crowd

// run has a process of its own send the requests.
func (c crowd) run(tb testing.TB) (seen crowdSeen) {
	tb.Helper()
	orders, _ := json.Marshal(c)
	child := exec.Command(os.Args[0], "-test.run", "^TestCrowd$", "-test.v")
	child.Env = append(os.Environ(), crowdVariable+"="+string(orders))
	out, err := child.Output()
	if err != nil {
		tb.Fatalf("%v\n%s", err, out)
	}
	_, text, _ := strings.Cut(string(out), crowdVariable)
	text, _, _ = strings.Cut(text, "\n")
	if err := json.Unmarshal([]byte(text), &seen); err != nil {
		tb.Fatalf("%v\n%s", err, out)
	}
	return seen
}

// TestCrowd is the process that BenchmarkCrowd and TestSurplusWaits start. By
// itself it has nothing to do.
func TestCrowd(t *testing.T) {
	orders := os.Getenv(crowdVariable)
	if orders == "" {
		return
	}
	var c crowd
	if err := json.Unmarshal([]byte(orders), &c); err != nil {
		t.Fatal(err)
	}
	debug.SetGCPercent(800) // its collector would need more of the two processors with more connections
	text, _ := json.Marshal(c.send())
	fmt.Println(crowdVariable + string(text))
}

func (c crowd) send() crowdSeen {
	var seen crowdSeen
	var mu sync.Mutex
	var next atomic.Int64
	var group sync.WaitGroup
	begun := time.Now()
	for k := range c.Callers {
		group.Go(func() {
			member := crowdMember{address: c.Address, token: c.Tokens[k%len(c.Tokens)], method: c.Method}
			defer member.hangUp()
			for i := next.Add(1); i <= int64(c.Requests); i = next.Add(1) {
				member.ask(int(i))
			}
			mu.Lock()
			defer mu.Unlock()
			seen.Done, seen.Busy, seen.Cut = seen.Done+member.seen.Done, seen.Busy+member.seen.Busy, seen.Cut+member.seen.Cut
			seen.Longest = max(seen.Longest, member.seen.Longest)
			if member.seen.Example != "" {
				seen.Example = member.seen.Example
			}
		})
	}
	group.Wait()
	seen.Took = time.Since(begun)
	return seen
}

// crowdMember sends one request after the other. It connects again where it was
// told that the connection closes, and waits where it was told to.
type crowdMember struct {
	address, token, method string
	conn                   net.Conn
	from                   *bufio.Reader
	seen                   crowdSeen
}

func (m *crowdMember) hangUp() {
	if m.conn != nil {
		m.conn.Close()
		m.conn = nil
	}
}

// ask sends a request until it is carried out, or cut off.
func (m *crowdMember) ask(i int) {
	begun := time.Now()
	defer func() { m.seen.Longest = max(m.seen.Longest, time.Since(begun)) }()
	for {
		wait, err := m.once(i)
		switch {
		case err != nil:
			m.seen.Cut++
			m.seen.Example = err.Error()
			m.hangUp()
			return
		case wait == 0:
			m.seen.Done++
			return
		}
		m.seen.Busy++
		time.Sleep(wait)
	}
}

// once sends a request and reads its answer. wait is how long it was asked to wait.
func (m *crowdMember) once(i int) (wait time.Duration, err error) {
	if m.conn == nil {
		if m.conn, err = net.DialTimeout("tcp", m.address, 30*time.Second); err != nil {
			m.conn = nil
			return 0, err
		}
		m.from = bufio.NewReaderSize(m.conn, 1024)
	}
	body := ""
	if m.method == "PATCH" {
		body = fmt.Sprintf(`{"name":"Ada %d"}`, i)
	}
	_, err = fmt.Fprintf(m.conn, "%s /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		m.method, m.token, len(body), body)
	if err != nil {
		return 0, err
	}
	a, err := m.readHead()
	if err != nil {
		return 0, err
	}
	if _, err := io.CopyN(io.Discard, m.from, int64(a.length)); err != nil {
		return 0, err
	}
	if a.closes {
		m.hangUp()
	}
	if !slices.Contains([]string{"200", "503"}, a.code) || a.code == "503" && a.wait == 0 {
		return 0, errors.New("answered " + a.code)
	}
	return a.wait, nil
}

// crowdAnswer is the head of an answer. It is read by hand, since net/http would need
// more of the two processors than the server that is measured.
type crowdAnswer struct {
	code   string
	length int // of the body, in bytes
	closes bool
	wait   time.Duration
}

func (m *crowdMember) readHead() (a crowdAnswer, err error) {
	status, err := m.from.ReadSlice('\n')
	if err != nil {
		return a, err
	}
	a.code = string(status[len("HTTP/1.1 "):][:3])
	for {
		line, err := m.from.ReadSlice('\n')
		if err != nil {
			return a, err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			return a, nil
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch http.CanonicalHeaderKey(string(name)) {
		case "Content-Length":
			a.length, _ = strconv.Atoi(string(value))
		case "Connection":
			a.closes = string(value) == "close"
		case "Retry-After":
			seconds, _ := strconv.Atoi(string(value))
			a.wait = time.Duration(seconds) * time.Second
		}
	}
}
