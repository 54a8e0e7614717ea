package admin

import (
	"net/http"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// queues lists the queues that the reader may see.
func (h handler) queues(w http.ResponseWriter, r *http.Request) error {
	page, err := h.queuesPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) queuesPage(r *http.Request) (*PlacesPage, error) {
	f, err := h.frame(r, "admin.queues")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.Queues); err != nil {
		return nil, err
	}
	list, more, err := h.findQueues(r)
	if err != nil {
		return nil, err
	}
	page := &PlacesPage{Nav: f.nav, Kind: "queue", Text: searchField(r), Empty: empty(r)}
	var filters []service.TicketFilter
	ids := make([]desk.QueueID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	watchers, err := h.svc.WatcherCounts(r.Context(), web.Actor(r), ids)
	if err != nil {
		return nil, err
	}
	for _, q := range list {
		page.Rows = append(page.Rows, PlaceRow{
			Name: q.Name, URL: placeURL("queue", int64(q.ID)), About: q.Description, People: watchers[q.ID], Disabled: q.Disabled,
		})
		filters = append(filters, service.TicketFilter{Queues: []desk.QueueID{q.ID}})
	}
	tickets, err := h.openTickets(r, filters)
	if err != nil {
		return nil, err
	}
	for i := range page.Rows {
		page.Rows[i].Tickets = tickets[i]
	}
	if more {
		page.Pager.Older = next(r, "after", desk.Fold(list[len(list)-1].Name))
	}
	if f.NewQueues {
		if page.New, err = h.queueSettings(r, &desk.Queue{}, "/admin/queues"); err == nil {
			page.New.Offer = true
		}
	}
	return page, err
}

// findQueues returns a page of the queues whose names hold the text.
func (h handler) findQueues(r *http.Request) ([]desk.Queue, bool, error) {
	all, err := h.svc.Queues(r.Context(), web.Actor(r), desk.SeeQueue)
	text, after := desk.Fold(r.URL.Query().Get("text")), r.URL.Query().Get("after")
	var list []desk.Queue
	for _, q := range all {
		name := desk.Fold(q.Name)
		if !strings.Contains(name, text) || name <= after {
			continue
		}
		if len(list) == pageSize {
			return list, true, err
		}
		list = append(list, q)
	}
	return list, false, err
}

// queueSettings are the fields of a queue. The group that guards it is chosen
// among those that the reader may see.
func (h handler) queueSettings(r *http.Request, q *desk.Queue, action string) (*PlaceForm, error) {
	groups, _, err := h.svc.Groups(r.Context(), web.Actor(r), service.GroupFilter{Personal: new(desk.UserID), Limit: 500})
	if err != nil {
		return nil, err
	}
	guards := []web.Option{{Value: "", Label: web.T("admin.none")}}
	known := q.AccessGroup == 0
	for _, g := range groups {
		known = known || g.ID == q.AccessGroup
		guards = append(guards, web.Option{Value: strconv.FormatInt(int64(g.ID), 10), Label: web.Plain(g.Name), Selected: g.ID == q.AccessGroup})
	}
	if !known {
		guards = append(guards, web.Option{Value: strconv.FormatInt(int64(q.AccessGroup), 10), Label: web.T("admin.queue.guard.hidden"), Selected: true})
	}
	f := &PlaceForm{Action: action}
	if q.ID != 0 {
		f.Seen = seenState(queueState(q))
	}
	guard := choose("guard", "admin.queue.guard", guards)
	guard.Help = web.T("admin.queue.guard.help")
	f.Fields = append(f.Fields, input("name", q.Name, "col.name"), input("about", q.Description, "col.about"),
		input("address", q.Address, "admin.queue.address"), input("comment_address", q.CommentAddress, "admin.queue.comments"), guard)
	f.Fields[0].Field.Required = true
	if q.ID != 0 {
		f.Fields = append(append(f.Fields, sharingField(q.Sharing)), presenceFields(q.Presences)...)
	}
	return f, nil
}

// queueState makes a queue comparable: what a pointer leads to counts.
func queueState(q *desk.Queue) any {
	plain := *q
	plain.Sharing = nil
	if q.Sharing == nil {
		return plain
	}
	return []any{plain, *q.Sharing}
}

func readQueue(r *http.Request, q *desk.Queue) error {
	q.Name, q.Description = r.PostFormValue("name"), strings.TrimSpace(r.PostFormValue("about"))
	q.Address, q.CommentAddress = strings.TrimSpace(r.PostFormValue("address")), strings.TrimSpace(r.PostFormValue("comment_address"))
	guard, err := strconv.ParseInt(r.PostFormValue("guard"), 10, 64)
	if err != nil && r.PostFormValue("guard") != "" {
		return desk.InvalidFields(map[string]string{"guard": "Choose one of these."})
	}
	q.AccessGroup = desk.GroupID(guard)
	return nil
}

// queueError names the fields of the page as the page does.
func queueError(err error) error {
	texts := desk.FieldTexts(err)
	if text, ok := texts["access_group"]; ok {
		return desk.InvalidFields(map[string]string{"guard": text})
	}
	return err
}

func (h handler) makeQueue(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.queuesPage(r)
	if err != nil {
		return err
	}
	if err := partOf(page.New != nil); err != nil {
		return err
	}
	var q desk.Queue
	if err = readQueue(r, &q); err == nil {
		q.ID, err = h.svc.CreateQueue(r.Context(), web.Actor(r), q)
	}
	if err != nil {
		page.New.refuse(r, queueError(err))
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, placeURL("queue", int64(q.ID)), web.T("admin.done.made", q.Name))
}

// queue shows one queue with its watchers.
func (h handler) queue(w http.ResponseWriter, r *http.Request) error {
	page, _, err := h.queuePage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) queuePage(r *http.Request) (*QueuePage, *desk.Queue, error) {
	f, err := h.frame(r, "admin.queues")
	if err != nil {
		return nil, nil, err
	}
	if err := partOf(f.Queues); err != nil {
		return nil, nil, err
	}
	id, err := web.ID[desk.QueueID](r, "id")
	if err != nil {
		return nil, nil, err
	}
	q, err := h.svc.Queue(r.Context(), web.Actor(r), id)
	if err != nil {
		return nil, nil, err
	}
	held, err := h.svc.Held(r.Context(), web.Actor(r), desk.OnQueue(id))
	if err != nil {
		return nil, nil, err
	}
	page := &QueuePage{Nav: f.nav, URL: placeURL("queue", int64(id)), Name: q.Name, About: q.Description, Disabled: q.Disabled}
	page.Switch, page.AllGrants = held.Has(desk.AdminQueue), grantsLink("where", "queue:"+q.Name)
	if f.Grants {
		page.Sees = whoLink(desk.ShowTicket, "queue:"+q.Name)
	}
	if page.Switch {
		if page.Settings, err = h.queueSettings(r, q, page.URL); err != nil {
			return nil, nil, err
		}
		if page.Kept, err = h.keptOf(r.Context(), web.Actor(r), q); err != nil {
			return nil, nil, err
		}
	}
	if err := h.fillLife(r, page, id, f.Clocks && page.Switch); err != nil {
		return nil, nil, err
	}
	if err := h.fillWatchers(r, page, id, held.Has(desk.ModifyQueueWatchers)); err != nil {
		return nil, nil, err
	}
	page.Grants, err = h.queueGrants(r, q)
	return page, q, err
}

// queueGrants are the grants on a queue and on the group that guards it.
func (h handler) queueGrants(r *http.Request, q *desk.Queue) ([]GrantRow, error) {
	rows, err := h.grantRows(r, 0, desk.OnQueue(q.ID))
	if err != nil || q.AccessGroup == 0 {
		return rows, err
	}
	more, err := h.grantRows(r, 0, desk.OnGroup(q.AccessGroup))
	return append(rows, more...), err
}

// fillWatchers fills in who stands in roles of the queue.
func (h handler) fillWatchers(r *http.Request, page *QueuePage, id desk.QueueID, may bool) error {
	list, err := h.svc.WatchersOf(r.Context(), web.Actor(r), id)
	if err != nil {
		return err
	}
	for _, line := range list {
		watcher := QueueWatcher{Member: membership(line.Name), Role: roleText(line.Role, line.RoleName)}
		if may {
			watcher.Member.Remove = strconv.Itoa(int(line.Role)) + " " + strconv.FormatInt(int64(line.Name.ID), 10)
		}
		page.Watchers = append(page.Watchers, watcher)
	}
	if !may {
		return nil
	}
	roles, err := h.svc.Roles(r.Context(), web.Actor(r))
	page.Add = &MemberForm{Who: whoField(), How: web.Field{Form: "add-", Name: "role", Kind: "select", Options: roleOptions(roles, desk.AdminCc)}}
	return err
}

// roleOptions are the roles in which one can stand on a whole queue.
func roleOptions(roles []desk.Role, chosen desk.RoleID) []web.Option {
	var list []web.Option
	for _, role := range roles {
		if role.ID == desk.Owner || role.Single || role.Disabled {
			continue
		}
		list = append(list, web.Option{Value: strconv.Itoa(int(role.ID)), Label: roleText(role.ID, role.Name), Selected: role.ID == chosen})
	}
	return list
}

// roleText is a role's name: that of a built-in one in the reader's language.
func roleText(id desk.RoleID, name string) web.Text {
	if id.Builtin() {
		return web.T("role." + strings.ToLower(id.BuiltinName()))
	}
	return web.Plain(name)
}

func (h handler) changeQueue(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, q, err := h.queuePage(r)
	if err != nil {
		return err
	}
	if page.Settings == nil {
		return desk.Errorf(desk.Forbidden, "You may not change this queue: it asks for the right AdminQueue.")
	}
	if err = stale(r, page.Settings.Seen); err == nil {
		err = h.saveQueue(r, *q)
	}
	if err != nil {
		page.Settings.refuse(r, queueError(err))
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.saved"))
}

func (h handler) saveQueue(r *http.Request, q desk.Queue) error {
	if err := readQueue(r, &q); err != nil {
		return err
	}
	if err := readPresences(r, &q.Presences); err != nil {
		return err
	}
	var err error
	if q.Sharing, err = readSharing(r); err != nil {
		return err
	}
	return h.svc.UpdateQueue(r.Context(), web.Actor(r), q)
}

func (h handler) switchQueue(w http.ResponseWriter, r *http.Request) error {
	disable, err := switched(r)
	if err != nil {
		return err
	}
	page, q, err := h.queuePage(r)
	if err != nil {
		return err
	}
	q.Disabled = disable
	if err := h.svc.UpdateQueue(r.Context(), web.Actor(r), *q); err != nil {
		return err
	}
	return h.done(w, r, page.URL, switchedText(q.Name, disable))
}

// addWatcher puts somebody into a role of a queue.
func (h handler) addWatcher(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, q, err := h.queuePage(r)
	if err != nil {
		return err
	}
	if page.Add == nil {
		return desk.Errorf(desk.Forbidden, "You may not choose the watchers of this queue: it asks for the right ModifyQueueWatchers.")
	}
	watcher := desk.Watcher{Queue: q.ID}
	if watcher.Who, err = h.svc.FindWatcher(r.Context(), web.Actor(r), q.ID, r.PostFormValue("who")); err == nil {
		watcher.Role, err = readRole(r.PostFormValue("role"))
	}
	if err == nil {
		err = h.svc.AddQueueWatcher(r.Context(), web.Actor(r), watcher)
	}
	if err != nil {
		page.Add.refuse(r, err)
		return h.showRefused(w, r, page.View(), err)
	}
	return h.done(w, r, page.URL, web.T("admin.done.added", r.PostFormValue("who")))
}

func readRole(text string) (desk.RoleID, error) {
	id, err := strconv.ParseUint(text, 10, 8)
	if err != nil || id == 0 || id > uint64(desk.LastRole) {
		return 0, desk.InvalidFields(map[string]string{"role": "Choose one of these."})
	}
	return desk.RoleID(id), nil
}

// removeWatcher takes somebody out of a role of a queue.
func (h handler) removeWatcher(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	id, err := web.ID[desk.QueueID](r, "id")
	if err != nil {
		return err
	}
	role, who, _ := strings.Cut(r.PostFormValue("watcher"), " ")
	watcher := desk.Watcher{Queue: id}
	if watcher.Role, err = readRole(role); err != nil {
		return err
	}
	number, err := strconv.ParseInt(who, 10, 64)
	if err != nil {
		return desk.Errorf(desk.NotFound, "There is no such watcher.")
	}
	watcher.Who = desk.PrincipalID(number)
	if err := h.svc.RemoveQueueWatcher(r.Context(), web.Actor(r), watcher); err != nil {
		return err
	}
	return h.done(w, r, placeURL("queue", int64(id)), web.T("admin.done.removed"))
}
