package cli

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestAFullDisk: a change that was made is said to be made, and nothing is half done.
func TestAFullDisk(t *testing.T) {
	h := home{t, t.TempDir()}
	h.run("account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	for _, c := range []struct {
		args []string
		told string
	}{
		{[]string{"profile", "show"}, "pinghome: The output could not be written: "},
		{[]string{"profile", "show", "--json", "customer"}, `"title":"It could not be done","status":500,"detail":"The output could not be written: `},
		{[]string{"profile", "edit", "--name", "Augusta"}, "pinghome: It was done. The output could not be written: "},
		{[]string{"token", "create", "--account", "ada@byron.example"}, " No token was created."},
		{[]string{"account", "create", "--name", "Bo", "--surname", "Li", "--email", "bo@li.example", "--db", "other.db"}, "pinghome: The account was created. The output"},
		{[]string{"backup", "saved"}, "pinghome: It was done. The output could not be written: "},
		{[]string{"restore", "saved"}, "pinghome: It was done. The output could not be written: "},
		{[]string{"activity", "export", "-"}, "pinghome: The output could not be written: "},
		{[]string{"api", "GET", "/v1/customer"}, "pinghome: The output could not be written: "},
	} {
		var told strings.Builder
		command := h.command(c.args...)
		command.Stdout, command.Stderr = full, &told
		if err := command.Run(); err == nil || command.ProcessState.ExitCode() != 1 || !strings.Contains(told.String(), c.told) {
			t.Errorf("%v: %v, %s", c.args, err, told.String())
		}
	}
	if got := h.run("token", "list", "--json=expired"); got != "[]" {
		t.Errorf("of the token whose text was lost it says %s", got)
	}
	if got := h.run("profile", "show", "--json", "customer"); !strings.Contains(got, "Augusta Byron") {
		t.Errorf("what was said to be done was not: %s", got)
	}
}

// TestAClosedPipe ends a command as it ends others, and leaves no token whose text was lost.
func TestAClosedPipe(t *testing.T) {
	h := home{t, t.TempDir()}
	h.run("account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	reader.Close()
	defer writer.Close()
	command := h.command("profile", "edit", "--surname", "King")
	command.Stdout = writer
	_ = command.Run()
	if status := command.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGPIPE {
		t.Errorf("with a closed pipe it ends with %v", command.ProcessState)
	}
	command = h.command("token", "create", "--account", "ada@byron.example")
	command.Stdout = writer
	_ = command.Run()
	if got := h.run("token", "list", "--json=expired"); got != "[]" || command.ProcessState.ExitCode() != 1 {
		t.Errorf("with a closed pipe it ends with %v, and there is a token: %s", command.ProcessState, got)
	}
	if got := h.run("profile", "show", "--json", "customer"); !strings.Contains(got, "Ada King") {
		t.Errorf("what was done before the end is not kept: %s", got)
	}
}
