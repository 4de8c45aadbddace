package command

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestAGatewayThatLosesARequest: a change may have been made, a reading was not; what a server says itself counts more.
func TestAGatewayThatLosesARequest(t *testing.T) {
	for _, c := range []struct {
		method, answer string
		status, code   int
	}{
		{"GET", "<html>", 502, exit.CodeUnreachable}, {"HEAD", "", 504, exit.CodeUnreachable},
		{"PATCH", "<html>", 502, exit.CodeUnknown}, {"POST", "", 504, exit.CodeUnknown}, {"PUT", "{}", 502, exit.CodeUnknown}, {"DELETE", "", 502, exit.CodeUnknown},
		{"POST", "", 503, exit.CodeUnreachable}, {"POST", "", 500, exit.CodeFailed}, {"POST", `{"code": "busy"}`, 502, exit.CodeUnreachable},
		{"POST", `{"code": "unknown_outcome"}`, 504, exit.CodeUnknown},
	} {
		_, _, err := runOn(t, Opened{View: backendtest.Stub{}, Call: func(context.Context, Request) (Answer, error) {
			return Answer{Status: c.status, Body: []byte(c.answer)}, nil
		}}, "api", c.method, "/v1/customer")
		if codeOf(err) != c.code {
			t.Errorf("%s answered %d %q ends with %d: %v", c.method, c.status, c.answer, codeOf(err), err)
		}
	}
}
