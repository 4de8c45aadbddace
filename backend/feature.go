package backend

// Feature names something that not every answer to the contract has: the
// documentation of the API does not promise it.
type Feature string

// The features.
const (
	FeatureFeedback        Feature = "feedback"         // SendFeedback
	FeatureFeedbackHistory Feature = "feedback_history" // FeedbackHistory
	FeatureMessages        Feature = "messages"         // Messages, MarkMessage, DeleteMessages
	FeatureDeliveries      Feature = "deliveries"       // Deliveries
	FeatureJournal         Feature = "journal"          // Journal
	FeatureCancelUsername  Feature = "cancel_username"  // CancelUsername
	FeatureRevision        Feature = "revision"         // Revision: noticing what others changed
	FeatureAccounts        Feature = "accounts"         // Accounts.List and Accounts.Create
	// FeatureOwnAccount is UpdateName, ChangeUsername, ConfirmUsername and
	// DeleteAccount: they name no account, and are safe only where it is known
	// whose the caller is.
	FeatureOwnAccount Feature = "own_account"
)
