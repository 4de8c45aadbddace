package storage

import (
	"fmt"
	"runtime"
)

// Panic is what Change panics with when its fn panicked: the value, and the stack
// of the goroutine that fn ran on.
type Panic struct {
	Value any
	Stack []byte
}

// NewPanic returns the panic for a value that was recovered, with the stack of the caller: an
// engine calls it in the function that it has deferred.
func NewPanic(value any) *Panic {
	stack := make([]byte, 16<<10)
	return &Panic{Value: value, Stack: stack[:runtime.Stack(stack, false)]}
}

func (p *Panic) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }

// Unwrap returns the value when it is an error, and nil otherwise.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}
