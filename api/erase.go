package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"

	"github.com/danielgtaylor/huma/v2"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/takeout"
)

func (h *handler) eraseRoutes() []route {
	return []route{
		h.archive(what{"exportUser", "GET /users/{id}/export", "AdminUsers, none for yourself; of tickets, what you may see", "What the desk holds of a user"},
			func(ctx context.Context, a takeout.Archive, id int64, to io.Writer) error {
				return a.User(ctx, desk.UserID(id), to)
			}),
		h.archive(what{"exportCustomer", "GET /customers/{id}/export", "SeeCustomer, AdminUsers for its people; of tickets, what you may see", "What the desk holds of a customer"},
			func(ctx context.Context, a takeout.Archive, id int64, to io.Writer) error {
				return a.Customer(ctx, desk.CustomerID(id), to)
			}),
		does(h, what{"eraseUser", "POST /users/{id}/erase", "SuperUser", "Take from the desk who a user is; it cannot be taken back"}, h.eraseUser),
		does(h, what{"eraseCustomer", "POST /customers/{id}/erase", "SuperUser", "Take from the desk which company a customer is; it cannot be taken back"}, h.eraseCustomer),
		does(h, what{"purgeTicket", "POST /tickets/{id}/purge", "SuperUser", "Remove a ticket with everything of it; it cannot be taken back"}, h.purgeTicket),
		shows(h, what{"getRetention", "GET /queues/{id}/retention", "AdminQueue", "How long closed tickets of a queue are kept"}, h.retention),
		does(h, what{"setRetention", "PUT /queues/{id}/retention", "AdminQueue and DeleteTicket", "Set how long closed tickets of a queue are kept"}, h.setRetention),
	}
}

// A writing is what writes an archive about the thing with a number.
type writing func(ctx context.Context, a takeout.Archive, id int64, to io.Writer) error

// archive serves a zip file. It is written to the disk first, so that a failure
// is told and nothing half is sent.
func (h *handler) archive(w what, write writing) route {
	return w.route(func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": octets("A zip file with JSON, and the files as they were sent.")}
		huma.Register(api, op, func(ctx context.Context, in *Numbered) (*huma.StreamResponse, error) {
			file, err := takeout.Hold(func(to io.Writer) error {
				return write(ctx, takeout.Archive{Service: h.desk, By: callerOf(ctx).Actor}, in.ID, to)
			})
			if err != nil {
				return nil, h.failure(ctx, w.name, err)
			}
			return &huma.StreamResponse{Body: func(c huma.Context) { h.send(c, file, fmt.Sprintf("%s-%d.zip", w.name, in.ID)) }}, nil
		})
	})
}

// send answers with a file, and drops it.
func (h *handler) send(c huma.Context, file *takeout.Held, name string) {
	c.SetHeader("Content-Type", "application/zip")
	c.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, err := io.Copy(c.BodyWriter(), file)
	if err = errors.Join(err, file.Close()); err != nil {
		h.log.Warn("an archive was not taken", "name", name, "error", err)
	}
}

// A UserErasureBody says what goes with a user.
type UserErasureBody struct {
	Texts bool `json:"texts,omitempty" doc:"Also what he wrote, with its files, and the subjects of his tickets."`
}

func (h *handler) eraseUser(ctx context.Context, by caller, in *struct {
	Numbered
	Body UserErasureBody
}) error {
	return h.desk.EraseUser(ctx, by.Actor, service.UserErasure{User: desk.UserID(in.ID), Texts: in.Body.Texts})
}

// A CustomerErasureBody says what goes with a customer.
type CustomerErasureBody struct {
	People bool `json:"people,omitempty" doc:"Also its contacts who belong to no other customer."`
	Texts  bool `json:"texts,omitempty" doc:"Also what these wrote."`
}

func (h *handler) eraseCustomer(ctx context.Context, by caller, in *struct {
	Numbered
	Body CustomerErasureBody
}) error {
	_, err := h.desk.EraseCustomer(ctx, by.Actor, service.CustomerErasure{Customer: desk.CustomerID(in.ID), People: in.Body.People, Texts: in.Body.Texts})
	return err
}

func (h *handler) purgeTicket(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.PurgeTicket(ctx, by.Actor, desk.TicketID(in.ID))
}

// A Retention says how long closed tickets of a queue are kept.
type Retention struct {
	Days int `json:"days" doc:"Days without anything happening; 0: for ever."`
	Due  int `json:"due" doc:"How many tickets are as old as that, counted up to 10,000."`
}

func (h *handler) retention(ctx context.Context, by caller, in *struct {
	Numbered
	Days int `query:"days" minimum:"-1" default:"-1" doc:"What that many days would remove; else what is set."`
}) (Retention, error) {
	var asked *int
	if in.Days >= 0 {
		asked = &in.Days
	}
	r, err := h.desk.Retention(ctx, by.Actor, desk.QueueID(in.ID), asked)
	return Retention{r.Days, r.Due}, err
}

// A RetentionBody sets how long closed tickets are kept.
type RetentionBody struct {
	Days int `json:"days" minimum:"0" doc:"At least 30; 0: for ever."`
}

func (h *handler) setRetention(ctx context.Context, by caller, in *struct {
	Numbered
	Body RetentionBody
}) error {
	return h.desk.SetRetention(ctx, by.Actor, desk.QueueID(in.ID), in.Body.Days)
}
