package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// shells are those whose completion can be printed.
var shells = []string{"bash", "fish", "powershell", "zsh"}

// completionCommand prints what makes a shell complete commands, flags and their values.
func completionCommand() *cobra.Command {
	c := &cobra.Command{Use: "completion SHELL", Short: "print the completion of a shell: bash, zsh, fish or powershell",
		Example: "source <(pinghome completion bash)\npinghome completion fish > ~/.config/fish/completions/pinghome.fish",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && slices.Contains(shells, args[0]) {
				return nil
			}
			return exit.Usage("Name a shell: %s.", strings.Join(shells, ", "))
		},
		ValidArgsFunction: cobra.FixedCompletions(shells, cobra.ShellCompDirectiveNoFileComp)}
	c.RunE = func(c *cobra.Command, args []string) error {
		root, out := c.Root(), c.OutOrStdout()
		switch args[0] {
		case "bash":
			return outputError(root.GenBashCompletionV2(out, true))
		case "fish":
			return outputError(root.GenFishCompletion(out, true))
		case "powershell":
			return outputError(root.GenPowerShellCompletionWithDesc(out))
		}
		return outputError(root.GenZshCompletion(out))
	}
	return c
}

// completeWords lets a shell complete a flag by one of some words.
func completeWords(c *cobra.Command, flag string, words ...string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // it fails for a flag that there is not
}

// completeSource lets a shell complete the flags of a source. Names of files it completes itself.
func (o *sourceFlags) completeSource(c *cobra.Command) {
	none := cobra.NoFileCompletions
	layouts := []string{string(httpapi.LayoutAuto), string(httpapi.LayoutV1a), string(httpapi.LayoutV1b), string(httpapi.LayoutV2), string(httpapi.LayoutV3)}
	for flag, list := range map[string]cobra.CompletionFunc{
		"server": none, "query-url": none, "command-url": none, "layout": cobra.FixedCompletions(layouts, cobra.ShellCompDirectiveNoFileComp),
		"context": func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return o.contextNames(), cobra.ShellCompDirectiveNoFileComp
		},
	} {
		_ = c.RegisterFlagCompletionFunc(flag, list) // it fails for a flag that there is not, or a second time
	}
}

// contextNames are the contexts of the configuration, with the place of each.
func (o *sourceFlags) contextNames() (list []cobra.Completion) {
	where, err := findPaths("")
	if err != nil {
		return nil
	}
	c, err := o.configuration(where)
	if err != nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(c.Context)) {
		place := "a database"
		if s, err := c.context(name); err == nil && s.DB == "" {
			place = (&remote{server: s}).label()
		}
		list = append(list, cobra.CompletionWithDesc(name, place))
	}
	return list
}
