package ui

import (
	"testing"
	"time"
)

func TestWhatWasOnlyHeldOrIsStaleIsNotCalledReached(t *testing.T) {
	v, p := posted(t)
	v.Resize(80, 30)
	v.See(`1  @ email +jo••@ping-home.org +▯ held here`)
	v.Press("2", "t", "1")
	v.See(`1  @ email +jo••@ping-home.org +✓ reached`)
	v.Pass(91 * 24 * time.Hour)
	v.See(`1  @ email +jo••@ping-home.org +! stale`)
	p.refusal = never
	v.Press("2", "t", "1")
	v.See(`1  @ email +jo••@ping-home.org +✗ failed now`)
}
