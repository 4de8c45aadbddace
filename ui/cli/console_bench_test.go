//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// measured is a console in a terminal whose output is timed.
type measured struct {
	b       *testing.B
	cmd     *exec.Cmd
	pty     *os.File
	started time.Time
	output  chan chunk
}

// chunk is what one read of the terminal gave.
type chunk struct {
	at   time.Time
	text []byte
}

// measure starts a console of 120x40 cells on the demo, in a terminal of which the
// background is known.
func measure(b *testing.B, program string) *measured {
	b.Helper()
	return measureIn(b, b.TempDir(), program, "--demo")
}

func measureIn(b *testing.B, home, program string, args ...string) *measured {
	b.Helper()
	m := &measured{b: b, output: make(chan chunk, 10_000)}
	m.cmd = exec.Command(program, args...)
	m.cmd.Dir = home
	m.cmd.Env = []string{"HOME=" + home, "TMPDIR=" + home, "TERM=xterm-256color", "COLORTERM=truecolor", "COLORFGBG=15;0", "LANG=C.UTF-8", "PATH=" + os.Getenv("PATH")}
	time.Sleep(100 * time.Millisecond) // the kernel clears away what the program before it had
	far, err := pty.StartWithSize(m.cmd, &pty.Winsize{Cols: 120, Rows: 40})
	if err != nil {
		b.Fatal(err)
	}
	m.started, m.pty = time.Now(), far // the program has just replaced the copy of this process
	go m.read()
	return m
}

func (m *measured) read() {
	defer close(m.output)
	for {
		buffer := make([]byte, 1<<16)
		n, err := m.pty.Read(buffer)
		if err != nil {
			return
		}
		m.output <- chunk{time.Now(), buffer[:n]}
	}
}

// until reads output until it has the text, and returns when that came and all of it.
func (m *measured) until(text string) (at time.Time, all []byte) {
	m.b.Helper()
	for {
		select {
		case c, isOpen := <-m.output:
			if !isOpen {
				m.b.Fatalf("it ended before %q", text)
			}
			all = append(all, c.text...)
			if bytes.Contains(all, []byte(text)) {
				return c.at, all
			}
		case <-time.After(10 * time.Second):
			m.b.Fatalf("%q did not come", text)
		}
	}
}

// settle reads until nothing has come for a while, longer than a frame of Bubble Tea,
// so that keys fall anywhere between two of its ticks.
func (m *measured) settle() (n int) {
	for {
		select {
		case c := <-m.output:
			n += len(c.text)
		case <-time.After(37 * time.Millisecond):
			return n
		}
	}
}

// press presses a key, and returns how long it takes until something is painted, and
// how many bytes are.
func (m *measured) press(key string) (took time.Duration, n int) {
	m.b.Helper()
	pressed := time.Now()
	if _, err := m.pty.WriteString(key); err != nil {
		m.b.Fatal(err)
	}
	at, all := m.until("\x1b")
	return at.Sub(pressed), len(all) + m.settle()
}

func (m *measured) end() {
	_ = m.cmd.Process.Signal(syscall.SIGTERM)
	for range m.output { // until the terminal is closed
	}
	_ = m.cmd.Wait()
	_ = m.pty.Close()
}

