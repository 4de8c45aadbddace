//go:build unix

package cli

import "testing"

// TestTheConsoleOpensAnotherContext: a server from a database, and the database again.
func TestTheConsoleOpensAnotherContext(t *testing.T) {
	far := home{t, t.TempDir()}
	token := far.createAccount()
	address, _ := far.serve("--listen", "127.0.0.1:0")
	near := home{t, t.TempDir()}
	near.run("account", "create", "--name", "Bob", "--surname", "Near", "--email", "bob@near.example")
	near.writeFile("token", token)
	near.writeFile("config.toml", "[context.work]\nserver = \""+address+"\"\ntoken_file = \"token\"\ncolor = \"red\"\nread_only = true\n[context.late]\nserver = \"http://127.0.0.1:1\"\ntoken_file = \"token\"\n[context.bare]\nserver = \"http://127.0.0.1:1\"\ntoken_file = \"none\"\n")
	w := inWindowAt(t, near.dir, "pinghome", "--config", "config.toml")
	w.see("Bob Near")
	open := func(name string) {
		w.press(":")
		w.see("─ Commands ─")
		w.press("context " + name)
		w.see("Context: " + name)
		w.press("\r")
	}
	open("late")
	w.see("The context late could not be opened")
	w.see("Bob Near")
	open("bare")
	w.see("The context bare could not be opened: The token file ")
	open("work")
	w.see("Ada Byron")
	w.see("read-only   work  ● remote 127.0.0.1")
	w.press("2")
	w.see("[2 Channels")
	w.press("a")
	w.see(`Opened for reading only, as read_only of the context "work" says.`)
	open(thisMachine)
	w.see("Bob Near")
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}
