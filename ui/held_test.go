package ui

import (
	"testing"
	"time"
)

func TestWhatWasOnlyHeldOrIsStaleIsNotCalledReached(t *testing.T) {
	v, p := posted(t)
	v.size(80, 30)
	v.see(`1  @ email +jo••@ping-home.org +▯ held here`)
	v.press("2", "t", "1")
	v.see(`1  @ email +jo••@ping-home.org +✓ reached`)
	v.pass(91 * 24 * time.Hour)
	v.see(`1  @ email +jo••@ping-home.org +! stale`)
	p.refusal = never
	v.press("2", "t", "1")
	v.see(`1  @ email +jo••@ping-home.org +✗ failed now`)
}

func TestAllThatWereOnlyHeldAreToldAsHeld(t *testing.T) {
	v := channelsOf(t)
	v.press("T", "y")
	v.see(`▯ 2 of 2 test messages held in the inbox on this machine`)
	v.miss(`✓ 2 of 2`)
}
