package httpapi

import (
	"runtime/debug"
	"runtime/metrics"
)

// With so many connections served the garbage collector runs half as often, until there are
// so few again. Each of its runs halves the stacks of goroutines that wait, as those of
// connections mostly do, and with thousands of them nearly every request would let its stack
// grow again: a tenth of the server's time. Memory grows by what is allocated meanwhile.
const (
	manyConnections = 512
	fewConnections  = 256
)

// collector remembers how often the garbage collector runs at other times.
type collector struct {
	usual  int // percent, as of debug.SetGCPercent
	isRare bool
}

// pace adapts the garbage collector to a number of connections.
func (c *collector) pace(connections int) {
	switch {
	case connections >= manyConnections && !c.isRare:
		if c.usual = gcPercent(); c.usual > 0 { // else it is off
			c.isRare = true
			debug.SetGCPercent(2 * c.usual)
		}
	case connections <= fewConnections && c.isRare:
		c.isRare = false
		debug.SetGCPercent(c.usual)
	}
}

// gcPercent is what debug.SetGCPercent was told last; negative where the collector is off.
func gcPercent() int {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(int64(sample[0].Value.Uint64())) //nolint:gosec // "off" is the largest number, and so negative
}
