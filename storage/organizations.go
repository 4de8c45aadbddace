package storage

import "github.com/account-settings/pinghome/backend"

const (
	insertOrganization = `INSERT INTO organizations (id, name, plan, trial_ends_at) VALUES ($1, $2, $3, $4)`
	insertTeam         = `INSERT INTO teams (id, organization_id, name) VALUES ($1, $2, $3)`

	deleteEmptyTeam = `DELETE FROM teams WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.team_id = teams.id)`

	deleteEmptyOrganization = `
DELETE FROM organizations WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM teams t WHERE t.organization_id = organizations.id)`
)

// AddOrganization writes a new organization with its first team.
func (t *Tx) AddOrganization(o backend.Organization, team backend.Team) error {
	if _, err := t.exec(insertOrganization, o.ID, o.Name, string(o.Plan), millis(o.Trial.EndsAt)); err != nil {
		return err
	}
	_, err := t.exec(insertTeam, team.ID, o.ID, team.Name)
	return err
}

// DropIfEmpty removes the team when no customer is left in it, and then the
// organization when no team is left in it.
func (t *Tx) DropIfEmpty(organization, team string) error {
	for _, name := range []string{"organization " + organization, "team " + team} { // the last two customers of it may go at once
		if err := t.Lock(name); err != nil {
			return err
		}
	}
	if _, err := t.exec(deleteEmptyTeam, team); err != nil {
		return err
	}
	_, err := t.exec(deleteEmptyOrganization, organization)
	return err
}
