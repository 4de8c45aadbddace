package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// selector is what an expression of PromQL selects: series of a metric, with matchers of labels.
type selector struct {
	metric   string
	matchers []matcher
}

type matcher struct{ label, operator, value string }

// expression is an expression as far as it is looked at: its selectors, and the labels that it groups by.
type expression struct {
	selectors []selector
	groupedBy []string
}

var (
	promToken = regexp.MustCompile(`^(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9.]+(?:[eE][+-]?[0-9]+)?|=~|!~|!=|>=|<=|==|[-+*/%^<>=(){},])`)
	promName  = regexp.MustCompile(`^[a-zA-Z_:]`)
	promRange = regexp.MustCompile(`^\[(?:[0-9]+[smhdw]|\$__rate_interval)\]$`)
)

// promWords are the functions and words that the expressions of the examples may use.
var promWords = []string{"sum", "max", "rate", "increase", "histogram_quantile", "topk", "predict_linear", "time", "and", "or", "absent"}

// parseExpression reads an expression. It knows as much of PromQL as the examples have.
func parseExpression(text string) (e expression, err error) {
	tokens, err := promTokens(text)
	if err != nil {
		return e, err
	}
	for i := 0; i < len(tokens); i++ {
		token, next := tokens[i], append(tokens, "")[i+1]
		switch {
		case token == "by":
			end := i + slices.Index(tokens[i:], ")")
			for _, label := range tokens[i+2 : end] {
				if label != "," {
					e.groupedBy = append(e.groupedBy, label)
				}
			}
			i = end
		case !promName.MatchString(token) || slices.Contains(promWords, token):
		case next == "{":
			end := i + slices.Index(tokens[i:], "}")
			matchers, err := parseMatchers(tokens[i+2 : end])
			if err != nil {
				return e, err
			}
			e.selectors = append(e.selectors, selector{token, matchers})
			i = end
		case next == "(":
			return e, fmt.Errorf("%s is no function that is known", token)
		default:
			e.selectors = append(e.selectors, selector{metric: token})
		}
	}
	return e, nil
}

// parseMatchers reads what stands between braces.
func parseMatchers(tokens []string) (list []matcher, err error) {
	for ; len(tokens) > 0; tokens = tokens[min(4, len(tokens)):] {
		if len(tokens) < 3 || !promName.MatchString(tokens[0]) || !strings.HasPrefix(tokens[2], `"`) || len(tokens) > 3 && tokens[3] != "," {
			return nil, fmt.Errorf("%v are no matchers", tokens)
		}
		value := strings.Trim(tokens[2], `"`)
		if strings.HasSuffix(tokens[1], "~") {
			if _, err := regexp.Compile(value); err != nil {
				return nil, err
			}
		}
		list = append(list, matcher{tokens[0], tokens[1], value})
	}
	return list, nil
}

// promTokens divides a text, whose brackets have to match.
func promTokens(text string) (tokens []string, err error) {
	var open []string
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		token := promToken.FindString(rest)
		switch {
		case token == "":
			return nil, fmt.Errorf("%.20q cannot be read", rest)
		case token == "(" || token == "{":
			open = append(open, token)
		case token == ")" || token == "}":
			if len(open) == 0 || open[len(open)-1]+token != "()" && open[len(open)-1]+token != "{}" {
				return nil, fmt.Errorf("%s closes nothing", token)
			}
			open = open[:len(open)-1]
		case token[0] == '[' && !promRange.MatchString(token):
			return nil, fmt.Errorf("%s is no range", token)
		}
		tokens, rest = append(tokens, token), rest[len(token):]
	}
	if len(open) > 0 || len(tokens) == 0 {
		return nil, errors.New("it is not complete")
	}
	return tokens, nil
}
