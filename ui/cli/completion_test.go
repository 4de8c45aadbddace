//go:build unix

package cli

import (
	"os/exec"
	"strings"
	"testing"
)

// TestValuesAreCompleted: channels with their values hidden, accounts, contexts and fields; where nothing can be
// opened there is nothing, and nothing is made.
func TestValuesAreCompleted(t *testing.T) {
	commandsAlone(t)
	h := home{t, t.TempDir()}
	if got := h.run("__complete", "channel", "edit", ""); !strings.HasPrefix(got, ":") {
		t.Errorf("without accounts: %s", got)
	}
	wantNothingIn(t, h.dir)
	h.run("account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	h.run("channel", "add", "countess@lovelace.example", "--label", "Home")
	h.run("channel", "add", "+994551234567")
	h.run("token", "create", "--account", "ada@byron.example")
	h.writeFile("config.toml", "[context.work]\nserver = \"https://accounts.example.org\"\n")
	for args, want := range map[string]string{
		"channel edit |":                                "1\temail co••@lovelace.example Home",
		"channel delete 1 |":                            "2\tsms +994•••••••67",
		"channel test 1 |":                              ":",
		"profile show --account |ad":                    "ada@byron.example\tAda Byron, Ada Byron",
		"profile show --config config.toml --context |": "work\t",
		"channel list --json |priority,":                "priority,value",
		"channel add --type |":                          "webhook",
		"channel list --status |":                       "pending",
		"messages list --state |":                       "unknown",
		"activity list --kind |":                        "username",
		"export --format |":                             "toml",
		"api |":                                         "PATCH",
		"account create --plan |":                       "business",
		"token create --scope |":                        "operator",
		"token revoke |":                                "\tada@byron.example self",
		"serve --log-level |":                           "debug",
		"channel add |--lab":                            "--label\twhat to call",
		"activity undo |":                               "\tchannel.created channel 2 (sms)",
		"completion |":                                  "zsh",
		"--theme |":                                     "high-contrast",
	} {
		before, typed, _ := strings.Cut(args, "|")
		got := h.run(append(append([]string{"__complete"}, strings.Fields(before)...), typed)...)
		if !strings.Contains(got, want) || strings.Contains(got, "countess") || strings.Contains(got, "1\t") && want[0] == '2' {
			t.Errorf("%s: %s", args, got)
		}
	}
}

// TestTheShellsReadTheirCompletion, those that are there.
func TestTheShellsReadTheirCompletion(t *testing.T) {
	h := home{t, t.TempDir()}
	for _, shell := range shells {
		text := h.run("completion", shell)
		if !strings.Contains(text, "pinghome") {
			t.Errorf("%s: %s", shell, text)
		}
		if path, err := exec.LookPath(shell); err == nil && shell != "powershell" {
			h.writeFile(shell, text)
			if said, err := exec.Command(path, "-n", h.dir+"/"+shell).CombinedOutput(); err != nil {
				t.Errorf("%s: %s", shell, said)
			}
		}
	}
	wantCode(t, h, 2, "Name a shell", "completion")
	wantCode(t, h, 2, "Name a shell", "completion", "tcsh")
}