// BenchmarkConsole compares the console with the same console on Bubble Tea's own
// renderer and reader, in turn: from the start to the first frame,
// and from a key in the list of channels to what it paints.
func BenchmarkConsole(b *testing.B) {
	programs := []string{"pinghome", "bubbletea"}
	first, key := map[string][]time.Duration{}, map[string][]time.Duration{}
	written := map[string][]int{}
	for b.Loop() {
		for _, program := range programs {
			m := measure(b, program)
			at, _ := m.until("help")
			first[program] = append(first[program], at.Sub(m.started))
			m.settle()
			m.press("2")
			for i := range 20 {
				took, n := m.press([]string{"j", "k"}[i%2])
				key[program] = append(key[program], took)
				written[program] = append(written[program], n)
			}
			m.end()
		}
	}
	for _, program := range programs {
		b.ReportMetric(milliseconds(median(first[program])), program+"-first-ms")
		b.ReportMetric(milliseconds(median(key[program])), program+"-key-ms")
		b.ReportMetric(float64(median(written[program])), program+"-key-bytes")
	}
	b.ReportMetric(milliseconds(median(first["pinghome"]))/milliseconds(median(first["bubbletea"])), "first-ratio")
	b.ReportMetric(milliseconds(median(key["pinghome"]))/milliseconds(median(key["bubbletea"])), "key-ratio")
	b.ReportMetric(0, "ns/op")
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func median[T time.Duration | int](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

// BenchmarkHangingConsole compares a key while nothing else happens with one while the
// server has stopped answering, and everything is being read again.
func BenchmarkHangingConsole(b *testing.B) {
	h := home{b, b.TempDir()}
	h.writeFile("token", h.createAccount())
	address, server := h.serve("--listen", "127.0.0.1:0")
	var quiet, hanging []time.Duration
	for b.Loop() {
		m := measureIn(b, h.dir, "pinghome", "--server", address, "--token-file", "token")
		m.until("help")
		m.settle()
		keys := func() (took []time.Duration) {
			for i := range 20 {
				t, _ := m.press([]string{"2", "1"}[i%2])
				took = append(took, t)
			}
			return took
		}
		quiet = append(quiet, keys()...)
		_ = server.Process.Signal(syscall.SIGSTOP)
		m.press("r")
		hanging = append(hanging, keys()...)
		_ = server.Process.Signal(syscall.SIGCONT)
		m.end()
	}
	b.ReportMetric(milliseconds(median(quiet)), "quiet-ms")
	b.ReportMetric(milliseconds(median(hanging)), "hanging-ms")
	b.ReportMetric(milliseconds(median(hanging))/milliseconds(median(quiet)), "ratio")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkIdleConsole leaves both consoles alone for ten seconds: the time of the CPU
// that each takes, and how often it wakes up.
func BenchmarkIdleConsole(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("the wake-ups of a process are read from /proc")
	}
	settling, span := 7*time.Second, 10*time.Second
	if testing.Short() {
		settling, span = time.Second, time.Second
	}
	for b.Loop() {
		for _, program := range []string{"pinghome", "bubbletea"} {
			m := measure(b, program)
			m.until("help")
			time.Sleep(settling) // what comes after a start is not idle, such as looking for changes
			cpu, wakes := m.used()
			time.Sleep(span)
			cpuAfter, wakesAfter := m.used()
			n := m.settle()
			m.end()
			b.ReportMetric(milliseconds(cpuAfter-cpu), program+"-cpu-ms/10s")
			b.ReportMetric(float64(wakesAfter-wakes)/span.Seconds(), program+"-wakes/s")
			b.ReportMetric(float64(n), program+"-bytes")
		}
	}
	b.ReportMetric(0, "ns/op")
}

// used returns the time of the CPU that a process has used, and how often its threads
// have been woken.
func (m *measured) used() (cpu time.Duration, wakes int) {
	m.b.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", m.cmd.Process.Pid))
	if err != nil || len(tasks) == 0 {
		m.b.Fatal("the process is not in /proc")
	}
	for _, task := range tasks {
		status, _ := os.ReadFile(filepath.Join(task, "status"))
		for line := range strings.Lines(string(status)) {
			if count, isCount := strings.CutPrefix(line, "voluntary_ctxt_switches:"); isCount {
				n, _ := strconv.Atoi(strings.TrimSpace(count))
				wakes += n
			}
		}
		schedule, _ := os.ReadFile(filepath.Join(task, "schedstat")) // nanoseconds first
		n, _ := strconv.ParseInt(strings.Fields(string(schedule) + " 0")[0], 10, 64)
		cpu += time.Duration(n)
	}
	return cpu, wakes
}
