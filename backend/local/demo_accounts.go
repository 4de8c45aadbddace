package local

import (
	"time"

	"github.com/account-settings/pinghome/backend"
)

// john has channels of all types in all states, and one that waits for its code.
func (d *demo) john() {
	d.account(backend.Profile{
		Customer: backend.Customer{ID: DemoCustomer, Email: "john.smith@ping-home.org", Name: "John", Surname: "Smith",
			Role: backend.RoleRoot, CreatedAt: d.ago(400 * day)},
		Team:         backend.Team{ID: "0d3c1b52-7a52-4b0e-9a55-3c8a6d0f1e21", Name: "Platform"},
		Organization: backend.Organization{ID: "c1f7a4f0-52f5-4f4e-8f43-1a4a0f5f7b10", Name: "PingHome Ltd", Plan: backend.PlanTeam},
	})
	d.johnsChannels()
	d.feedback(90*day, "The weekly summary is the first mail I open on Monday. Could it name the slowest check, too?")
	d.feedback(12*day, "Text messages to Azercell arrive late in the evening, by ten minutes or more.")
	d.feedback(2*day, "Please let us pause one channel for a holiday.\nTurning it off and on again is easy to forget.")
	d.journal(400*day, "account.created", "role root, plan team")
	d.made(399*day, 1)
	d.made(200*day, 2)
	d.made(120*day, 4)
	d.made(60*day, 5)
	d.changed(30*day, "channel.disabled", "", 4, func(c *backend.ChannelSettings) { c.Enabled = true })
	d.journal(12*day, "feedback.sent", "78 characters")
	d.changed(26*time.Hour, "channel.changed", ", a code was sent", 5, func(c *backend.ChannelSettings) { c.Value = c.ActiveValue })
	d.journal(5*time.Hour, "channel.tested", "channel 1 (email), held")
	d.journal(3*time.Hour, "channel.tested", "channel 2 (sms), not delivered")
	d.made(2*time.Minute, 3)
}

func (d *demo) johnsChannels() {
	const email, phone, hook = "john.smith@ping-home.org", "+994551234567", "https://hooks.example.com/t/8f21c0"
	const push, oldBilling, newBilling = "https://push.example.com/device/3F9A", "billing@ping-home.org", "accounts@ping-home.org"
	d.channel(backend.Channel{Priority: 1, Label: "work", Type: backend.TypeEmail, Value: email, ActiveValue: email, Enabled: true,
		UpdatedAt: d.ago(399 * day), VerifiedAt: d.ago(399 * day), Proof: backend.Proof{SeenAt: d.ago(12 * day)},
		LastTest: &backend.Test{At: d.ago(5 * time.Hour), OK: true, Held: true, Provider: "inbox", ProviderStatus: "held in the inbox",
			Detail: "The test is held.", Duration: 184 * time.Millisecond}})
	d.channel(backend.Channel{Priority: 2, Label: "pager", Type: backend.TypeSMS, Value: phone, ActiveValue: phone, Enabled: true,
		UpdatedAt: d.ago(200 * day), VerifiedAt: d.ago(200 * day),
		LastTest: &backend.Test{At: d.ago(3 * time.Hour), Provider: "twilio", ProviderStatus: "30003 Unreachable destination handset",
			Detail: "The test failed: 30003 Unreachable destination handset.", Duration: 2310 * time.Millisecond}})
	d.channel(backend.Channel{Priority: 3, Label: "ops hook", Type: backend.TypeWebhook, Value: hook, UpdatedAt: d.ago(2 * time.Minute)})
	d.channel(backend.Channel{Priority: 4, Label: "phone", Type: backend.TypePush, Value: push, ActiveValue: push,
		UpdatedAt: d.ago(30 * day), VerifiedAt: d.ago(120 * day)})
	// The old address stays in force until the new one is verified.
	d.channel(backend.Channel{Priority: 5, Label: "home", Type: backend.TypeEmail, Value: newBilling, ActiveValue: oldBilling, Enabled: true,
		UpdatedAt: d.ago(26 * time.Hour), VerifiedAt: d.ago(60 * day)})

	d.history(backend.TypeEmail, email, "smtp mail.ping-home.org", 41*time.Hour, "..........~..........~~.........")
	d.history(backend.TypeSMS, phone, "twilio", 9*day, "........x.......~.")
	d.history(backend.TypePush, push, "ntfy push.example.com", 12*day, ".........")
	d.history(backend.TypeEmail, oldBilling, "smtp mail.ping-home.org", 8*day, "......")
	d.code(backend.TypeEmail, newBilling, "550172", 26*time.Hour, 1)
	d.message(backend.Message{Type: backend.TypeEmail, To: email, Kind: backend.KindTest}, testText(""), 5*time.Hour, true)
	d.message(backend.Message{Type: backend.TypeEmail, To: email, Kind: backend.KindNotice}, text{
		subject: "Welcome to PingHome",
		body:    "Messages to you are kept in this inbox until a mail server is set up.",
	}, 4*time.Hour, false)
	d.sent(backend.Message{Type: backend.TypeSMS, To: phone, Kind: backend.KindTest}, testText(""), 3*time.Hour,
		"twilio", "30003 Unreachable destination handset", true)
	d.code(backend.TypeWebhook, hook, demoCode, 2*time.Minute, 0)
}

