package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// manPage is a manual page in the language of man(7).
type manPage struct{ b strings.Builder }

// pageOf is the manual page of a command. date is when it was released, the zero time for a build that was not.
func pageOf(c *cobra.Command, date time.Time) string {
	var p manPage
	day := ""
	if !date.IsZero() {
		day = date.UTC().Format(time.DateOnly)
	}
	fmt.Fprintf(&p.b, ".TH %q 1 %q %q \"Account settings\"\n", strings.ToUpper(pageName(c)), day, "pinghome "+release())
	p.section("NAME")
	p.text(pageName(c) + " - " + shortOf(c))
	p.synopsis(c)
	if c.HasParent() {
		p.paragraphs("DESCRIPTION", c.Long)
	} else {
		p.paragraphs("DESCRIPTION", "The console shows and changes the settings of an account: profile, channels, feedback. It is driven by the keys below, "+
			"which keys.toml can change; \"pinghome keys\" prints them as they are then.")
	}
	p.rows("COMMANDS", commandRows(c))
	p.rows("OPTIONS", flagRows(c))
	if !c.HasParent() {
		p.keys()
	}
	p.examples(c.Example)
	p.rows("EXIT STATUS", exitRows())
	if !c.HasParent() {
		p.rows("ENVIRONMENT", manEnvironment)
		p.rows("FILES", manFiles)
	}
	p.seeAlso(c)
	return p.b.String()
}

// pageName is the name of the page of a command, such as pinghome-channel-add.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func shortOf(c *cobra.Command) string {
	if !c.HasParent() {
		return "account settings at a terminal, and their server"
	}
	return c.Short
}

// manEnvironment are the variables that no setting of the configuration has.
var manEnvironment = [][2]string{
	{"PINGHOME_DB", "the database, a file or postgres://…; --db goes before it"},
	{"PINGHOME_TOKEN", "the token for a server"},
	{"PINGHOME_KEY", "the key of the one-time codes, 64 hexadecimal digits, in place of its file"},
	{"PINGHOME_THEME and others", "one for each setting of the configuration: \"pinghome config\" prints them"},
	{"PGHOST, PGPASSFILE, PGSERVICE and the like", "what an address of PostgreSQL leaves out"},
	{"NO_COLOR, NO_MOTION", "no colours; nothing flashes or turns"},
}

// manFiles are the usual paths; "pinghome paths" prints those in force.
var manFiles = [][2]string{
	{"~/.config/pinghome/config.toml", "the configuration"},
	{"~/.config/pinghome/keys.toml", "keys of one's own"},
	{"~/.local/share/pinghome/pinghome.db", "the database, with its key and its backups beside it"},
	{"~/.local/state/pinghome", "drafts, what was open last, reports of crashes, the log"},
}

// exitRows are the exit codes with their meanings.
func exitRows() (rows [][2]string) {
	for _, m := range exit.Meanings {
		rows = append(rows, [2]string{fmt.Sprint(m.Code), m.Words})
	}
	return append(rows, [2]string{"129, 130, 131, 143", "ended by a signal"})
}

func (p *manPage) section(title string) { fmt.Fprintf(&p.b, ".SH %s\n", title) }

// text writes a line of text: nothing in it is a request or an escape, and a hyphen is one.
func (p *manPage) text(line string) { p.b.WriteString(roff(line) + "\n") }

// roff is a text without a meaning of its own in a manual page.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

func (p *manPage) synopsis(c *cobra.Command) {
	p.section("SYNOPSIS")
	_, arguments, _ := strings.Cut(c.Use, " ")
	words := []string{`\fB` + roff(c.CommandPath()) + `\fR`}
	if c.HasParent() && c.HasSubCommands() {
		words = append(words, "COMMAND")
	}
	for _, word := range append(strings.Fields(arguments), "[flags]") {
		words = append(words, roff(word))
	}
	p.b.WriteString(strings.Join(words, " ") + "\n")
}

func (p *manPage) paragraphs(title, text string) {
	if text == "" {
		return
	}
	p.section(title)
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		p.b.WriteString(".PP\n")
		p.lines(paragraph)
	}
}

// lines writes lines: those that are indented as they are, the others as one text.
func (p *manPage) lines(text string) {
	isExample := false
	for line := range strings.SplitSeq(text, "\n") {
		if is := strings.HasPrefix(line, "  "); is != isExample {
			p.b.WriteString(map[bool]string{true: ".nf\n", false: ".fi\n"}[is])
			isExample = is
		}
		p.text(line)
	}
	if isExample {
		p.b.WriteString(".fi\n")
	}
}

func (p *manPage) rows(title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	p.section(title)
	for _, row := range rows {
		fmt.Fprintf(&p.b, ".TP\n\\fB%s\\fR\n%s\n", roff(row[0]), roff(row[1]))
	}
}

// keys writes the keys of the console, by where they work.
func (p *manPage) keys() {
	p.section("KEYS")
	where := keymap.Scope("")
	for _, a := range keymap.New().All() {
		if a.Where != where {
			where = a.Where
			fmt.Fprintf(&p.b, ".SS %s\n", roff(string(where)))
		}
		fmt.Fprintf(&p.b, ".TP\n\\fB%s\\fR\n%s\n", roff(a.AllKeys()), roff(a.Title))
	}
}

func (p *manPage) examples(text string) {
	if text == "" {
		return
	}
	p.section("EXAMPLES")
	p.b.WriteString(".nf\n")
	for line := range strings.SplitSeq(text, "\n") {
		p.text(line)
	}
	p.b.WriteString(".fi\n")
}

// seeAlso names the commands above, below and beside a command.
func (p *manPage) seeAlso(c *cobra.Command) {
	var names []string
	add := func(c *cobra.Command) { names = append(names, fmt.Sprintf(`\fB%s\fR(1)`, roff(pageName(c)))) }
	if c.HasParent() {
		add(c.Root())
		if c.Parent().HasParent() {
			add(c.Parent())
		}
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			add(sub)
		}
	}
	p.section("SEE ALSO")
	p.b.WriteString(strings.Join(names, ",\n") + "\n")
}
