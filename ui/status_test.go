package ui

import (
	"testing"
	"time"
)

func TestTheHelpSaysWhySomethingCannotBeDone(t *testing.T) {
	v := open(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
		v.Resize(size[0], size[1])
		v.Press("?")
		v.Type("undo")
		v.Press("enter")
		v.See(`Keys`, `! There is nothing to undo`)
		v.Fits()
		v.Press("esc")
		v.Pass(10 * time.Second)
	}
}
