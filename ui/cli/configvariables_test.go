package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend/httpapi"
)

// withVariables is what a text and these variables say.
func withVariables(t *testing.T, text string, variables ...string) configuration {
	t.Helper()
	c := newConfiguration(filepath.Join(t.TempDir(), "config.toml"))
	c.readText([]byte(text))
	c.takeVariables(variables)
	return c
}

func TestAVariableGoesBeforeTheFile(t *testing.T) {
	c := withVariables(t, "[console]\ntheme = \"mono\"\nmouse = true\n[context.my-host]\nserver = \"https://a.example\"\n[delivery.webhook]\nenabled = true\n",
		"PINGHOME_THEME=dark", "PINGHOME_MOUSE=off", "PINGHOME_MASKS=no", "PINGHOME_COLORS_OK=red", "PINGHOME_COLUMNS_CHANNELS=On, Last test",
		"PINGHOME_DELIVERY_WEBHOOK_ALLOW=127.0.0.0/8,10.0.0.0/8", "PINGHOME_DELIVERY_PROOF_DAYS=30", "PINGHOME_DELIVERY_EMAIL_PORT=25", "PINGHOME_TITLE=",
		"PINGHOME_CONTEXT_MY_HOST_SERVER=https://b.example", "PINGHOME_CONTEXT_OTHER_QUERY_URL=https://q.example", "PINGHOME_CONTEXT_OTHER_DEFAULT=1",
		"PINGHOME_LOG_LEVEL=debug", "PINGHOME_TRUSTED_PROXIES=10.0.0.0/8, fd00::1", "PINGHOME_PROXY_HEADER=Forwarded", "HOME=/home/ada", "PINGHOME_DB=x", "PINGHOME_KEY=y", "PINGHOME_TOKEN=z", "PINGHOME_SERVICE_HOST=10.0.0.1", "PINGHOME_PORT=tcp://10.0.0.1:80", "", "=", "PINGHOME_")
	if got := c.sentences(); len(got) > 0 {
		t.Errorf("it tells %q", got)
	}
	console := c.Console
	if console.Theme != "dark" || console.Mouse || *console.Masks || console.Colors.OK != "red" || !slices.Equal(console.Columns.Channels, []string{"On", "Last test"}) {
		t.Errorf("the console has %+v", console)
	}
	d := c.Delivery
	if !d.Webhook.Enabled || !slices.Equal(d.Webhook.Allow, []string{"127.0.0.0/8", "10.0.0.0/8"}) || d.ProofDays != 30 || *d.Email.Port != 25 || c.Serve.LogLevel != "debug" {
		t.Errorf("delivery is %+v", d)
	}
	var s serveFlags
	if err := s.setProxies(c.Serve); err != nil || fmt.Sprint(s.proxies) != "{[10.0.0.0/8 fd00::1/128] Forwarded}" {
		t.Errorf("proxies are %v, %v", s.proxies, err)
	}
	s.trusted, s.proxyHeader = proxyRanges{"192.0.2.7"}, "x-forwarded-for"
	if err := s.setProxies(c.Serve); err != nil || fmt.Sprint(s.proxies) != "{[192.0.2.7/32] X-Forwarded-For}" {
		t.Errorf("proxies of flags are %v, %v", s.proxies, err)
	}
	if len(c.Context) != 2 || c.Context["my-host"].Server != "https://b.example" || c.Context["other"].QueryURL != "https://q.example" || !c.Context["other"].IsDefault {
		t.Errorf("contexts are %+v", c.Context)
	}
	if c.origins["console.theme"] != "$PINGHOME_THEME" || c.origins["delivery.webhook.enabled"] == "" || c.origins["console.title"] != "" {
		t.Errorf("origins are %v", c.origins)
	}
}

// TestAWrongVariableIsToldByItsName, and what the file says stands.
func TestAWrongVariableIsToldByItsName(t *testing.T) {
	for variable, want := range map[string]string{
		"PINGHOME_THEME=drak":                           `$PINGHOME_THEME: console.theme is "drak"; write auto,`,
		"PINGHOME_MOUSE=maybe":                          "$PINGHOME_MOUSE: console.mouse takes true or false",
		"PINGHOME_CHANGES_PER_DAY=many":                 "$PINGHOME_CHANGES_PER_DAY: serve.changes_per_day takes a whole number",
		"PINGHOME_CHANGES_PER_DAY=99999999999999999999": "$PINGHOME_CHANGES_PER_DAY: serve.changes_per_day takes a whole number",
		"PINGHOME_LOG_LEVEL=loud":                       `$PINGHOME_LOG_LEVEL: serve.log_level is "loud"`,
		"PINGHOME_TEHME=dark":                           "$PINGHOME_TEHME: there is no setting for this variable. Did you mean $PINGHOME_THEME?",
		"PINGHOME_CONTEXT_WORK_DEFAULT=often":           "$PINGHOME_CONTEXT_WORK_DEFAULT: context.work.default takes true or false",
	} {
		c := withVariables(t, "[console]\ntheme = \"mono\"\nmouse = true\n", variable)
		if got := c.sentences(); len(got) != 1 || !strings.Contains(got[0], want) || c.Console.Theme != "mono" || !c.Console.Mouse {
			t.Errorf("%s: %q, want %q", variable, got, want)
		}
	}
	secret := withVariables(t, "[delivery.email]\npassword_env = \"PINGHOME_THEEM\"\n", "PINGHOME_THEEM=s3cret")
	if got := secret.sentences(); len(got) > 0 {
		t.Errorf("a variable with a secret: %q", got)
	}
	if c := withVariables(t, "", "PINGHOME_DELIVERY_EMAIL_PORT=x"); c.whyReadOnly(true) == "" {
		t.Error("a wrong variable of the delivery leaves the console free to change")
	}
}

// TestEverySettingHasAVariableOfItsOwn: none stands for two settings, or for something else.
func TestEverySettingHasAVariableOfItsOwn(t *testing.T) {
	known := map[string]string{}
	for _, name := range otherVariables {
		known[name] = "no setting"
	}
	for _, s := range settings() {
		variable := variableOf(s.name)
		if other, isThere := known[variable]; isThere || strings.HasPrefix(variable, contextPrefix) {
			t.Errorf("%s stands for %s and %s", variable, s.name, other)
		}
		known[variable] = s.name
	}
}

// TestTheDefaultsThatArePrinted are those that are used.
func TestTheDefaultsThatArePrinted(t *testing.T) {
	usual := map[string]string{}
	for _, s := range settings() {
		usual[s.name] = s.usual
	}
	for name, want := range map[string]int{"backup.keep": defaultBackups, "serve.changes_per_day": httpapi.DefaultChangesPerDay} {
		if usual[name] != strconv.Itoa(want) {
			t.Errorf("%s is %s, and %d is used", name, usual[name], want)
		}
	}
	for name, text := range usual {
		if text != "" && !strings.Contains(text, " ") {
			c := withVariables(t, "", variableOf(name)+"="+strings.Trim(text, `"`))
			if len(c.faults) > 0 {
				t.Errorf("the default of %s is refused: %q", name, c.sentences())
			}
		}
	}
}