// anna is on the largest plan and has two channels.
func (d *demo) anna() {
	const email, hook = "anna.smits@acme.example", "https://alerts.acme.example/pinghome"
	d.account(backend.Profile{
		Customer: backend.Customer{ID: "a2f0c1de-4b7d-4f0c-8c1e-0b5c2d9e7f31", Email: email, Name: "Anna", Surname: "Smits",
			Role: backend.RoleManager, CreatedAt: d.ago(210 * day)},
		Team:         backend.Team{ID: "5b1e8f6a-2f43-4c7b-9d8a-7e6f5a4b3c21", Name: "Operations"},
		Organization: backend.Organization{ID: "9e8d7c6b-5a49-4837-a625-140302f1e0d1", Name: "Acme", Plan: backend.PlanBusiness},
	})
	d.channel(backend.Channel{Priority: 1, Type: backend.TypeEmail, Value: email, ActiveValue: email, Enabled: true,
		UpdatedAt: d.ago(209 * day), VerifiedAt: d.ago(209 * day)})
	d.channel(backend.Channel{Priority: 3, Type: backend.TypeWebhook, Value: hook, ActiveValue: hook, Enabled: true,
		UpdatedAt: d.ago(100 * day), VerifiedAt: d.ago(100 * day)})
	d.journal(210*day, "account.created", "role manager, plan business")
	d.made(209*day, 1)
	d.made(100*day, 3)
	d.entry(50*day, backend.JournalEntry{Action: "channel.deleted", Detail: "channel 2 (sms)",
		Before: backend.Settings{Channels: []backend.ChannelSettings{{Priority: 2, Type: backend.TypeSMS, Value: "+37120000000", Label: "old phone",
			CreatedAt: d.ago(205 * day)}}}})
}

// smilla has had a trial, and one channel that is off.
func (d *demo) smilla() {
	const email = "smilla.berg@north.example"
	d.account(backend.Profile{
		Customer: backend.Customer{ID: "3c9b5f7e-6d2a-4e18-b0a4-8f1d2c3b4a59", Email: email, Name: "Smilla", Surname: "Berg",
			Role: backend.RoleRoot, CreatedAt: d.ago(9 * day)},
		Team: backend.Team{ID: "e7d6c5b4-a392-4180-9f7e-6d5c4b3a2918", Name: "North"},
		Organization: backend.Organization{ID: "f0e1d2c3-b4a5-4697-8879-6a5b4c3d2e1f", Name: "North Studio", Plan: backend.PlanDeveloper,
			Trial: backend.Trial{EndsAt: d.ago(-5 * day)}},
	})
	d.channel(backend.Channel{Priority: 1, Type: backend.TypeEmail, Value: email, ActiveValue: email,
		UpdatedAt: d.ago(9 * day), VerifiedAt: d.ago(9 * day)})
	d.journal(9*day, "account.created", "role root, plan developer")
	d.made(9*day, 1)
}
