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
)

// configCommand prints every setting with its value and where that is from, and then what is
// wrong.
func configCommand() *cobra.Command {
	var file string
	c := &cobra.Command{Use: "config", Short: "print every setting, its value and where that is from", Args: usage.NoArguments,
		Long: "Prints every setting of the configuration with its value, where that is from, and its variable,\nand then what is wrong. No secret is among them: these are in files and variables of their own."}
	c.Flags().StringVar(&file, "config", "", configWords)
	c.Example = "pinghome config"
	c.RunE = func(c *cobra.Command, _ []string) error {
		if c.Flags().Changed("config") && strings.TrimSpace(file) == "" {
			return usage.EmptyFlag("config")
		}
		if err := expandFlags(map[string]*string{"config": &file}); err != nil {
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
		if err := writeTable(c.OutOrStdout(), read.rows()); err != nil {
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

// rows are the settings for a table, those of contexts last.
func (c *configuration) rows() [][]string {
	rows := [][]string{{"SETTING", "VALUE", "FROM", "VARIABLE"}}
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
		rows = append(rows, []string{s.name, cmp.Or(value, "–"), from, "$" + variableOf(s.name)})
	}
	return rows
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
