package httpapi

import (
	"net/http"
	"strings"
)

// headerTrace is that of W3C Trace Context, which says to which trace a request belongs.
const headerTrace = "Traceparent"

// traceparent is the header of a request, as it is passed on; "" where it is not well-formed,
// and then it is as if it were not there. One of a later version is taken for what this version
// knows of it, as the recommendation asks (Trace Context, 4.3).
func traceparent(h http.Header) string {
	const (
		length                 = len("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		traceAt, parentAt      = 3, 36
		flagsAt                = 53
		noTrace, noParent, bad = "00000000000000000000000000000000", "0000000000000000", "ff"
	)
	values := h.Values(headerTrace)
	if len(values) != 1 || len(values[0]) < length {
		return ""
	}
	text, rest := values[0][:length], values[0][length:]
	version, trace, parent, flags := text[:traceAt-1], text[traceAt:parentAt-1], text[parentAt:flagsAt-1], text[flagsAt:]
	isSplit := text[traceAt-1] == '-' && text[parentAt-1] == '-' && text[flagsAt-1] == '-'
	switch {
	case !isSplit || !isHex(version+trace+parent+flags) || version == bad || trace == noTrace || parent == noParent:
		return ""
	case version == "00" && rest == "":
		return text
	case version == "00" || rest != "" && rest[0] != '-':
		return ""
	}
	sampled := "00"
	if strings.ContainsRune("13579bdf", rune(flags[1])) {
		sampled = "01"
	}
	return "00-" + trace + "-" + parent + "-" + sampled
}

// traceOf is the id of the trace in a traceparent, "" for none.
func traceOf(traceparent string) string {
	_, rest, _ := strings.Cut(traceparent, "-")
	trace, _, _ := strings.Cut(rest, "-")
	return trace
}

func isHex(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'f') })
}
