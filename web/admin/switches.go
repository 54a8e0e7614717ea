package admin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/web"
)

// switchSettings are the settings behind the switches of the page.
func switchSettings() map[string]string {
	return map[string]string{"group": service.SettingGroupSupport, "other": service.SettingOtherCustomers, "company": service.SettingCompanyTickets}
}

// switches shows the switches of access.
func (h handler) switches(w http.ResponseWriter, r *http.Request) error {
	page, err := h.switchesPage(r)
	if err != nil {
		return err
	}
	return h.site.Show(w, r, page.View())
}

func (h handler) switchesPage(r *http.Request) (*SwitchesPage, error) {
	f, err := h.frame(r, "admin.switches")
	if err != nil {
		return nil, err
	}
	if err := partOf(f.Switches); err != nil {
		return nil, err
	}
	got, err := h.svc.AccessSwitches(r.Context(), web.Actor(r))
	if err != nil {
		return nil, err
	}
	page := &SwitchesPage{Nav: f.nav, Undo: takeBackOf(r), Switches: []SwitchRow{
		{Name: "group", On: got.GroupSupport, May: got.Change, Keep: !got.GroupSupport},
		{Name: "other", On: got.OtherCustomers, May: got.Change}, {Name: "company", On: got.CompanyTickets, May: got.Change}}}
	if got.GroupSupport {
		return page, nil
	}
	for _, k := range got.Keep {
		if !k.Granted {
			page.Keep = append(page.Keep, KeepRow{Value: keepValue(k.Grant.Place), Name: k.Name.Text, Queues: k.Queues,
				Queue: k.Grant.Place.Kind == desk.QueuePlace, Checked: true})
		}
	}
	return page, nil
}

func keepValue(p desk.Place) string {
	kind := "group."
	if p.Kind == desk.QueuePlace {
		kind = "queue."
	}
	return kind + strconv.FormatInt(p.ID, 10)
}

// setSwitch turns a switch, with the grants that keep things as they are.
func (h handler) setSwitch(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	page, err := h.switchesPage(r)
	if err != nil {
		return err
	}
	name := r.PathValue("switch")
	in := service.SwitchChange{Setting: switchSettings()[name], On: r.PostFormValue("on") == "yes"}
	kept := r.PostForm["keep"]
	for _, value := range kept {
		kind, number, _ := strings.Cut(value, ".")
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			continue
		}
		place := desk.OnGroup(desk.GroupID(id))
		if kind == "queue" {
			place = desk.OnQueue(desk.QueueID(id))
		}
		in.Keep = append(in.Keep, place)
	}
	change, err := h.svc.SetSwitch(r.Context(), web.Actor(r), in)
	if err != nil {
		for i := range page.Keep {
			page.Keep[i].Checked = slices.Contains(kept, page.Keep[i].Value)
		}
		page.Error = web.Plain(desk.Sentence(err))
		return h.showRefused(w, r, page.View(), err)
	}
	done := "switch.turned.off"
	if in.On {
		done = "switch.turned.on"
	}
	return h.done(w, r, withUndo("/admin/switches", change), web.T(done))
}
