package linear

import (
	"context"
	"errors"
	"maps"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// field is one of several values that are asked for together.
type field struct {
	name, question string
	check          func(string) error // says in a sentence what is wrong with a value
	isSecret       bool               // what is typed is not shown
}

// fields asks for values, one after the other, and makes something of them. Those that are refused are asked for again,
// and the others stay. isDone is false where the person went back; what was typed is kept in values then, and can be
// taken by an empty answer the next time.
func (m *Mode) fields(ctx context.Context, list []field, values map[string]string, do func(map[string]string) error) (isDone bool, err error) {
	kept := maps.Clone(values)
	clear(values)
	for {
		for _, f := range list {
			for values[f.name] == "" {
				answer, isBack, err := m.askField(ctx, f, kept[f.name])
				if isBack || err != nil {
					if keepTyped(list, values, kept); len(values) > 0 && err == nil {
						m.say("What was typed is kept until you leave.")
					}
					return false, err
				}
				if err := f.check(answer); err != nil {
					m.say(err.Error())
					continue
				}
				values[f.name] = answer
			}
		}
		clear(kept)
		err := do(values)
		var refusal *backend.Error
		if err == nil || ctx.Err() != nil || !errors.As(err, &refusal) || len(refusal.Fields) == 0 {
			if delete(values, list[len(list)-1].name); err == nil { // the last one is a way back the next time
				clear(values)
			}
			return err == nil, err
		}
		m.tell(err)
		for _, f := range list {
			if _, isRefused := refusal.Fields[f.name]; isRefused || f.isSecret { // a secret is for one place alone
				delete(values, f.name)
			}
		}
	}
}

// keepTyped adds to values what was typed before them, without secrets.
func keepTyped(list []field, values, before map[string]string) {
	for _, f := range list {
		if values[f.name] == "" {
			values[f.name] = before[f.name]
		}
		if f.isSecret || values[f.name] == "" {
			delete(values, f.name)
		}
	}
}

func notBlank(value string) error {
	if strings.TrimSpace(value) == "" {
		return errors.New("Type a value.")
	}
	return nil
}

// askField asks for a value. kept is what was typed before, which an empty answer takes; "" for nothing.
func (m *Mode) askField(ctx context.Context, f field, kept string) (string, back, error) {
	q := question{text: f.question, isSecret: f.isSecret}
	if f.isSecret {
		q.text += "; it is not shown"
	}
	if kept == "" {
		return m.askFor(ctx, q)
	}
	q.text += "; empty for " + safe.Text(kept) + ", back goes back:"
	answer, isBack, err := m.askText(ctx, q)
	if strings.TrimSpace(answer) == "" && !isBack {
		answer = kept
	}
	return answer, isBack, err
}
