package linear

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// aSecret finds a signing secret in what a command has said.
var aSecret = regexp.MustCompile(`\bwhsec_\S+`)

// spelledAtOnce is how many signs are heard in one line.
const spelledAtOnce = 8

// newSecret gives a webhook a new signing secret, which the command says. That the old one ends has no way back.
func (m *Mode) newSecret(ctx context.Context, with asked) error {
	ch, _ := m.channel(with.id())
	name := fmt.Sprintf("channel %d, %s", ch.Priority, m.channelWords(ch))
	m.say("A new signing secret for " + sentence(name))
	choices := []string{"The old one stays valid for a day"}
	if m.shell.Session.Lacks(backend.FeatureEndSecret) == "" {
		choices = append(choices, "The old one ends now")
	}
	words := []string{"channel", "rotate-secret", m.seen(with.id())}
	at, isBack, err := m.choose(ctx, "What becomes of the old one?", choices...)
	if isBack || err != nil {
		return err
	}
	if at == 1 {
		words = append(words, "--end-old")
		if isMeant, err := m.confirms(ctx, "End the old secret of "+name+", now? What is signed with it cannot be checked any more."); !isMeant || err != nil {
			return err
		}
	}
	return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, words, with.id()) })
}

// noteSecret keeps the signing secret that a command has said, until the next change: it is not said again.
func (m *Mode) noteSecret(said string) {
	if m.secret = aSecret.FindString(said); m.secret != "" {
		m.say("spell secret says it sign by sign, until the next change.")
	}
}

func (m *Mode) whyNoSecretSaid(string) string {
	if m.secret == "" {
		return "No signing secret was said last. new secret makes another one."
	}
	return ""
}

// spellSecret says the signing secret that was said last sign by sign, a few in a line.
func (m *Mode) spellSecret(context.Context, asked) error {
	for rest := m.secret; rest != ""; {
		part := rest[:min(spelledAtOnce, len(rest))]
		rest = strings.TrimPrefix(rest, part)
		m.say(spelled(part) + ".")
	}
	return nil
}
