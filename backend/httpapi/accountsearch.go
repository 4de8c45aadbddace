package httpapi

import (
	"context"
	"errors"
	"strconv"

	"github.com/account-settings/pinghome/backend"
)

// wireSearchPage tells of what a page of a search is a part.
type wireSearchPage struct {
	Total     int  `json:"total"`
	All       int  `json:"all"`
	IsReading bool `json:"is_reading"`
}

// The parameters of a search.
const (
	paramText   = "text"
	paramOffset = "offset"
	paramFirst  = "first"
)

func (c *call) searchAccounts(ctx context.Context) (reply, error) {
	limit, err := limitIn(c.query)
	c.Add("limit", err)
	s := backend.AccountSearch{Text: c.query.Get(paramText), First: listIn(c.query, paramFirst), Limit: limit}
	if text := c.query.Get(paramOffset); text != "" {
		if s.Offset, err = strconv.Atoi(text); err != nil || s.Offset < 0 || strconv.Itoa(s.Offset) != text {
			c.Add(paramOffset, errors.New("Send how many stand before the page, a whole number from 0."))
		}
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	found, err := c.Accounts.Search(ctx, s)
	if err != nil {
		return reply{}, err
	}
	next := ""
	if end := s.Offset + len(found.Accounts); len(found.Accounts) > 0 && end < found.Total {
		next = c.nextPage(paramOffset, strconv.Itoa(end))
	}
	return reply{message: "These customers were found, the best first.", data: listToWire(found.Accounts, accountToWire),
		page: &wireSearchPage{found.Total, found.All, found.IsReading}, next: next}, nil
}
