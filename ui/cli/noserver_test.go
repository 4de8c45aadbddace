//go:build !unix

package cli

import "testing"

// testsWithServer are the tests of this package. None of them starts a server here.
type testsWithServer struct{ tests *testing.M }

func (t testsWithServer) Run() int { return t.tests.Run() }
