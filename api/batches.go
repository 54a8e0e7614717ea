package api

import (
	"context"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
)

func (h *handler) batchRoutes() []route {
	const each = "being an agent; for each ticket what each change asks for, when its turn comes"
	return []route{
		shows(h, what{"listBatches", "GET /batches", "none; your own", "Your latest changes of many tickets"}, h.listBatches),
		shows(h, what{"previewBatch", "POST /batches/preview", each, "What a change of many tickets would do; nothing is changed"}, h.previewBatch),
		makes(h, what{"startBatch", "POST /batches", each, "Change many tickets, one after the other"}, "/batches", h.startBatch),
		shows(h, what{"getBatch", "GET /batches/{id}", "none; one of your own", "How far a change of many tickets is, and what became of each"}, h.getBatch),
		does(h, what{"stopBatch", "POST /batches/{id}/stop", "none; one of your own", "Stop a change of many tickets; what was not changed stays as it is"}, h.stopBatch),
		makes(h, what{"undoBatch", "POST /batches/{id}/undo", "none; one of your own; for each ticket what the change back asks for", "Put back what a change of many tickets did, where it is still so"}, "/batches", h.undoBatch),
	}
}

// A BatchChange is what is done to each ticket. What is left out stays as it is.
type BatchChange struct {
	Status   string        `json:"status,omitempty"`
	Owner    *int64        `json:"owner,omitempty" minimum:"0" doc:"0: nobody."`
	Priority *int32        `json:"priority,omitempty"`
	Queue    int64         `json:"queue,omitempty"`
	Customer int64         `json:"customer,omitempty"`
	Fields   FieldTexts    `json:"fields,omitempty" maxProperties:"100" doc:"Custom fields by name; an empty list takes the values away."`
	Message  *BatchMessage `json:"message,omitempty"`
	Link     *BatchLink    `json:"link,omitempty"`
	Merge    int64         `json:"merge,omitempty" doc:"They become one with this ticket. It goes with no other change."`
	Undo     int64         `json:"undo,omitempty" readOnly:"true" doc:"It takes back what this batch did."`
}

// A BatchMessage is written on each ticket.
type BatchMessage struct {
	Kind string `json:"kind" enum:"reply,comment"`
	Text string `json:"text"`
}

// A BatchLink is made from each ticket.
type BatchLink struct {
	Type   string `json:"type" enum:"depends_on,refers_to,member_of"`
	Target int64  `json:"target" minimum:"1"`
}

// BatchAsked says which tickets are to be changed, and how.
type BatchAsked struct {
	Tickets []int64     `json:"tickets,omitempty" maxItems:"1000"`
	Query   string      `json:"query,omitempty" maxLength:"8000" doc:"Instead of numbers: all that it finds, at most 1,000."`
	Change  BatchChange `json:"change"`
}

// read finds the tickets, and the fields that are named.
func (h *handler) readBatch(ctx context.Context, by caller, in *BatchAsked) ([]desk.TicketID, service.BatchChange, error) {
	b := in.Change
	c := service.BatchChange{Status: desk.Status(b.Status), Queue: desk.QueueID(b.Queue), Customer: desk.CustomerID(b.Customer), Merge: desk.TicketID(b.Merge)}
	if b.Owner != nil {
		owner := desk.UserID(*b.Owner)
		c.Owner = &owner
	}
	if b.Priority != nil {
		priority := int(*b.Priority)
		c.Priority = &priority
	}
	if b.Message != nil {
		c.Text, c.Kind = b.Message.Text, desk.Comment
		if b.Message.Kind == desk.Reply.String() {
			c.Kind = desk.Reply
		}
	}
	if b.Link != nil {
		c.Link, c.To = b.Link.Type, desk.TicketID(b.Link.Target)
	}
	var err error
	if c.Fields, err = h.sets(ctx, by, b.Fields, nil); err != nil {
		return nil, c, err
	}
	if in.Query == "" {
		return ids[desk.TicketID](in.Tickets), c, nil
	}
	if len(in.Tickets) > 0 {
		return nil, c, invalid("query", "Send tickets or a query, not both.")
	}
	list, err := h.desk.TicketsToChange(ctx, by.Actor, in.Query)
	return list, c, err
}

// BatchSkip is a reason for leaving tickets as they are, and which.
type BatchSkip struct {
	Reason  string  `json:"reason"`
	Tickets []int64 `json:"tickets" nullable:"false"`
}

func batchSkips(list []service.BatchSkip) []BatchSkip {
	out := make([]BatchSkip, len(list))
	for i, s := range list {
		out[i] = BatchSkip{s.Reason, numbers(s.Tickets)}
	}
	return out
}

// A BatchPreview is what a batch would do now.
type BatchPreview struct {
	Changes int         `json:"changes" doc:"How many tickets would be changed."`
	Letters int         `json:"letters" doc:"How many people would be written to, over all tickets."`
	Skipped int         `json:"skipped"`
	Skips   []BatchSkip `json:"skips" nullable:"false"`
}

type previewBatchInput struct{ Body BatchAsked }

