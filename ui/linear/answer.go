package linear

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/verify"
)

// answer does what the person says.
func (m *Mode) answer(ctx context.Context, text string) error {
	if text == "" {
		return m.list(ctx)
	}
	if n, err := strconv.Atoi(text); err == nil && !m.waitsFor(text) {
		return m.number(ctx, n)
	}
	if e, name, rest, isFound := m.meant(text); isFound {
		return m.doEntry(ctx, e, name, rest)
	}
	if isMessage, err := m.pasted(ctx, text); isMessage {
		return err
	}
	m.sayUnknown(text)
	return nil
}

// waitsFor reports whether a number is a code, and something waits for one.
func (m *Mode) waitsFor(number string) bool {
	found := verify.Find(m.shell, number)
	return found.Code == number && len(found.For) > 0
}

// pasted enters the code or the word in the text of a message, where it is waited for. isMessage is false where there is
// none in it.
func (m *Mode) pasted(ctx context.Context, text string) (isMessage bool, err error) {
	found := verify.Find(m.shell, text)
	if found.Code == "" && found.Word == "" {
		return false, nil
	}
	names := make([]string, len(found.For))
	for i, n := range found.For {
		if names[i] = "New username"; n > 0 {
			names[i] = fmt.Sprintf("Channel %d", n)
		}
	}
	at, isMeant := 0, true
	switch {
	case found.IsOneOf:
		m.say(severalCodes)
		return true, nil
	case len(names) == 0 && !found.IsAboutCode:
		return false, nil
	case len(names) == 0:
		m.say("Nothing waits for it.")
		return true, nil
	case m.shell.WhyReadOnly() != "":
		m.say(m.shell.WhyReadOnly())
		return true, nil
	case len(names) > 1:
		var isBack bool
		at, isBack, err = m.choose(ctx, "Whose is it?", names...)
		isMeant = !isBack
	case !found.IsAboutCode:
		isMeant, err = m.confirms(ctx, fmt.Sprintf("Enter %s for: %s?", spelled(found.Code), names[0]))
	}
	if !isMeant || err != nil {
		return true, err
	}
	err = m.persist(ctx, func(ctx context.Context) error { return m.enter(ctx, found, found.For[at]) })
	if err != nil && ctx.Err() == nil && !errors.Is(err, errLeft) {
		m.say(names[at] + ".") // which the refusal does not name
	}
	return true, err
}

// enter enters what was found in a message for a channel, or for the username, which is 0.
func (m *Mode) enter(ctx context.Context, found verify.Found, number int) error {
	id := strconv.Itoa(number)
	switch {
	case found.Word != "":
		return m.run(ctx, []string{"channel", "confirm", m.seen(id)}, id, found.Word)
	case number == 0:
		return m.confirmWith(ctx, found.Code)
	}
	return m.verifyWith(ctx, id, found.Code)
}

// sayUnknown says that an answer means nothing here, or where it means something.
func (m *Mode) sayUnknown(text string) {
	isKnown := false
	for _, e := range m.entries() {
		if strings.HasPrefix(m.name(e), strings.ToLower(text)+" ") {
			m.say("Here there is " + m.line(e))
			isKnown = true
		}
	}
	e, scopes := m.doneIn(text)
	switch {
	case len(scopes) == 1:
		m.say(fmt.Sprintf("%s is done in %s: type %s first.", m.name(e), scopes[0], strings.ToLower(string(scopes[0]))))
	case len(scopes) > 1:
		m.say(fmt.Sprintf("%s is done in %s: type one of these first.", m.name(e), andScopes(scopes)))
	case !isKnown:
		m.say(fmt.Sprintf("%q is not known here. help lists what can be done.", m.short(text)))
	}
}

// doneIn is what an answer means on other screens, and which these are.
func (m *Mode) doneIn(text string) (is entry, scopes []keymap.Scope) {
	here, longest := m.place, 0
	defer func() { m.place = here }()
	for _, p := range m.places {
		m.place = p
		e, name, _, isFound := m.meantByWord(text)
		switch {
		case !isFound || p == here || len(name) < longest:
		case len(name) > longest: // "delete account" is not "delete"
			is, scopes, longest = e, []keymap.Scope{p.scope}, len(name)
		default:
			is, scopes = e, append(scopes, p.scope)
		}
	}
	return is, scopes
}

func andScopes(scopes []keymap.Scope) string {
	words := make([]string, len(scopes))
	for i, scope := range scopes {
		words[i] = string(scope)
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
