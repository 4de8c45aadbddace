-- What each change was about, as it was and as it became, so that it can be taken back, and
-- the account be shown as it was. JSON, or '' where there is nothing.
ALTER TABLE journal ADD COLUMN before TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN after TEXT NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN address TEXT NOT NULL DEFAULT ''; -- the IP address of the request, or ''
ALTER TABLE journal ADD COLUMN undoes TEXT NOT NULL DEFAULT ''; -- the id of the row that this one took back
