package ui

import (
	"testing"
)

func channelsOf(t *testing.T) *visit {
	v := open(t)
	v.Press("2")
	return v
}
