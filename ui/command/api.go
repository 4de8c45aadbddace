package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

// Request is a request of the API, as an account.
type Request struct {
	Method string
	Path   string              // with its query; it begins with a slash
	Header map[string][]string // beside the usual ones, or in their place
	Body   []byte              // nil for none
}

// Answer is the answer to it, of any status.
type Answer struct {
	Status int
	Header map[string][]string // by names as net/http has them
	Body   []byte
}

// apiRequest is what the flags of "pinghome api" say.
type apiRequest struct {
	method       string // in capital letters
	path         string // as it was typed
	fields       apiFields
	headers      []string // NAME: VALUE
	file         string   // the body; "" for none
	isIncluding  bool     // --include
	isPaginating bool     // --paginate
}

// methods are those that the API has.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}

func apiCall() spec {
	var r apiRequest
	return spec{use: "api [METHOD] PATH", short: "send a request to the API, on a database as well, and print the answer", args: between(2, "PATH"), isChange: true, isRequest: true,
		words: methods,
		example: "pinghome api /v1/customer\npinghome api GET /v1/customer/{customer_id}/journal -f limit=100 --paginate\n" +
			"pinghome api PATCH /v1/customer -f name=Augusta\npinghome api PUT /v1/customer/{customer_id}/notification-channels/enabled -F priorities[]=3 -F enabled=false",
		flags: func(f *pflag.FlagSet) {
			f.StringVarP(&r.method, "method", "X", "", "`METHOD` the same as METHOD before PATH (else GET, where there are no fields and no body)")
			r.fields.bind(f)
			f.StringVar(&r.file, "input", "", "`FILE` the body (- for standard input)")
			f.StringArrayVarP(&r.headers, "header", "H", nil, "`NAME:VALUE` a header of the request, such as Idempotency-Key; may be given several times")
			f.BoolVarP(&r.isIncluding, "include", "i", false, "print status and headers of the answer, too")
			f.BoolVar(&r.isPaginating, "paginate", false, "print the next pages of a list, too, a document each")
		},
		check: r.check, mayBeAll: r.namesNoAccount, run: r.run}
}

// check reads method and path, and refuses what is wrong in the flags.
func (r *apiRequest) check(c *cobra.Command) error {
	f := c.Flags()
	switch {
	case f.Changed("input") && strings.TrimSpace(r.file) == "":
		return exit.Usage("--input is empty; name a file, or - for standard input.")
	case f.Changed("input") && r.fields.isGiven():
		return exit.Usage("Give the body by --input, or its members by --field and --raw-field.")
	}
	if err := r.readTarget(f.Args(), f.Changed("method"), f.Changed("input") || r.fields.isGiven()); err != nil {
		return err
	}
	if r.isPaginating && r.method != "GET" {
		return exit.Usage("--paginate is for GET: nothing else has pages.")
	}
	_, err := pathOf(r.path, "id")
	if err == nil {
		_, err = r.header()
	}
	return err
}

// namesNoAccount reports whether a request is about all accounts, or about none.
func (r *apiRequest) namesNoAccount() bool {
	route, _, _ := strings.Cut(r.path, "?")
	parts := strings.Split(route, "/")
	return slices.Contains(parts, "customers") || slices.Contains(parts, "openapi.json")
}

// readTarget reads method and path. Without a method it is GET, unless something is to be sent along: gh would make
// that a POST, and it is a query as often.
func (r *apiRequest) readTarget(args []string, isMethodNamed, hasMore bool) error {
	r.path = args[len(args)-1]
	r.method = strings.ToUpper(r.method)
	switch {
	case strings.TrimSpace(r.path) == "":
		return exit.Usage("PATH is empty; it is a path on the server, such as /v1/customer.")
	case len(args) == 2 && isMethodNamed:
		return exit.Usage("The method is given twice; leave out either METHOD or --method.")
	case len(args) == 2:
		r.method = strings.ToUpper(args[0])
	case isMethodNamed:
	case slices.Contains(methods, strings.ToUpper(r.path)):
		return exit.Usage("PATH is missing, such as %s /v1/customer.", strings.ToUpper(r.path))
	case hasMore:
		return exit.Usage("Say the method, such as \"pinghome api POST %s\": GET has fields in its query, and the others have them in the body.", r.path)
	default:
		r.method = "GET"
	}
	if len(args) == 2 && strings.Contains(args[0], "/") {
		return exit.Usage("%q comes behind the path; PATH is one argument, with its query, and the last one.", r.path)
	}
	if !slices.Contains(methods, r.method) {
		return exit.Usage("There is no method %q; use %s.", r.method, strings.Join(methods, ", "))
	}
	return nil
}

func (r *apiRequest) run(ctx context.Context, v *visit) error {
	request := Request{Method: r.method}
	isRead := request.Method == "GET" || request.Method == "HEAD"
	if !isRead && v.WhyReadOnly != "" {
		return &backend.Error{Code: backend.CodeReadOnly, Message: v.WhyReadOnly}
	}
	var err error
	if request.Header, err = r.header(); err == nil {
		request.Path, err = pathOf(r.path, v.Account.ID)
	}
	if err == nil {
		err = r.fill(ctx, v, &request, isRead)
	}
	if err != nil {
		return err
	}
	v.isSending = !isRead
	return r.send(ctx, v, request)
}

