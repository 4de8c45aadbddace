//go:build unix

package cli

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"sync"
	"testing"
)

// residentGoal is how much memory of its own a server may hold, in MiB. Pages of the program's file are not
// in it: they are as many as there are commands and libraries, and the system takes them back when it wants.
const residentGoal = 16

// BenchmarkMemory measures the memory of "pinghome serve" while 16 callers read
// profiles from it. The server is a process of its own, so that the callers'
// memory does not count. A million requests are
//
//	go test -run '^$' -bench Memory -benchtime 1000000x ./ui/cli
//
// On two shared cores, of 300,000: 5.7 MiB at the start, 9.8 after a tenth, 10.3 at
// the end; 39.7 at most with the pages of the file. The callers are on the same
// machine.
func BenchmarkMemory(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("the size of a process is read from /proc")
	}
	h := home{b, b.TempDir()}
	token := h.createAccount()
	address, server := h.serve("--listen", "127.0.0.1:0", "--rate", "0")
	const connections = 16
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	ask := func(requests int) {
		var group sync.WaitGroup
		for k := range min(connections, requests) {
			group.Go(func() {
				for i := k; i < requests; i += connections {
					if status, err := askProfile(client, address, token); err != nil || status != http.StatusOK {
						b.Errorf("the server answered %d, %v", status, err)
						return
					}
				}
			})
		}
		group.Wait()
	}
	resident := func(of string) float64 { return memoryOf(b, server.Process.Pid, of) }
	ask(1) // the first request opens what all others use
	start := resident("RssAnon")
	b.ResetTimer()
	ask(b.N / 10)
	b.ReportMetric(start, "start-MiB") // ResetTimer would have removed it
	tenth := resident("RssAnon")
	b.ReportMetric(tenth, "tenth-MiB")
	ask(b.N - b.N/10)
	end := resident("RssAnon")
	b.ReportMetric(end, "end-MiB")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(resident("VmHWM"), "peak-with-file-MiB")
	if most := max(start, tenth, end); most >= residentGoal {
		b.Errorf("the server held %.1f MiB, and is to stay under %d", most, residentGoal)
	}
}

// memoryOf returns one of the sizes in a process's status, in MiB.
func memoryOf(b *testing.B, process int, size string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process))
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(size + `:\s*(\d+) kB`).FindSubmatch(status)
	if found == nil {
		b.Fatalf("no %s in:\n%s", size, status)
	}
	kib, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kib / 1024
}
