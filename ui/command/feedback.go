package command

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

func (p *Program) feedback() *cobra.Command {
	return p.group("feedback", "send feedback, and list what was sent", feedbackSend(), feedbackList())
}

func feedbackSend() spec {
	var body, file string
	return spec{use: "send", short: "send feedback to the company", isChange: true, isAsking: true, shows: backend.FeedbackNote{},
		example: "pinghome feedback send --body \"Good experience\"\npinghome feedback send --body-file note.txt\nfortune | pinghome feedback send --body-file -",
		flags: func(f *pflag.FlagSet) {
			f.StringVarP(&body, "body", "b", "", "`TEXT` what to tell")
			f.StringVarP(&file, "body-file", "F", "", "`FILE` a file with what to tell (- for standard input)")
		},
		check: func(c *cobra.Command) error {
			switch f := c.Flags(); {
			case f.Changed("body") && f.Changed("body-file"):
				return exit.Usage("Give either --body or --body-file.")
			case f.Changed("body-file") && strings.TrimSpace(file) == "":
				return exit.Usage("--body-file is empty; name a file, or - for standard input.")
			}
			return nil
		},
		run: func(ctx context.Context, v *visit) (err error) {
			text := body
			switch f := v.command.Flags(); {
			case f.Changed("body-file"):
				text, err = v.all(ctx, file)
			case !f.Changed("body"):
				text, err = v.value(ctx, "", false, "--body or --body-file", "What do you want to tell?")
			}
			if err != nil {
				return err
			}
			note, err := v.View.SendFeedback(ctx, text)
			if err != nil {
				return err
			}
			return v.done(note, "The feedback was sent. Thank you.")
		}}
}

func feedbackList() spec {
	var limit int
	return spec{use: "list", short: "list the feedback that was sent, the newest first", shows: backend.FeedbackNote{},
		example: "pinghome feedback list --limit 5\npinghome feedback list --json sent_at,feedback",
		flags:   func(f *pflag.FlagSet) { limitFlag(f, &limit) },
		check:   func(*cobra.Command) error { return checkLimit(limit) },
		run: func(ctx context.Context, v *visit) error {
			list, err := newestRows(v, "notes", limit, func(than string, limit int) ([]backend.FeedbackNote, error) {
				if than == "" {
					return v.View.FeedbackHistory(ctx, limit)
				}
				return v.View.OlderFeedback(ctx, than, limit)
			}, func(n backend.FeedbackNote) string { return n.ID })
			if err != nil {
				return err
			}
			return showList(v, list, columns{names: []string{v.atTitle(), "FEEDBACK"}}, func(n backend.FeedbackNote) []string { return []string{v.atCell(n.SentAt), n.Text} })
		}}
}
