//go:build unix

package storage_test

// ofAllCustomers are the statements on customers' tables that do not name one, each with how it would be
// answered where the customers are divided over several databases.
var ofAllCustomers = []struct {
	how        string
	statements []string
}{
	{"pages and search: each database answers with its part, and the parts are merged in their order; the key where a page begins is the same for all", []string{
		"selectAccountsOrdered", "keptAccounts of customers", "problemAccounts of reaches", "inner of %s", "pageQuery"}},
	{"counts of accounts: each database counts its own, and the counts are added", []string{"countProblems of reaches"}},
	{"the index that accounts are found by: each server reads every database, from each in the order of ids, and then asks each for the accounts that were named", []string{
		"selectAccountsAfter", "selectAccountIDAfter", "selectAccountsOf"}},
	{"what changed: a mark for each database", []string{"selectNewestMark", "selectEntryID", "selectChangedAccounts", "hooks of journal", "hasForeignNumbers", "forgetForeignNumbers"}},
	{"the newest change, the oldest account: each database is asked, and the newest or oldest answer counts", []string{
		"selectLastChange", "selectAccountByAge"}},
	{"usernames are of one account over all: a table of their own, with the form, the account and its database, which is asked and written first", []string{
		"selectAccountByEmail", "selectEmailTaken"}},
	{"tokens are found before the customer: their table stays whole, and has the email as well, or it is read from the customer's database after the token", []string{
		"selectTokens", "selectTokensByAge"}},
	{"teams that are empty: every database is asked whether it has customers of the team, with the team locked", []string{"deleteEmptyTeam"}},
	{"the outbox: a worker for each database, with leases as now; the counts are added", []string{
		"selectQueued of messages", "countQueued", "countWaiting", "selectNextDue", "countLeases", "selectNextEnd", "releaseLeasesOf", "countLeasesOf"}},
	{"locks after wrong codes: each database counts its own, and the counts are added", []string{"countLocked"}},
	{"retention: a janitor for each database walks its own customers and rows", []string{
		"selectCustomerIDs", "agedRows of answers", "DeleteAged of %s", "deleteOldAnswers"}},
	{"what was written by a clock that was ahead: each database, by its own clock", []string{
		"AnyFuture of %s", "countFutureMessages", "recallMessages", "freeMessages", "recallAnswers"}},
	{"another key for codes: each database in a transaction of its own, which may be done again", []string{"selectSealed", "expireCodes", "closeTests"}},
	{"usernames and channels that are the same in two spellings: as usernames; the channels, each database its own", []string{
		"selectCollidingEmails", "selectAllValues"}},
	{"copies of everything, and their checks: one database after the other", []string{
		"copyTable of ", "load of ", "selectMark", "selectWrongCounts", "countReaches"}},
	{"steps of the migrations of a file: no database has them", []string{
		"selectFolds", "updateFreeFold", "selectUsernames", "selectEmailChannels",
		"CanonicaliseCounted of sends", "CanonicaliseCounted of sends'", "CanonicaliseCounted of code_failures", "CanonicaliseCounted of code_failures'",
		"selectWithChannels", "selectReachParts", "insertOtherReaches", "selectWithoutReach", "FillMissingReaches of reaches"}},
}
