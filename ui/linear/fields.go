package linear

import (
	"context"
	"errors"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// field is one of several values that are asked for together.
type field struct {
	name, question string
	check          func(string) error // says in a sentence what is wrong with a value
	isSecret       bool               // what is typed is not shown
}

// fields asks for values, one after the other, and makes something of them. Those that are refused are asked for again,
// and the others stay. isDone is false where the person went back.
func (m *Mode) fields(ctx context.Context, list []field, do func(map[string]string) error) (isDone bool, err error) {
	values := map[string]string{}
	for {
		for _, f := range list {
			for values[f.name] == "" {
				answer, isBack, err := m.askField(ctx, f)
				if isBack || err != nil {
					return false, err
				}
				if err := f.check(answer); err != nil {
					m.say(err.Error())
					continue
				}
				values[f.name] = answer
			}
		}
		err := do(values)
		var refusal *backend.Error
		if err == nil || ctx.Err() != nil || !errors.As(err, &refusal) || len(refusal.Fields) == 0 {
			return err == nil, err
		}
		m.tell(err)
		for name := range refusal.Fields {
			delete(values, name)
		}
	}
}

func notBlank(value string) error {
	if strings.TrimSpace(value) == "" {
		return errors.New("Type a value.")
	}
	return nil
}

func (m *Mode) askField(ctx context.Context, f field) (string, back, error) {
	if !f.isSecret {
		return m.askFor(ctx, f.question)
	}
	answer, err := m.askSecret(ctx, f.question+"; it is not shown; empty for back:")
	if err == nil && strings.TrimSpace(answer) == "" {
		m.say(nothingDone)
		return "", true, nil
	}
	return answer, err != nil, err
}