func (h *handler) previewBatch(ctx context.Context, by caller, in *previewBatchInput) (BatchPreview, error) {
	tickets, change, err := h.readBatch(ctx, by, &in.Body)
	if err != nil {
		return BatchPreview{}, err
	}
	p, err := h.desk.PreviewBatch(ctx, by.Actor, tickets, change)
	if err != nil {
		return BatchPreview{}, err
	}
	return BatchPreview{p.Changes, p.Letters, p.Skipped(), batchSkips(p.Skips)}, nil
}

type startBatchInput struct {
	Once
	Body BatchAsked
}

func (h *handler) startBatch(ctx context.Context, by caller, in *startBatchInput) (desk.BatchID, error) {
	tickets, change, err := h.readBatch(ctx, by, &in.Body)
	if err != nil {
		return 0, err
	}
	return h.desk.StartBatch(ctx, by.Actor, tickets, change, in.form(by, "batch"))
}

// A Batch is one change of many tickets.
type Batch struct {
	ID      int64         `json:"id"`
	State   string        `json:"state" enum:"works,done,stopped"`
	At      time.Time     `json:"at"`
	Ended   *time.Time    `json:"ended,omitempty"`
	Change  BatchChange   `json:"change"`
	Waits   int           `json:"waits" doc:"How many tickets are still to be changed."`
	Changed int           `json:"changed"`
	Skipped int           `json:"skipped"`
	Tickets []BatchTicket `json:"tickets,omitempty" doc:"The first that were changed; not in lists."`
	Skips   []BatchSkip   `json:"skips,omitempty" doc:"Why others were not; not in lists."`
	Undone  int64         `json:"undone_by,omitempty" doc:"The batch that took it back."`
	CanUndo bool          `json:"can_undo"`
}

// A BatchTicket is a ticket that was changed.
type BatchTicket struct {
	ID      int64  `json:"id"`
	Subject string `json:"subject,omitempty" doc:"Left out: you may not see it any more."`
}

func (h *handler) batch(ctx context.Context, by caller, v *service.BatchView) (Batch, error) {
	c := v.Change
	out := Batch{ID: int64(v.ID), State: v.State(), At: v.At.UTC(), Ended: moment(v.Ended), Waits: v.Counts.Waits, Changed: v.Counts.Changed, Skipped: v.Counts.Skipped,
		Undone: int64(v.Undone), CanUndo: v.Undoes, Skips: batchSkips(v.Skips),
		Change: BatchChange{Status: string(c.Status), Queue: int64(c.Queue), Customer: int64(c.Customer), Merge: int64(c.Merge), Undo: int64(c.Undo)}}
	if c.Owner != nil {
		owner := int64(*c.Owner)
		out.Change.Owner = &owner
	}
	if c.Priority != nil {
		priority := int32(*c.Priority) //nolint:gosec // it came in as one
		out.Change.Priority = &priority
	}
	if c.Kind != 0 {
		out.Change.Message = &BatchMessage{c.Kind.String(), c.Text}
	}
	if c.Link != "" {
		out.Change.Link = &BatchLink{c.Link, int64(c.To)}
	}
	for _, t := range v.Changed {
		out.Tickets = append(out.Tickets, BatchTicket{int64(t.ID), t.Subject})
	}
	return out, h.nameFields(ctx, by, c.Fields, &out.Change)
}

// nameFields says which custom fields a batch sets, as far as they may be known.
func (h *handler) nameFields(ctx context.Context, by caller, sets []service.FieldSet, c *BatchChange) error {
	if len(sets) == 0 {
		return nil
	}
	fields, err := h.desk.Fields(ctx, by.Actor)
	for _, f := range fields {
		for _, set := range sets {
			if set.Field != f.ID {
				continue
			}
			if c.Fields == nil {
				c.Fields = FieldTexts{}
			}
			c.Fields[f.Name] = append([]string{}, set.Values...)
		}
	}
	return err
}

// batchTickets is how many of the tickets that were changed are listed.
const batchTickets = service.MaxBatch

func (h *handler) getBatch(ctx context.Context, by caller, in *Numbered) (Batch, error) {
	v, err := h.desk.Batch(ctx, by.Actor, desk.BatchID(in.ID), batchTickets)
	if err != nil {
		return Batch{}, err
	}
	return h.batch(ctx, by, v)
}

func (h *handler) listBatches(ctx context.Context, by caller, _ *Nothing) (Page[Batch], error) {
	list, err := h.desk.Batches(ctx, by.Actor, 50)
	if err != nil {
		return Page[Batch]{}, err
	}
	page := Page[Batch]{Items: []Batch{}}
	for i := range list {
		b, err := h.batch(ctx, by, &list[i])
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, b)
	}
	return page, nil
}

func (h *handler) stopBatch(ctx context.Context, by caller, in *Numbered) error {
	return h.desk.StopBatch(ctx, by.Actor, desk.BatchID(in.ID))
}

func (h *handler) undoBatch(ctx context.Context, by caller, in *Numbered) (desk.BatchID, error) {
	return h.desk.StartBatch(ctx, by.Actor, nil, service.BatchChange{Undo: desk.BatchID(in.ID)}, "")
}
