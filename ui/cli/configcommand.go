package cli

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
)

// configCommand prints every setting with its value and where that is from, and then what is
// wrong.
func configCommand() *cobra.Command {
	var file string
	c := &cobra.Command{Use: "config", Short: "print every setting, its value and where that is from",
		Long: "Prints every setting of the configuration with its value, where that is from, and its variable,\nand then what is wrong. No secret is among them: these are in files and variables of their own."}
	c.Flags().StringVar(&file, "config", "", configWords)
	c.Example = "pinghome config\npinghome config --json setting,value"
	list := command.NewPrinter[settingLine](c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if c.Flags().Changed("config") && strings.TrimSpace(file) == "" {
			return usage.EmptyFlag("config")
		}
		if err := cmp.Or(list.Check(args), expandFlags(map[string]*string{"config": &file})); err != nil {
			return err
		}
		where, err := findPaths("")
		if err != nil {
			return err
		}
		read, err := readFaulty(cmp.Or(file, where.config), c.Flags().Changed("config"))
		if err != nil {
			return err
		}
		err = list.Print(c.OutOrStdout(), read.lines(), func(s settingLine) []string {
			return []string{s.Setting, cmp.Or(s.Value, "–"), s.From, s.Variable}
		}, 0, "SETTING", "VALUE", "FROM", "VARIABLE")
		if err != nil {
			return err
		}
		read.faults = append(read.faults, read.strange...)
		return cmp.Or(read.refuse(), read.checkContexts(), read.checkSections(where))
	}
	return c
}

// checkSections returns what is wrong with the sections of a server, as "pinghome serve" would
// say it; nil for nothing.
func (c *configuration) checkSections(where paths) error {
	if _, err := c.backupOptions(where, nil); err != nil {
		return err
	}
	if _, err := c.Serve.changesPerDay(); err != nil {
		return c.located(err)
	}
	s, err := c.openSenders()
	s.close()
	return err
}

// settingLine is a setting as JSON.
type settingLine struct {
	Setting  string `json:"setting"`
	Value    string `json:"value"` // as TOML has it, "" for none
	From     string `json:"from"`
	Variable string `json:"variable"`
}

// lines are the settings to print, those of contexts last.
func (c *configuration) lines() (lines []settingLine) {
	all := settings()
	for _, name := range slices.Sorted(maps.Keys(c.Context)) {
		for _, s := range settingsBelow("context."+name, reflect.TypeFor[server]()) {
			if _, isSet := c.origins[s.name]; isSet {
				all = append(all, s)
			}
		}
	}
	for _, s := range all {
		value, from := s.usual, "default"
		if at, isSet := c.origins[s.name]; isSet {
			value, from = printed(valueAt(reflect.ValueOf(c.config), strings.Split(s.name, "."))), at
		}
		lines = append(lines, settingLine{s.name, value, from, "$" + variableOf(s.name)})
	}
	return lines
}

// valueAt is the value of a setting that is set.
func valueAt(section reflect.Value, path []string) reflect.Value {
	for section.Kind() == reflect.Pointer {
		section = section.Elem()
	}
	switch {
	case len(path) == 0:
		return section
	case section.Kind() == reflect.Map:
		return valueAt(section.MapIndex(reflect.ValueOf(path[0])), path[1:])
	}
	field, _ := fieldOf(section, path[0])
	return valueAt(field, path[1:])
}

// printed is a value as TOML has it. The password in a URL is left out.
func printed(value reflect.Value) string {
	switch value.Kind() {
	case reflect.String:
		return strconv.Quote(exit.WithoutPassword(value.String()))
	case reflect.Slice:
		var list []string
		for i := range value.Len() {
			list = append(list, printed(value.Index(i)))
		}
		return "[" + strings.Join(list, ", ") + "]"
	}
	return fmt.Sprint(value.Interface())
}
