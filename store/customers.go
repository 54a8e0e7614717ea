package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"gatehouse/desk"
)

// InsertCustomer adds a customer and sets its ID. A key that another customer
// has, without regard to case, is a desk.Conflict.
func (tx *Tx) InsertCustomer(ctx context.Context, c *desk.Customer) error {
	id, err := tx.newPrincipal(ctx, "customer")
	if err != nil {
		return err
	}
	c.ID = desk.CustomerID(id)
	alwaysCc, err := json.Marshal(c.AlwaysCc)
	if err != nil {
		return tx.wrap(err, "insert customer", c.Key)
	}
	n, err := tx.exec(ctx, `INSERT INTO customer (`+customerColumnsStored+`, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING`,
		append(customerValues(c), string(alwaysCc), micros(tx.now()))...)
	if err != nil {
		return tx.wrap(err, "insert customer", c.Key)
	}
	if n == 0 {
		return keyTaken(c.Key)
	}
	return tx.insertDomains(ctx, c)
}

const customerColumnsStored = `id, key, folded, name, name_folded, disabled, comment, street, city, country,
	auto_join, presence_requestor, presence_cc, presence_admin_cc, sharing, ask_first, own_only, always_cc`

// customerValues are the values of customerColumnsStored but for the last one.
func customerValues(c *desk.Customer) []any {
	return []any{int64(c.ID), c.Key, desk.Fold(c.Key), c.Name, desk.Fold(c.Name), bit(c.Disabled), c.Comment, c.Street, c.City, c.Country,
		bit(c.AutoJoin), int64(c.Presences.Requestor), int64(c.Presences.Cc), int64(c.Presences.AdminCc), storedSharing(c.Sharing), bit(c.AskFirst), bit(c.OwnOnly)}
}

func keyTaken(key string) error {
	return taken("key", fmt.Sprintf("There is a customer %s already.", key))
}

