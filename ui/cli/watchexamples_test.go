//go:build unix

package cli

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// examples are the expressions of the alert rules and of the dashboard, by what they are for.
func examples(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	readExample(t, "pinghome.rules.yml", func(text []byte) error { return yaml.Unmarshal(text, &rules) })
	for _, rule := range rules.Groups[0].Rules {
		found["alert "+rule.Alert] = rule.Expr
		if rule.Annotations["summary"] == "" || !slices.Contains([]string{"critical", "warning", "info"}, rule.Labels["severity"]) {
			t.Errorf("%s has no summary, or no severity", rule.Alert)
		}
	}
	var board struct {
		Panels []struct {
			Title, Description string
			Targets            []struct{ Expr string }
		}
	}
	readExample(t, "grafana.json", func(text []byte) error { return json.Unmarshal(text, &board) })
	for _, panel := range board.Panels {
		for _, target := range panel.Targets {
			found["panel "+panel.Title+": "+target.Expr] = target.Expr
		}
		if panel.Description == "" {
			t.Errorf("the panel %s is not described", panel.Title)
		}
	}
	return found
}

func readExample(t *testing.T, name string, read func([]byte) error) {
	t.Helper()
	text, err := os.ReadFile("../../.release/watch/" + name)
	if err == nil {
		err = read(text)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// series are the labels of each metric of a scrape, with the values that each label has.
type series map[string]map[string][]string

var (
	sample    = regexp.MustCompile(`(?m)^([a-z_]+)(?:\{(.*)\})? \S+$`)
	labelPair = regexp.MustCompile(`([a-z]+)="([^"]*)"`)
)

func seriesOf(scraped string) series {
	all := series{"up": {}} // which Prometheus writes itself
	for _, m := range sample.FindAllStringSubmatch(scraped, -1) {
		if all[m[1]] == nil {
			all[m[1]] = map[string][]string{}
		}
		for _, pair := range labelPair.FindAllStringSubmatch(m[2], -1) {
			all[m[1]][pair[1]] = append(all[m[1]][pair[1]], pair[2])
		}
	}
	return all
}

// ofPrometheus are the labels that Prometheus adds to every series.
var ofPrometheus = []string{"job", "instance"}

// anyValue are labels whose values come with the requests.
var anyValue = []string{"operation", "code"}

// TestTheExamplesNameWhatThereIs: every metric and label in the alert rules and on the dashboard is one of a
// server that runs, and what it counts is on the dashboard.
func TestTheExamplesNameWhatThereIs(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	address, metricsAt, _ := h.serveMetered("--metrics", "127.0.0.1:0")
	send(t, "GET", address+"/v1/customer", token, "")
	there := seriesOf(scrape(t, metricsAt))
	var used strings.Builder
	for what, text := range examples(t) {
		e, err := parseExpression(text)
		if err != nil || len(e.selectors) == 0 {
			t.Errorf("%s cannot be read: %v", what, err)
			continue
		}
		known := slices.Clone(ofPrometheus)
		for _, s := range e.selectors {
			used.WriteString(s.metric + " ")
			known = slices.AppendSeq(known, maps.Keys(there[s.metric]))
			s.check(t, what, there)
		}
		for _, label := range e.groupedBy {
			if !slices.Contains(known, label) {
				t.Errorf("%s groups by %s, which no metric of it has", what, label)
			}
		}
	}
	for name := range there {
		base := strings.NewReplacer("_bucket", "", "_sum", "", "_count", "").Replace(name)
		if strings.HasPrefix(name, "pinghome_") && !strings.Contains(used.String(), base) {
			t.Errorf("%s is on no panel, and in no alert", name)
		}
	}
}

// check looks whether there are such series.
func (s selector) check(t *testing.T, what string, there series) {
	t.Helper()
	labels, isThere := there[s.metric]
	if !isThere {
		t.Errorf("%s: there is no metric %s", what, s.metric)
		return
	}
	for _, m := range s.matchers {
		values, hasLabel := labels[m.label]
		switch {
		case slices.Contains(ofPrometheus, m.label):
		case !hasLabel:
			t.Errorf("%s: %s has no label %s", what, s.metric, m.label)
		case slices.Contains(anyValue, m.label):
		case !slices.ContainsFunc(values, regexp.MustCompile("^(?:"+m.value+")$").MatchString):
			t.Errorf("%s: no %s of %s is %s", what, m.label, s.metric, m.value)
		}
	}
}

// TestAlertsAreQuietAboutACustomersReceiver: a webhook that is away for a day is no outage, and wakes no operator.
func TestAlertsAreQuietAboutACustomersReceiver(t *testing.T) {
	all := examples(t)
	for alert, wanted := range map[string]matcher{
		"PinghomeMessagesWait": {"type", "=~", "email|sms"}, "PinghomeMessagesFail": {"type", "=~", "email|sms"},
		"PinghomeErrors": {"operation", "!~", "getReady|testChannel"},
	} {
		e, err := parseExpression(all["alert "+alert])
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range e.selectors {
			if !slices.Contains(s.matchers, wanted) {
				t.Errorf("%s looks at all %s", alert, s.metric)
			}
		}
	}
	if !strings.Contains(all["alert PinghomeDeliveryFails"], "[15m])) >= 10") {
		t.Error("a share of a few attempts is an alert")
	}
}

func TestExpressionsThatAreWrong(t *testing.T) {
	for _, text := range []string{"", "rate(x[5m]", "x)", "sum(x}", "x{a=b}", `x{a="b" c="d"}`, "x[5q]", `nonsense(x)`, `x{a=~"("}`, "x ? y"} {
		if e, err := parseExpression(text); err == nil {
			t.Errorf("%q was read as %+v", text, e)
		}
	}
	e, err := parseExpression(`sum by (job, le) (rate(a_total{b="c", d!~"e|f"}[5m])) / a > 0.1 and up == 1e3`)
	if err != nil || len(e.selectors) != 3 || !slices.Equal(e.groupedBy, []string{"job", "le"}) || e.selectors[0].matchers[1] != (matcher{"d", "!~", "e|f"}) {
		t.Errorf("read as %+v, %v", e, err)
	}
}
