package cli

import (
	"gatehouse/desk"
	"gatehouse/service"
)

type accessSwitch struct {
	Switch string `arg:"" enum:"group,other,company" help:"group: group support for contacts and customers; other: tickets of other customers; company: tickets of one's own customers."`
	State  string `arg:"" default:"show" enum:"on,off,show" help:"on, off, or show."`
	Keep   bool   `help:"With group on: grant all contacts rw for their own tickets wherever they work now, in the same change."`
}

type switchLine struct {
	Switch string   `json:"switch"`
	On     bool     `json:"on"`
	Keep   []string `json:"keep"`
}

// Run turns the switch, or shows it.
func (cmd *accessSwitch) Run(c *caller) error {
	now, err := c.svc.AccessSwitches(c.ctx, c.by)
	if err != nil {
		return err
	}
	known := map[string]struct {
		setting string
		on      bool
	}{"group": {service.SettingGroupSupport, now.GroupSupport}, "other": {service.SettingOtherCustomers, now.OtherCustomers},
		"company": {service.SettingCompanyTickets, now.CompanyTickets}}[cmd.Switch]
	var places []desk.Place
	line := switchLine{Switch: cmd.Switch, On: known.on}
	for _, k := range now.Keep {
		if !k.Granted {
			places, line.Keep = append(places, k.Grant.Place), append(line.Keep, k.Name.Ref)
		}
	}
	if cmd.State == "show" {
		return printThing(c.app, line)
	}
	change := service.SwitchChange{Setting: known.setting, On: cmd.State == "on"}
	if cmd.Keep && cmd.Switch == "group" && change.On {
		change.Keep = places
	}
	number, err := c.svc.SetSwitch(c.ctx, c.by, change)
	if err != nil {
		return err
	}
	return c.done(number, "The switch %s is %s. Take it back with: gatehouse access take-back %d", cmd.Switch, cmd.State, number)
}
