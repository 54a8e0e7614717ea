package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) pendingRoutes() []route {
	const rights = "AdminCustomer on it, or being its manager"
	return []route{
		shows(h, what{"listWaiting", "GET /customers/{id}/waiting", rights, "Who waits to become its contact, the longest first"}, h.listWaiting),
		does(h, what{"admitWaiting", "POST /customers/{id}/waiting/{member}/admit", rights + "; AdminCustomers for who belongs elsewhere", "Let somebody in who waits"}, h.admitWaiting),
		does(h, what{"refuseWaiting", "POST /customers/{id}/waiting/{member}/refuse", rights, "Refuse somebody who waits, for good"}, h.refuseWaiting),
	}
}

// A Waiting is somebody who waits to become a contact of a customer.
type Waiting struct {
	Who     Who        `json:"who"`
	Address string     `json:"address"`
	Domain  string     `json:"domain" doc:"The mail domain by which it is so."`
	Since   *time.Time `json:"since"`
}

func (h *handler) listWaiting(ctx context.Context, by caller, in *Numbered) (Page[Waiting], error) {
	list, err := h.desk.PendingMembers(ctx, by.Actor, desk.CustomerID(in.ID))
	return pageOf(list, func(w service.Waiting) Waiting { return Waiting{by.who(w.Name), w.Address, w.Domain, moment(w.Since)} }), err
}

type admitInput struct {
	Numbered
	Member int64 `path:"member" minimum:"1"`
	Body   struct {
		Part string `json:"part,omitempty" enum:"contact,reader,member,manager" doc:"Absent: member."`
	}
}

func (h *handler) admitWaiting(ctx context.Context, by caller, in *admitInput) error {
	part, _ := desk.ParsePart(in.Body.Part)
	return h.desk.Admit(ctx, by.Actor, service.Admission{Customer: desk.CustomerID(in.ID), User: desk.UserID(in.Member), Part: part})
}

type refuseInput struct {
	Numbered
	Member int64 `path:"member" minimum:"1"`
}

func (h *handler) refuseWaiting(ctx context.Context, by caller, in *refuseInput) error {
	return h.desk.Admit(ctx, by.Actor, service.Admission{Customer: desk.CustomerID(in.ID), User: desk.UserID(in.Member), Refuse: true})
}
