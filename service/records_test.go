package service_test

import (
	"slices"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
)

// actions are what the changes did, the oldest first.
func actions(list []service.Change) []string {
	var words []string
	for _, c := range slices.Backward(list) {
		words = append(words, c.Action)
	}
	return words
}

// TestHistoryFollowsNames: the history of a customer is its own under each name
// that it had, and not that of whoever had or took one of them.
func TestHistoryFollowsNames(t *testing.T) {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "acme"})
	h.contact("ann", "acme")
	id := desk.CustomerID(h.names["acme"])
	rename := func(id desk.CustomerID, key string) {
		t.Helper()
		c := must(h.Customer(h.ctx, h.sys, id))(t)
		c.Key = key
		h.ok(h.UpdateCustomer(h.ctx, h.sys, *c))
	}
	rename(id, "apex")
	h.customer(desk.Customer{Key: "acme"}) // takes the freed key
	other := desk.CustomerID(h.names["acme"])
	rename(other, "bolt")
	rename(id, "acme") // and gives it back
	h.grant(desk.PrincipalID(id), "ro", desk.OnSystem())
	about := must(h.AboutCustomer(h.ctx, h.sys, id))(t)
	want := []string{"customer.create", "member.add", "customer.update", "customer.update", "grant.add"}
	if got := actions(about.History); !slices.Equal(got, want) {
		t.Errorf("the customer's history is %v, want %v", got, want)
	}
	about = must(h.AboutCustomer(h.ctx, h.sys, other))(t)
	if got, want := actions(about.History), []string{"customer.create", "customer.update"}; !slices.Equal(got, want) {
		t.Errorf("the other's history is %v, want %v", got, want)
	}
}

// TestRecordsTellNoMoreThanOneMaySee asks about a subsidiary and about people
// as who may see little.
func TestRecordsTellNoMoreThanOneMaySee(t *testing.T) {
	h := newHouse(t)
	h.customer(desk.Customer{Key: "holding"})
	h.customer(desk.Customer{Key: "acme"})
	h.ok(h.AddMember(h.ctx, h.sys, desk.Membership{Group: h.names["holding"], Member: h.names["acme"]}))
	h.contact("ann", "acme")
	h.agent("sally")
	h.agent("uma")
	holding, acme := desk.CustomerID(h.names["holding"]), desk.CustomerID(h.names["acme"])
	h.grant(h.names["sally"], "SeeCustomer", desk.OnCustomer(acme))
	h.grant(h.names["uma"], "AdminCustomers", desk.OnSystem())
	about := must(h.AboutCustomer(h.ctx, h.sys, holding))(t)
	if len(about.Below) != 1 || about.Below[0].Name.Text != "acme" {
		t.Errorf("the holding has the subsidiaries %v", about.Below)
	}
	about = must(h.AboutCustomer(h.ctx, h.by("sally"), acme))(t)
	if len(about.Above) != 0 || about.History != nil {
		t.Errorf("who sees one customer is told of %v and %v", about.Above, about.History)
	}
	if _, err := h.AboutCustomer(h.ctx, h.by("sally"), holding); desk.KindOf(err) != desk.NotFound {
		t.Errorf("asking about another customer: %v", err)
	}
	must(h.CreateToken(h.ctx, h.sys, service.NewToken{User: h.id("ann"), Name: "script", Until: h.Now().AddDate(1, 0, 0)}))(t)
	person := must(h.AboutUser(h.ctx, h.sys, h.id("ann")))(t)
	if len(person.Tokens) != 1 || person.Tokens[0].Digest != "" {
		t.Errorf("ann's tokens are shown as %v", person.Tokens)
	}
	person = must(h.AboutUser(h.ctx, h.by("uma"), h.id("ann")))(t)
	if person.Tokens != nil || person.History != nil {
		t.Errorf("who makes customers is told how ann signs in: %v", person)
	}
}
