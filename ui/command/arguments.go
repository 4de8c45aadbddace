package command

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// between returns what refuses fewer or more arguments. names are those that have to be there, as
// they are called in the help.
func between(most int, names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return exit.Usage("%s is missing; see \"%s --help\".", names[len(args)], c.CommandPath())
		}
		if most >= 0 && len(args) > most {
			return exit.Usage("%q is not expected: \"pinghome %s\" is how it is used; see \"%s --help\".", args[most], usageOf(c), c.CommandPath())
		}
		for i, name := range names {
			if strings.TrimSpace(args[i]) == "" {
				return exit.Usage("%s is empty; see \"%s --help\".", name, c.CommandPath())
			}
		}
		return nil
	}
}

func usageOf(c *cobra.Command) string {
	_, words, _ := strings.Cut(c.CommandPath(), " ")
	_, arguments, _ := strings.Cut(c.Use, " ")
	return strings.TrimSpace(words + " " + arguments)
}

// priorityOf reads the number of a channel.
func priorityOf(text string) (int, error) {
	priority, err := strconv.Atoi(text)
	if err != nil || priority < 1 || strings.HasPrefix(text, "+") {
		return 0, exit.Usage("A channel has a number, such as 3, and not %q; \"pinghome channel list\" has them.", text)
	}
	return priority, nil
}

// prioritiesOf reads the numbers of channels, each once.
func prioritiesOf(texts []string) (list []int, err error) {
	for _, text := range texts {
		priority, err := priorityOf(text)
		if err != nil {
			return nil, err
		}
		if slices.Contains(list, priority) {
			return nil, exit.Usage("Channel %d is named twice; name each once.", priority)
		}
		list = append(list, priority)
	}
	return list, nil
}