func (tx *Tx) insertDomains(ctx context.Context, c *desk.Customer) error {
	for place, domain := range c.Domains {
		_, err := tx.exec(ctx, `INSERT INTO customer_domain (domain, customer, place) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			desk.Fold(domain), int64(c.ID), place)
		if err != nil {
			return tx.wrap(err, "insert domain", domain)
		}
	}
	return nil
}

// UpdateCustomer stores all of a customer; its domains are replaced.
func (tx *Tx) UpdateCustomer(ctx context.Context, c *desk.Customer) error {
	other, err := tx.CustomerByKey(ctx, c.Key)
	if desk.KindOf(err) != desk.NotFound && err != nil {
		return err
	}
	if err == nil && other.ID != c.ID {
		return keyTaken(c.Key)
	}
	alwaysCc, err := json.Marshal(c.AlwaysCc)
	if err != nil {
		return tx.wrap(err, "update customer", c.ID)
	}
	n, err := tx.exec(ctx, `UPDATE customer SET key = $2, folded = $3, name = $4, name_folded = $5, disabled = $6,
		comment = $7, street = $8, city = $9, country = $10, auto_join = $11, presence_requestor = $12, presence_cc = $13,
		presence_admin_cc = $14, sharing = $15, ask_first = $16, own_only = $17, always_cc = $18 WHERE id = $1`, append(customerValues(c), string(alwaysCc))...)
	switch {
	case err != nil && tx.d.unique(err):
		return keyTaken(c.Key)
	case err != nil:
		return tx.wrap(err, "update customer", c.ID)
	case n == 0:
		return desk.Errorf(desk.NotFound, "There is no customer %d.", c.ID)
	}
	if _, err := tx.exec(ctx, `DELETE FROM customer_domain WHERE customer = $1`, int64(c.ID)); err != nil {
		return tx.wrap(err, "replace the domains of customer", c.ID)
	}
	return tx.insertDomains(ctx, c)
}

// Customer returns a customer.
func (tx *Tx) Customer(ctx context.Context, id desk.CustomerID) (*desk.Customer, error) {
	c, err := once(tx, "customer", int64(id), func() (desk.Customer, error) {
		c, err := tx.oneCustomer(ctx, `c.id = $1`, int64(id), id)
		if err != nil {
			return desk.Customer{}, err
		}
		return *c, nil
	})
	if err != nil {
		return nil, err
	}
	c.Domains, c.AlwaysCc = slices.Clone(c.Domains), slices.Clone(c.AlwaysCc)
	return &c, nil
}

// CustomerByKey returns the customer with the key, without regard to case.
func (tx *Tx) CustomerByKey(ctx context.Context, key string) (*desk.Customer, error) {
	return tx.oneCustomer(ctx, `c.folded = $1`, desk.Fold(key), key)
}

func (tx *Tx) oneCustomer(ctx context.Context, cond string, arg, name any) (*desk.Customer, error) {
	var w where
	w.conds, w.args = []string{cond}, []any{arg}
	list, err := tx.customers(ctx, &w, 1)
	if err != nil {
		return nil, tx.wrap(err, "read customer", name)
	}
	if len(list) == 0 {
		return nil, desk.Errorf(desk.NotFound, "There is no customer %v.", name)
	}
	return &list[0], nil
}

// CustomerByDomain lists the customers that have the mail domain, by key.
func (tx *Tx) CustomerByDomain(ctx context.Context, domain string) ([]desk.Customer, error) {
	var w where
	w.add(`c.id IN (SELECT customer FROM customer_domain WHERE domain = ?)`, desk.Fold(domain))
	list, err := tx.customers(ctx, &w, 1000)
	return list, tx.wrap(err, "read the customers of domain", domain)
}

// A CustomerFilter chooses customers; its zero parts choose all.
type CustomerFilter struct {
	Text     string // in key or name
	Disabled *bool
	After    string // the key that the page before ended with
	Limit    int
}

// Customers lists customers by key, and whether there are more.
func (tx *Tx) Customers(ctx context.Context, f CustomerFilter) (list []desk.Customer, more bool, err error) {
	var w where
	if f.Text != "" {
		p := w.arg(containing(f.Text))
		w.add(`(c.folded LIKE ` + p + ` ESCAPE '!' OR c.name_folded LIKE ` + p + ` ESCAPE '!')`)
	}
	if f.Disabled != nil {
		w.add(`c.disabled = ?`, bit(*f.Disabled))
	}
	if f.After != "" {
		w.add(`c.folded > ?`, desk.Fold(f.After))
	}
	limit := page(f.Limit)
	list, err = tx.customers(ctx, &w, limit+1)
	list, more = cut(list, limit)
	return list, more, tx.wrap(err, "list customers", "")
}

// customers reads customers with their domains, by key.
func (tx *Tx) customers(ctx context.Context, w *where, limit int) ([]desk.Customer, error) {
	var list []desk.Customer
	err := tx.each(ctx, func(rows *sql.Rows) error {
		var c desk.Customer
		err := rows.Scan(&c.ID, &c.Key, &c.Name, flag(&c.Disabled), &c.Comment, &c.Street, &c.City, &c.Country, flag(&c.AutoJoin),
			&c.Presences.Requestor, &c.Presences.Cc, &c.Presences.AdminCc, sharing{&c.Sharing}, flag(&c.AskFirst), flag(&c.OwnOnly), asJSON{&c.AlwaysCc})
		list = append(list, c)
		return err
	}, `SELECT c.id, c.key, c.name, c.disabled, c.comment, c.street, c.city, c.country, c.auto_join,
		c.presence_requestor, c.presence_cc, c.presence_admin_cc, c.sharing, c.ask_first, c.own_only, c.always_cc
		FROM customer c`+w.text()+` ORDER BY c.folded`+limited(w.arg(limit)), w.args...)
	if err != nil || len(list) == 0 {
		return list, err
	}
	at := make(map[desk.CustomerID]*desk.Customer, len(list))
	ids := make([]int64, len(list))
	for i := range list {
		at[list[i].ID], ids[i] = &list[i], int64(list[i].ID)
	}
	err = tx.each(ctx, func(rows *sql.Rows) error {
		var id desk.CustomerID
		var domain string
		if err := rows.Scan(&id, &domain); err != nil {
			return err
		}
		at[id].Domains = append(at[id].Domains, domain)
		return nil
	}, `SELECT customer, domain FROM customer_domain WHERE customer IN (`+tx.d.inList(1)+`) ORDER BY customer, place`, tx.d.list(ids))
	return list, err
}
