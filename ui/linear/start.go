package linear

import (
	"context"
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// first opens the account that linear mode begins with. Where there is none, or its server does not answer, it asks.
func (m *Mode) first(ctx context.Context) (ui.Opened, error) {
	switch o := m.options.Console; {
	case o.Setup != nil:
		return m.firstRun(ctx, *o.Setup)
	case o.Away != nil:
		return m.awaitServer(ctx, *o.Away)
	default:
		return o.Start, nil
	}
}

// awaitServer tries a server until it answers, each time that the person asks for it.
func (m *Mode) awaitServer(ctx context.Context, s ui.Away) (ui.Opened, error) {
	err := s.Err
	if err == nil {
		m.say("Waiting for " + safe.Text(s.Server) + ".")
	}
	for {
		if err == nil {
			opened, failed := s.Open(ctx)
			if failed == nil || ctx.Err() != nil {
				return opened, failed
			}
			err = failed
		}
		m.say("No answer from " + safe.Text(s.Server) + ". " + shell.Sentence(err))
		isAgain := false
		answer, isBack, failed := m.put(ctx, question{text: "What to do? again tries again, account opens another context, quit ends:", isSilent: true,
			help: []string{"again, or an empty line, tries to reach the server. account lists the other places of accounts that the configuration names."},
			also: map[string]func(context.Context) (back, error){"again": func(context.Context) (back, error) { isAgain = true; return true, nil }}})
		switch word := strings.ToLower(strings.TrimSpace(answer)); {
		case failed != nil:
			return ui.Opened{}, failed
		case isAgain || !isBack && (word == "" || word == "r"):
			err = nil
		case isBack:
			m.say("This is the start; quit ends.")
		case word == "account" || word == "o":
			opened, isBack, failed := m.chooseContext(ctx)
			if !isBack || failed != nil {
				return opened, failed
			}
		default:
			m.say("This is none of them.")
		}
	}
}

// chooseContext opens one of the contexts while no account is open.
func (m *Mode) chooseContext(ctx context.Context) (opened ui.Opened, isBack bool, err error) {
	contexts := m.options.Console.Contexts
	if len(contexts) == 0 {
		m.say("There is no other context.")
		return opened, true, nil
	}
	choices := make([]string, len(contexts))
	for i, c := range contexts {
		choices[i] = "Context " + safe.Text(c.Name) + ", " + safe.Text(c.Place)
	}
	at, isBack, err := m.choose(ctx, "Which one is to be opened?", choices...)
	if isBack || err != nil {
		return opened, true, err
	}
	if opened, err = contexts[at].Open(ctx); err != nil && ctx.Err() == nil {
		m.tell(err)
		return opened, true, nil
	}
	m.context = contexts[at].Name
	return opened, false, err
}

// firstRun asks where the accounts shall be, and makes the first one. Nothing is made before that is answered.
func (m *Mode) firstRun(ctx context.Context, s ui.Setup) (opened ui.Opened, err error) {
	m.shell.Show(ui.Opened{})
	if s.Exists {
		m.say("There is no account yet in " + s.Path + ".")
	} else {
		m.say("Welcome to pinghome. There are no accounts yet. They would be kept in " + s.Path + ".")
	}
	choices, ways := []string{"Your own account, empty"}, []func(context.Context, ui.Setup) (ui.Opened, bool, error){m.makeEmpty}
	if !s.Exists {
		choices = append(choices, "Demo accounts, made up, to try it")
		ways = append(ways, m.makeDemo)
		if s.Server != nil {
			choices = append(choices, "A server that has your account")
			ways = append(ways, m.addServer)
		}
	}
	m.sayChoices(choices)
	for {
		answer, isBack, err := m.put(ctx, question{text: "Which one? Number or word; quit ends:", help: choiceLines(choices), isSilent: true})
		switch {
		case err != nil:
			return opened, err
		case isBack:
			m.say("This is the start; quit ends.")
			continue
		case isRefusal(answer):
			m.sayChoices(choices)
			continue
		}
		at, isOne := m.chosen(answer, choices)
		if !isOne {
			continue
		}
		opened, isMade, err := ways[at](ctx, s)
		if isMade || ctx.Err() != nil || err != nil && m.settle(ctx, err) != nil {
			return opened, err
		}
	}
}

func (m *Mode) makeDemo(ctx context.Context, s ui.Setup) (ui.Opened, bool, error) {
	opened, err := s.Demo(ctx)
	return opened, err == nil, err
}

// makeEmpty asks for the person. What is refused is asked for again, and the rest stays.
func (m *Mode) makeEmpty(ctx context.Context, s ui.Setup) (opened ui.Opened, isMade bool, err error) {
	values, err := m.fields(ctx, []field{
		{name: "name", question: "Your first name", check: form.Fault(backend.CleanName)},
		{name: "surname", question: "Your surname", check: form.Fault(backend.CleanName)},
		{name: "email", question: "Your email address, which is the username", check: form.Fault(backend.CleanEmail)},
	}, m.begun, func(v map[string]string) error {
		opened, err = s.Empty(ctx, backend.NewAccount{Name: v["name"], Surname: v["surname"], Email: v["email"]})
		return err
	})
	if isMade = values && err == nil; isMade {
		m.say("Your account was made.")
	}
	return opened, isMade, err
}

// whyNoServer says what is wrong with the address of a server, before its token is typed.
func whyNoServer(address string) error {
	if _, err := backend.ServiceURL(address, "token", "the token is asked for next"); err != nil {
		return fmt.Errorf("The address %w", err)
	}
	return nil
}

// addServer asks for a server.
func (m *Mode) addServer(ctx context.Context, s ui.Setup) (opened ui.Opened, isMade bool, err error) {
	said := ""
	values, err := m.fields(ctx, []field{
		{name: "address", question: "Address of the server, such as https://accounts.example.org", check: whyNoServer},
		{name: "token", question: "Token, made by \"pinghome token create\" on the server", check: notBlank, isSecret: true},
	}, m.begun, func(v map[string]string) error {
		opened, said, err = s.Server(ctx, ui.NewServer{Address: v["address"], Token: backend.Credential(v["token"])})
		return err
	})
	if values && err == nil && said != "" {
		m.say(said)
	}
	return opened, values && err == nil, err
}