// pathOf is a path with the id of the account in it.
func pathOf(text, account string) (string, error) {
	if whole, err := url.Parse(text); err == nil && whole.Host != "" {
		return "", exit.Usage("PATH is a path on the server, such as /v1/customer, and not a whole URL; --server or --context names the server.")
	}
	path := "/" + strings.TrimPrefix(strings.ReplaceAll(text, "{customer_id}", url.PathEscape(account)), "/")
	route, _, _ := strings.Cut(path, "?")
	if strings.ContainsAny(route, "{}") {
		return "", exit.Usage("{customer_id} is the account, and the only name in braces that PATH may have; this is %q.", text)
	}
	if _, err := url.ParseRequestURI(path); err != nil || strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == '#' || r == 0x7f }) {
		return "", exit.Usage("PATH is a path on the server, such as /v1/customer, and not %q.", text)
	}
	return path, nil
}

// header are the headers of --header. A token is no argument.
func (r *apiRequest) header() (map[string][]string, error) {
	header := map[string][]string{}
	for _, text := range r.headers {
		name, value, isWhole := strings.Cut(text, ":")
		name = strings.TrimSpace(name)
		switch {
		case !isWhole || !headerName.MatchString(name) || strings.ContainsAny(value, "\r\n\x00"):
			return nil, exit.Usage("A header is NAME:VALUE, and not %q.", text)
		case strings.EqualFold(name, "Authorization"):
			return nil, exit.Usage("The token is not taken from an argument, which others can read; name its file with --token-file.")
		}
		header[name] = append(header[name], strings.TrimSpace(value))
	}
	return header, nil
}

var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// fill gives a request its body, or the query of one that reads.
func (r *apiRequest) fill(ctx context.Context, v *visit, request *Request, isRead bool) (err error) {
	members, err := r.fields.members(ctx, v)
	switch {
	case err != nil:
	case r.file != "":
		request.Body, err = v.bytes(ctx, r.file)
	case members == nil:
	case isRead:
		request.Path, err = withQuery(request.Path, members)
	default:
		request.Body, err = objectOf(members)
	}
	return err
}

// send sends a request, and those for the next pages, and prints the answers.
func (r *apiRequest) send(ctx context.Context, v *visit, request Request) error {
	for {
		answer, err := v.Call(ctx, request)
		if err != nil {
			return err
		}
		err = v.showAnswer(answer, r.isIncluding, v.isSending)
		if v.isSending && answer.Status < 300 {
			err = afterChange(err)
		}
		if err != nil || !r.isPaginating {
			return err
		}
		next, err := nextPage(request.Path, answer.Header)
		if err != nil || next == "" {
			return err
		}
		request.Path = next
	}
}

// nextLink matches the address of the next page in a header (RFC 8288).
var nextLink = regexp.MustCompile(`<([^>]*)>\s*;\s*rel="?next\b`)

// nextPage is the path of the next page of a list, "" for none.
func nextPage(path string, header map[string][]string) (string, error) {
	found := nextLink.FindStringSubmatch(strings.Join(header["Link"], ", "))
	if found == nil {
		return "", nil
	}
	here, err := url.Parse(path)
	if err != nil {
		return "", exit.Failed("The next page cannot be read: %v.", err)
	}
	next, err := here.Parse(found[1])
	if err == nil && strings.HasSuffix(next.Path, here.Path) { // of a server whose own address has a path
		next.Path, next.RawPath = here.Path, here.RawPath
	}
	if err != nil || next.Host != "" || next.RequestURI() == path {
		return "", exit.Failed("The next page has an address that is not followed: %s.", found[1])
	}
	return next.RequestURI(), nil
}

// showAnswer prints an answer. A refusal is an error, too.
func (v *visit) showAnswer(answer Answer, isIncluding, isChange bool) error {
	text := ""
	if isIncluding {
		text = headText(answer)
	}
	if len(answer.Body) > 0 {
		text += v.bodyText(answer.Body) + "\n"
	}
	if _, err := io.WriteString(v.Out, text); err != nil {
		return outputError(err)
	}
	if answer.Status < 300 {
		return nil
	}
	var problem struct {
		Code   backend.Code `json:"code"`
		Detail string       `json:"detail"`
		Errors map[string][]string
	}
	_ = json.Unmarshal(answer.Body, &problem) // a server of others has none
	if problem.Detail == "" {
		problem.Detail = fmt.Sprintf("The server answered with status %d.", answer.Status)
	}
	for _, field := range slices.Sorted(maps.Keys(problem.Errors)) {
		problem.Detail += " " + field + ": " + strings.Join(problem.Errors[field], " ")
	}
	return exit.OfStatus(answer.Status, problem.Code, isChange, problem.Detail)
}

// headText is status and headers of an answer, with an empty line behind them.
func headText(answer Answer) string {
	lines := []string{fmt.Sprintf("HTTP/1.1 %d", answer.Status)}
	for _, name := range slices.Sorted(maps.Keys(answer.Header)) {
		for _, value := range answer.Header[name] {
			lines = append(lines, safe.Text(name+": "+value))
		}
	}
	return strings.Join(lines, "\n") + "\n\n"
}

// bodyText is the body of an answer: on a terminal indented, and safe for it.
func (v *visit) bodyText(body []byte) string {
	text := string(body)
	var indented bytes.Buffer
	if v.isTerminal() && json.Indent(&indented, bytes.TrimSpace(body), "", "  ") == nil {
		text = indented.String()
	}
	if json.Valid(body) {
		text = safe.JSON(text)
	} else if v.isTerminal() {
		text = strings.Join(safe.Lines(text), "\n")
	}
	return strings.TrimRight(text, "\n")
}
