package command

import (
	"context"
	"math"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// eachPage reads the messages of an account, newest first, so many at once, until do has enough of them or there are no
// more. Errors: unsupported behind the newest, where the server gives no older ones.
func eachPage(ctx context.Context, view backend.Backend, size int, do func(page []backend.Message) (isEnough bool)) error {
	list, err := view.Messages(ctx, size)
	for read := 0; ; {
		if err != nil {
			return err
		}
		page := list.Messages
		read += len(page)
		if do(page) || len(page) == 0 || len(page) < size && read >= list.Total {
			return nil
		}
		list, err = view.OlderMessages(ctx, page[len(page)-1].ID, size)
	}
}

// everyMessage is the chosen messages of an account, newest first. Where the server gives the newest alone, it says so.
func (v *visit) everyMessage(ctx context.Context, view backend.Backend, chosen chosenMessages) (all []backend.Message, err error) {
	read := 0
	err = eachPage(ctx, view, chosen.pageSize(), func(page []backend.Message) bool {
		read += len(page)
		all = append(all, chosen.of(page)...)
		return chosen.limit > 0 && len(all) >= chosen.limit
	})
	if read > 0 && backend.ErrorCode(err) == backend.CodeUnsupported {
		err = v.tellOlder("messages", read, err.Error())
	}
	return chosen.cut(all), err
}

// allMessages are the chosen ones of the account, or of all accounts where none is open, newest first.
func (v *visit) allMessages(ctx context.Context, chosen chosenMessages) (all []backend.Message, err error) {
	if v.View != nil {
		return v.everyMessage(ctx, v.View, chosen)
	}
	accounts, err := v.Accounts.List(ctx, "", math.MaxInt32) // of a database, which has no pages of them
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		view, _, err := v.Accounts.Open(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		list, err := v.everyMessage(ctx, view, chosen)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.SortStableFunc(all, func(a, b backend.Message) int { return b.At.Compare(a.At) })
	return chosen.cut(all), nil
}

// messagesWith reads the messages with these ids, in their order, also old ones. Errors: not_found.
func messagesWith(ctx context.Context, view backend.Backend, ids ...string) ([]backend.Message, error) {
	found := make([]backend.Message, len(ids))
	left := len(ids)
	err := eachPage(ctx, view, mostRows, func(page []backend.Message) bool {
		for _, m := range page {
			for i, id := range ids {
				if id == m.ID && found[i].ID == "" {
					found[i] = m
					left--
				}
			}
		}
		return left == 0
	})
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(found, func(m backend.Message) bool { return m.ID == "" }); i >= 0 {
		return nil, backend.Errorf(backend.CodeNotFound, "There is no message %q; \"pinghome messages list\" has their ids.", ids[i])
	}
	return found, nil
}

// eachOnce refuses a message that is named twice.
func eachOnce(ids []string) error {
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return exit.Usage("Message %s is named twice; name each once.", id)
		}
	}
	return nil
}

// awaited is a message that is waited for.
type awaited struct {
	is func(backend.Message) bool
	// isOld is whether it may be behind the newest ones, and behind is the id of the one before it then, "" while
	// that is not known.
	isOld  bool
	behind string
}

// newest is for the newest message of a kind to an address.
func newest(kind backend.MessageKind, by backend.ChannelType, to string) *awaited {
	return &awaited{is: func(m backend.Message) bool { return m.Kind == kind && m.Type == by && m.To == to }}
}

// withID is for the message with an id.
func withID(id string) *awaited {
	return &awaited{is: func(m backend.Message) bool { return m.ID == id }, isOld: true}
}

// read reads the message as it is now. Errors: not_found, unknown_outcome where it is too old for the server.
func (a *awaited) read(ctx context.Context, view backend.Backend) (backend.Message, error) {
	var list backend.MessageList
	var err error
	if a.behind == "" {
		list, err = view.Messages(ctx, lookBack)
	} else {
		list, err = view.OlderMessages(ctx, a.behind, 1)
	}
	if err != nil {
		return backend.Message{}, err
	}
	if i := slices.IndexFunc(list.Messages, a.is); i >= 0 {
		return list.Messages[i], nil
	}
	found, isFound := backend.Message{}, false
	if a.isOld && len(list.Messages) > 0 {
		err = eachPage(ctx, view, mostRows, func(page []backend.Message) bool {
			i := slices.IndexFunc(page, a.is)
			if isFound = i >= 0; isFound {
				found, page = page[i], page[:i]
			}
			if len(page) > 0 {
				a.behind = page[len(page)-1].ID
			}
			return isFound
		})
	}
	switch {
	case backend.ErrorCode(err) == backend.CodeUnsupported:
		return found, backend.Errorf(backend.CodeUnknownOutcome, "It was done. What becomes of the message cannot be read: %v", err)
	case err == nil && !isFound:
		err = backend.Errorf(backend.CodeNotFound, "The message is not there any more.")
	}
	return found, err
}
