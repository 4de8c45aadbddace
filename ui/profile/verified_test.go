package profile_test

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// create adds an account with an email that was typed, opens it, and returns its id.
func create(v *uitest.Visit, email string) string {
	v.T.Helper()
	made, err := v.Account(uitest.JohnID).Accounts.Create(v.T.Context(), backend.NewAccount{Name: "Ida", Surname: "Lund", Email: email})
	if err != nil {
		v.T.Fatal(err)
	}
	v.Press("o")
	v.Type(made.Email)
	v.Press("enter")
	v.See(`Name +Ida Lund`)
	return made.ID
}

// codeOf is the code in the newest message of an account.
func codeOf(v *uitest.Visit, id string) string {
	v.T.Helper()
	list, err := v.Account(id).View.Messages(v.T.Context(), 1)
	if err != nil || len(list.Messages) == 0 {
		v.T.Fatal(list, err)
	}
	return list.Messages[0].Code
}

func TestUsernameIsProvedByACodeOnly(t *testing.T) {
	v := uitest.Open(t)
	v.See(`Username +john.smith@ping-home.org ✓ +│`) // its channel 1 has the address
	ida := create(v, "ida@lund.example")
	v.See(`Username +ida@lund.example – not verified +│`)
	v.Miss(`ida@lund.example ✓`)
	v.Resize(40, 15)
	v.See(`ida@lund.example – not verified`)
	v.Resize(80, 24)
	v.Press("2", "a")
	v.Type("Ida@LUND.example") // the same mailbox
	v.Press("enter")
	v.See(`Verify channel 1`)
	v.Type(codeOf(v, ida))
	v.Press("[")
	v.See(`Username +ida@lund.example ✓ +│`)
}

func TestUsernameIsProvedByItsChange(t *testing.T) {
	v := uitest.Open(t)
	ida := create(v, "ida@lund.example")
	v.Press("u")
	v.Type("ida@new.example")
	v.Press("enter", "esc")
	v.See(`Username +ida@lund.example – not verified`, `→ ida@new.example … 10:00`)
	v.Press("v")
	v.Type(codeOf(v, ida))
	v.See(`✓ The username is ida@new.example now`, `Username +ida@new.example ✓ +│`)
}

func TestWhatIsNotKnownOfAUsernameIsNotSaid(t *testing.T) {
	v := uitest.Open(t)
	if _, err := v.Backend().DeleteChannels(t.Context(), []int{1}); err != nil {
		t.Fatal(err)
	}
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureJournal: "none"}})
	v.See(`Username +john.smith@ping-home.org +│`)
}

// TestCodeOfAChannelThatIsGone: it may have been typed for the address that is the username.
func TestCodeOfAChannelThatIsGone(t *testing.T) {
	v := uitest.Open(t)
	ida := create(v, "ida@lund.example")
	v.Press("2", "a")
	v.Type("ida@lund.example")
	v.Press("enter")
	v.Type(codeOf(v, ida))
	v.Press("d", "y", "[")
	v.See(`Username +ida@lund.example`)
	v.Miss(`not verified`)
}
