package declared

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// Document is the settings of an account as a file declares them. What it leaves out stays as it is.
type Document struct {
	// Hidden says in a word why values are not the account's own: "masked" or "pseudonyms"; "" for a
	// document that can be compared with the account.
	Hidden string `toml:"hidden,omitempty" json:"hidden,omitempty"`
	// Name, Surname and Username are nil for those of now.
	Name     *string `toml:"name,omitempty" json:"name,omitempty"`
	Surname  *string `toml:"surname,omitempty" json:"surname,omitempty"`
	Username *string `toml:"username,omitempty" json:"username,omitempty"`
	// Channels are all channels, the most important first; nil for those of now.
	Channels []Channel `toml:"channel,omitempty" json:"channels,omitempty"`
}

// Channel is a channel as it should be.
type Channel struct {
	Type  backend.ChannelType `toml:"type,omitempty" json:"type,omitempty"` // "" for what the value looks like
	Value string              `toml:"value" json:"value"`
	// Label is what the channel is called, "" for nothing; nil for what it is called now.
	Label *string `toml:"label,omitempty" json:"label,omitempty"`
	// Enabled is whether messages are to go there; nil for yes.
	Enabled *bool `toml:"enabled,omitempty" json:"enabled,omitempty"`
}

// IsOn reports whether messages are to go to the channel.
func (c *Channel) IsOn() bool { return c.Enabled == nil || *c.Enabled }

// Of is the document of an account. Values are spelled as the API has them.
func Of(p backend.Profile, channels []backend.Channel) Document {
	username := p.Customer.Email
	if p.Pending != nil {
		username = p.Pending.Email
	}
	d := Document{Name: given(p.Customer.Name), Surname: given(p.Customer.Surname), Username: &username}
	for _, ch := range channels {
		c := Channel{Type: ch.Type, Value: ch.Value, Label: &ch.Label}
		if !ch.Enabled && ch.ActiveValue != "" { // one that was never proved is off until then
			isOn := false
			c.Enabled = &isOn
		}
		d.Channels = append(d.Channels, c)
	}
	return d
}

// given is a text that an account may lack: nil for "", which cannot be declared.
func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// check refuses what no account can be, before anything of it is done.
func (d *Document) check() error {
	if d.Hidden != "" {
		return fmt.Errorf("its values are hidden (%s), so it does not say what the account should be; export it without that", d.Hidden)
	}
	for _, field := range []struct {
		name  string
		value *string
		clean func(string) (string, error)
	}{{"name", d.Name, backend.CleanName}, {"surname", d.Surname, backend.CleanName}, {"username", d.Username, backend.CleanEmail}} {
		if field.value == nil {
			continue
		}
		cleaned, err := field.clean(*field.value)
		if err != nil {
			return fmt.Errorf("%s: %w", field.name, err)
		}
		*field.value = cleaned
	}
	if d.Name == nil && d.Surname == nil && d.Username == nil && d.Channels == nil {
		return errors.New("it declares nothing, as where \"pinghome export\" has failed; it needs name, surname, username or channels")
	}
	if d.Channels != nil && len(d.Channels) == 0 {
		return errors.New("its list of channels is empty, which would delete all of them; leave it out, or delete them with \"pinghome channel delete\"")
	}
	declared := map[string]int{}
	for i := range d.Channels {
		if err := d.Channels[i].check(); err != nil {
			return fmt.Errorf("channel %d: %w", i+1, err)
		}
		if first, isThere := declared[d.Channels[i].identity()]; isThere {
			return fmt.Errorf("channel %d has the value of channel %d; declare it once", i+1, first)
		}
		declared[d.Channels[i].identity()] = i + 1
	}
	return nil
}

func (c *Channel) check() (err error) {
	if strings.TrimSpace(c.Value) == "" {
		return errors.New("it has no value")
	}
	if c.Type == "" {
		c.Type = backend.InferType(c.Value)
	}
	if c.Type, err = backend.CleanType(c.Type); err != nil {
		return err
	}
	if c.Value, err = backend.CleanValue(c.Type, c.Value, true); err != nil {
		return err
	}
	if c.Label != nil {
		*c.Label, err = backend.CleanLabel(*c.Label)
	}
	return err
}

// identity is the same for two channels that cannot be beside one another.
func (c *Channel) identity() string {
	return string(c.Type) + " " + backend.CanonicalValue(c.Type, c.Value)
}

// TOML is the document as a file.
func (d *Document) TOML() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("# The settings of an account. What is left out stays as it is. Where there are channels, all others are deleted;\n" +
		"# the first is the most important, and one without \"enabled\" is on.\n")
	err := toml.NewEncoder(&b).Encode(d)
	lines := strings.Split(b.String(), "\n")
	for i, line := range lines {
		lines[i] = escaped(line)
	}
	return []byte(strings.Join(lines, "\n")), err
}

// escaped is a line of TOML that says the same, and in which nothing controls a terminal: such characters are escaped, for
// which a literal string becomes a basic one.
func escaped(line string) string {
	if safe.Text(line) == line {
		return line
	}
	key, text, _ := strings.Cut(line, " = ")
	if literal, isLiteral := strings.CutPrefix(text, "'"); isLiteral {
		text = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.TrimSuffix(literal, "'")) + `"`
	}
	var b strings.Builder
	for _, r := range key + " = " + text {
		if safe.Text(string(r)) == string(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	return b.String()
}

// JSON is the document as a JSON object.
func (d *Document) JSON() ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(d)
	return []byte(safe.JSON(b.String())), err
}
