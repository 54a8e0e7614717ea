package web

import (
	"net/http"
	"strings"

	"gatehouse/desk"
)

// A DeviceLine is one of the browsers that show messages of the desk.
type DeviceLine struct {
	ID      desk.DeviceID
	Name    string
	Created Moment
	Used    Moment
}

// fillDevices adds the reader's devices, and what a new one must know.
func (a account) fillDevices(r *http.Request, p *AccountPage) error {
	reader := ReaderOf(r)
	list, err := a.svc.Devices(r.Context(), reader.Actor)
	if err != nil {
		return err
	}
	for _, d := range list {
		line := DeviceLine{ID: d.ID, Name: d.Name, Created: reader.In(d.Created)}
		if !d.Used.IsZero() {
			line.Used = reader.In(d.Used)
		}
		p.Devices = append(p.Devices, line)
	}
	p.DeviceName = Field{Form: "device-", Name: "name", Autocomplete: "off"}
	if !p.MayChange {
		return nil
	}
	p.DeviceKey, err = a.svc.PushKey(r.Context(), reader.Actor)
	return err
}

// addDevice takes what a browser says of itself.
func (a account) addDevice(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	err := a.svc.AddDevice(r.Context(), Actor(r), desk.Device{Name: strings.TrimSpace(r.PostFormValue("name")),
		Endpoint: r.PostFormValue("endpoint"), Key: r.PostFormValue("key"), Auth: r.PostFormValue("auth")})
	return a.done(w, r, err, "account.device.added", func(p *AccountPage) []*Field { return []*Field{&p.DeviceName} })
}

// removeDevice takes a device away.
func (a account) removeDevice(w http.ResponseWriter, r *http.Request) error {
	id, err := ID[desk.DeviceID](r, "id")
	if err != nil {
		return err
	}
	return a.done(w, r, a.svc.RemoveDevice(r.Context(), Actor(r), id), "account.device.removed", noFields)
}

// tryDevice sends a device a message.
func (a account) tryDevice(w http.ResponseWriter, r *http.Request) error {
	id, err := ID[desk.DeviceID](r, "id")
	if err != nil {
		return err
	}
	return a.done(w, r, a.svc.TryDevice(r.Context(), Actor(r), id), "account.device.tried", noFields)
}
