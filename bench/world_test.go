package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"reflect"
	"testing"

	"gatehouse/desk"
)

func TestWorldsHaveTheirCounts(t *testing.T) {
	for size, want := range map[string]struct{ users, groups, queues, tickets int }{
		"S": {200, 50, 10, 1_000},
		"M": {2_000, 500, 50, 10_000},
		"L": {50_000, 10_000, 200, 1_000_000},
	} {
		w, tickets, err := World(size, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(w.Users) != want.users || len(w.Groups) != want.groups || len(w.Queues) != want.queues || tickets.Len() != want.tickets {
			t.Errorf("%s: got %d users, %d groups, %d queues, %d tickets, want %+v",
				size, len(w.Users), len(w.Groups), len(w.Queues), tickets.Len(), want)
		}
		holders, active := 0, 0
		for i := range 1_000 {
			f := tickets.At(i)
			holders += len(f.Holders)
			if f.Active {
				active++
			}
		}
		if holders < 1_400 || holders > 1_600 || active < 110 || active > 190 {
			t.Errorf("%s: 1,000 tickets have %d watchers and %d of them are active, want about 1,500 and 150", size, holders, active)
		}
	}
}

func TestWorldsAreTheSameFromTheSameSeed(t *testing.T) {
	first, tickets, _ := World("S", 7)
	second, again, _ := World("S", 7)
	if !reflect.DeepEqual(first, second) || !reflect.DeepEqual(tickets.At(5), again.At(5)) {
		t.Error("two worlds of one seed differ")
	}
	// Figures of two versions of the program can be compared while this holds. A
	// new field of a world changes it as well.
	hash, pinned := sha256.New(), *first
	pinned.Permissions = nil // the desk's, which may change
	fmt.Fprintf(hash, "%+v", pinned)
	for i := range tickets.Len() {
		fmt.Fprintf(hash, "%+v", tickets.At(i))
	}
	if got, want := hex.EncodeToString(hash.Sum(nil)[:8]), "b613f9e9900cfcda"; got != want {
		t.Errorf("the world of S is %s, another one than before: %s", got, want)
	}
	other, _, _ := World("S", 8)
	if reflect.DeepEqual(first, other) {
		t.Error("worlds of two seeds are the same")
	}
}

func TestWorldsRefer(t *testing.T) {
	w, tickets, _ := World("M", 1)
	there := map[desk.PrincipalID]bool{desk.Everyone: true, desk.Agents: true, desk.Contacts: true, desk.Customers: true}
	for _, u := range w.Users {
		there[desk.PrincipalID(u.ID)] = true
	}
	for _, g := range w.Groups {
		there[g.ID] = true
	}
	for _, m := range w.Memberships {
		if !there[m.Group] || !there[m.Member] {
			t.Errorf("membership %+v is of something that is not there", m)
		}
	}
	for _, g := range w.Grants {
		if !there[g.Who] || g.Permission == 0 && !g.Right.GrantableOn(g.Place.Kind) {
			t.Errorf("grant %+v cannot be made", g)
		}
	}
	for i := range 500 {
		for _, h := range tickets.At(i).Holders {
			if !there[h.Who] {
				t.Errorf("%v: %d is not there", tickets.At(i).ID, h.Who)
			}
		}
	}
}

func TestWorldOfNoSize(t *testing.T) {
	if _, _, err := World("XL", 1); desk.KindOf(err) != desk.Invalid {
		t.Errorf("got %v, want a refusal", err)
	}
}
