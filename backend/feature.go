package backend

// Feature names something that a backend may lack, because the public documentation
// of the API does not promise it. Backend.Lacks says which ones a backend lacks.
type Feature string

// The features, with the methods that each stands for.
const (
	FeatureFeedback        Feature = "feedback"         // SendFeedback
	FeatureFeedbackHistory Feature = "feedback_history" // FeedbackHistory
	FeatureMessages        Feature = "messages"         // Messages, MarkMessage, DeleteMessages
	FeatureDeliveries      Feature = "deliveries"       // Deliveries
	FeatureJournal         Feature = "journal"          // Journal
	FeatureUndo            Feature = "undo"             // Undo, Redo, SettingsAt, and pages of the Journal with Before and After
	FeatureOlder           Feature = "older"            // OlderFeedback, OlderMessages and OlderAttempts with an id
	FeatureCancelUsername  Feature = "cancel_username"  // CancelUsername
	FeatureEndSecret       Feature = "end_secret"       // RotateSecret without overlap
	FeatureLabels          Feature = "labels"           // labels of channels, in CreateChannel and UpdateChannel
	FeatureSeveral         Feature = "several"          // SetChannelsEnabled, OrderChannels
	FeatureRevision        Feature = "revision"         // Revision: noticing the changes of others
	FeatureAccounts        Feature = "accounts"         // Accounts.List, Accounts.Page and Accounts.Create
	FeatureReach           Feature = "reach"            // Accounts.Page in other orders than by name, with Reach and Next
	FeatureSearch          Feature = "search"           // Accounts.Search
	// FeatureOwnAccount is UpdateName, ChangeUsername, ConfirmUsername and
	// DeleteAccount. Their requests name no account, so they are safe only if the
	// token's account is known to be the one of the view.
	FeatureOwnAccount Feature = "own_account"
)
