package cli

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/ui/cli/usage"
)

// setting is one of the configuration: its name, such as "console.theme", what it takes, and
// its default as it is printed.
type setting struct {
	name  string
	kind  reflect.Type
	usual string
}

// settings are all settings but those of contexts, in the order of their sections.
func settings() []setting {
	return slices.DeleteFunc(settingsBelow("", reflect.TypeFor[config]()), func(s setting) bool { return strings.HasPrefix(s.name, "context.") })
}

// settingsBelow are the settings of a section.
func settingsBelow(name string, section reflect.Type) (list []setting) {
	for field := range section.Fields() {
		s := setting{strings.TrimPrefix(name+"."+field.Tag.Get("toml"), "."), field.Type, field.Tag.Get("usual")}
		if s.kind.Kind() == reflect.Pointer || s.kind.Kind() == reflect.Map {
			s.kind = s.kind.Elem()
		}
		if s.kind.Kind() == reflect.Struct {
			list = append(list, settingsBelow(s.name, s.kind)...)
			continue
		}
		list = append(list, s)
	}
	return list
}

const (
	variablePrefix = "PINGHOME_"
	contextPrefix  = variablePrefix + "CONTEXT_"
)

// otherVariables are no settings.
var otherVariables = []string{"PINGHOME_DB", keyVariable, nextKeyVariable, "PINGHOME_TOKEN"}

// variableOf is the environment variable of a setting, such as PINGHOME_DELIVERY_EMAIL_HOST.
// The sections console and serve are left out: PINGHOME_THEME.
func variableOf(setting string) string {
	for _, section := range []string{"console.", "serve."} {
		setting = strings.TrimPrefix(setting, section)
	}
	return variablePrefix + inVariable(setting)
}

func inVariable(name string) string {
	return strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(name))
}

// takeVariables sets the settings that have a variable. One that is empty is as one that is
// not there.
func (c *configuration) takeVariables(environment []string) {
	known := map[string]setting{}
	for _, s := range settings() {
		known[variableOf(s.name)] = s
	}
	table, from := map[string]any{}, places{map[string]string{}, map[string]string{}}
	var strange []string
	slices.Sort(environment)
	for _, pair := range environment {
		variable, value, _ := strings.Cut(pair, "=")
		s, isKnown := known[variable]
		if context, isContext := c.contextSetting(variable); isContext {
			s, isKnown = context, true
		}
		switch {
		case value == "" || !strings.HasPrefix(variable, variablePrefix):
		case isKnown:
			put(table, strings.Split(s.name, "."), s.parse(value))
			from.keys[s.name] = "$" + variable
		default:
			strange = append(strange, variable)
		}
	}
	c.take(table, from)
	for _, variable := range strange {
		c.noteStrange(variable, known)
	}
}

// contextSetting is the setting of a context that a variable is for: PINGHOME_CONTEXT_WORK_SERVER
// is for that of the context work, and makes it where there is none.
func (c *configuration) contextSetting(variable string) (s setting, isOne bool) {
	rest, isContext := strings.CutPrefix(variable, contextPrefix)
	if !isContext {
		return s, false
	}
	shortest := rest
	for _, each := range settingsBelow("", reflect.TypeFor[server]()) {
		name, isIt := strings.CutSuffix(rest, "_"+inVariable(each.name))
		if isIt && name != "" && len(name) < len(shortest) { // WORK_QUERY_URL is for query_url, if there is a setting url
			shortest, s, isOne = name, each, true
		}
	}
	s.name = "context." + c.contextNamed(shortest) + "." + s.name
	return s, isOne
}

// contextNamed is the context whose name is written like this in variables, or a new one.
func (c *configuration) contextNamed(inName string) string {
	for name := range c.Context {
		if inVariable(name) == inName {
			return name
		}
	}
	return strings.ToLower(inName)
}

// put puts a value into a table at a path.
func put(table map[string]any, path []string, value any) {
	for _, name := range path[:len(path)-1] {
		within, isThere := table[name].(map[string]any)
		if !isThere {
			within = map[string]any{}
			table[name] = within
		}
		table = within
	}
	table[path[len(path)-1]] = value
}

// parse is the value of a variable as TOML would have it. A text that is no such value stays a
// text, and is refused as one.
func (s setting) parse(text string) any {
	switch s.kind.Kind() {
	case reflect.Bool:
		switch strings.ToLower(text) {
		case "true", "yes", "on", "1":
			return true
		case "false", "no", "off", "0":
			return false
		}
	case reflect.Int:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	case reflect.Slice:
		var list []any
		for each := range strings.SplitSeq(text, ",") {
			list = append(list, strings.TrimSpace(each))
		}
		return list
	}
	return text
}

// noteStrange notes a variable that is no setting's, where it looks like one that is. Others may
// be for another program: a cluster names its services in such variables.
func (c *configuration) noteStrange(variable string, known map[string]setting) {
	email, sms := c.Delivery.Email, c.Delivery.SMS
	if slices.Contains(otherVariables, variable) || email != nil && email.PasswordEnv == variable || sms != nil && sms.SecretEnv == variable {
		return
	}
	var names []string
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	if meant := usage.Closest(variable, names); meant != "" {
		c.strange = append(c.strange, fault{"", "$" + variable, fmt.Sprintf("there is no setting for this variable. Did you mean $%s?", meant)})
	}
}
