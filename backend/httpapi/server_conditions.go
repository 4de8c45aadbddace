package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// isRead reports whether a method changes nothing.
func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// tagsOf splits the lists of If-Match and If-None-Match (RFC 9110, 13.1).
// None of our tags has a comma in it.
func tagsOf(values []string) []string {
	var tags []string
	for _, value := range values {
		for tag := range strings.SplitSeq(value, ",") {
			if tag = strings.TrimSpace(tag); tag != "" {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

// matchesAny is the weak comparison of If-None-Match (RFC 9110, 13.1.2).
func matchesAny(values []string, tag string) bool {
	for _, t := range tagsOf(values) {
		if t == "*" || strings.TrimPrefix(t, "W/") == tag {
			return true
		}
	}
	return false
}

// revisionOf is the revision in a strong tag of ours, or backend.NoRevision. If-Match
// never matches a weak tag (RFC 9110, 13.1.1).
func revisionOf(tag string) int64 {
	inner, isQuoted := strings.CutPrefix(tag, `"`)
	inner, isClosed := strings.CutSuffix(inner, `"`)
	digits, _, _ := strings.Cut(inner, "-")
	revision, err := strconv.ParseInt(digits, 10, 64)
	if !isQuoted || !isClosed || err != nil || revision < 1 {
		return backend.NoRevision
	}
	return revision
}

// ifRevision is the revision that a command's If-Match asks for, 0 for none. Of
// several tags it is the one of the current revision, since a backend.Command
// has room for one.
func ifRevision(ctx context.Context, header http.Header, view backend.Backend) (int64, error) {
	tags := tagsOf(header.Values("If-Match"))
	switch {
	case len(tags) == 0 && len(header.Values("If-Match")) == 0:
		return 0, nil
	case len(tags) == 1 && tags[0] == "*":
		return 0, nil
	case len(tags) == 1:
		return revisionOf(tags[0]), nil
	}
	now, err := view.Revision(ctx)
	if err != nil {
		return 0, err
	}
	for _, tag := range tags {
		if revisionOf(tag) == now {
			return now, nil
		}
	}
	return backend.NoRevision, nil
}
