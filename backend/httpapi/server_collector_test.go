package httpapi

import (
	"runtime/debug"
	"testing"
)

func TestTheCollectorRunsHalfAsOftenWithManyConnections(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(60))
	var c collector
	for _, step := range []struct{ connections, percent int }{
		{0, 60}, {manyConnections - 1, 60}, {manyConnections, 120}, {5000, 120}, {fewConnections + 1, 120}, {fewConnections, 60}, {0, 60}, {manyConnections, 120}, {0, 60},
	} {
		if c.pace(step.connections); gcPercent() != step.percent {
			t.Errorf("with %d connections the percentage is %d", step.connections, gcPercent())
		}
	}
}

func TestACollectorThatIsOffStaysOff(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var c collector
	for _, n := range []int{5000, 0} {
		if c.pace(n); gcPercent() >= 0 {
			t.Errorf("with %d connections the collector is on", n)
		}
	}
}
