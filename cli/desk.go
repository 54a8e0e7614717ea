package cli

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

type configCommand struct{}

// Run lists the settings. A wrong one was refused before.
func (cmd *configCommand) Run(a *app) error { return printList(a, a.conf.Lines()) }

type settingCommand struct {
	Show settingShow `cmd:"" help:"Show a setting."`
	Set  settingSet  `cmd:"" help:"Change a setting; it holds at once."`
}

type settingShow struct {
	Name string `arg:"" help:"customers_on_tickets: how customers take part where neither queue nor customer says otherwise, three words for Requestor, Cc and AdminCc."`
}

// Run shows the setting.
func (cmd *settingShow) Run(c *caller) error {
	value, err := c.svc.Setting(c.ctx, c.by, cmd.Name)
	if err != nil {
		return err
	}
	return printThing(c.app, struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}{cmd.Name, value})
}

type settingSet struct {
	Name  string `arg:"" help:"customers_on_tickets, second_factor, desk_name, default_language or default_zone, or one that access export shows."`
	Value string `arg:"" help:"As \"replace add off\"."`
}

// Run changes the setting.
func (cmd *settingSet) Run(c *caller) error {
	if err := c.svc.SetSetting(c.ctx, c.by, cmd.Name, cmd.Value); err != nil {
		return err
	}
	return c.done(0, "The setting %s is changed.", cmd.Name)
}

type versionCommand struct{}

// release is the version of a package, set by the linker; else it is empty.
var release string

// Run shows the version of the package, or the one that the go command built
// in.
func (cmd *versionCommand) Run(a *app) error {
	line := struct {
		Version string `json:"version"`
		Edition int    `json:"edition"`
		Go      string `json:"go"`
	}{Version: programVersion(), Edition: service.Edition}
	if info, ok := debug.ReadBuildInfo(); ok {
		line.Go = info.GoVersion
	}
	return printThing(a, line)
}

// programVersion is the version of the package, or else what was built.
func programVersion() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}

type migrateCommand struct {
	Plan bool `help:"Only show the plan."`
}

type migrationLine struct {
	Version int64  `json:"version"`
	Name    string `json:"name"`
	Applied bool   `json:"applied"`
}

// Run shows the plan, applies what is not applied, and says what it did.
func (cmd *migrateCommand) Run(a *app) error {
	plan, err := a.plan()
	if err != nil {
		return err
	}
	waiting := 0
	for _, m := range plan {
		if !m.Applied {
			waiting++
		}
	}
	if err := printList(a, plan); err != nil || cmd.Plan || waiting == 0 {
		return err
	}
	if err := a.open(true, nil); err != nil {
		return err
	}
	if !a.json {
		fmt.Fprintf(a.p.Out, "%s applied.\n", counted(waiting, "step"))
	}
	return nil
}

type healthzCommand struct{}

// Run asks the desk that listens where the settings say.
func (cmd *healthzCommand) Run(a *app) error {
	if a.conf.Web == "" {
		return &failure{exitConfig, desk.Errorf(desk.Invalid, "The setting web is off, so there is nobody to ask.")}
	}
	ctx, cancel := context.WithTimeout(a.ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+a.conf.Web+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return &failure{exitUnavailable, fmt.Errorf("the desk at http://%s/ does not answer: %w", a.conf.Web, err)}
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return &failure{exitUnavailable, fmt.Errorf("the desk at http://%s/ answers but is not ready: %s", a.conf.Web, response.Status)}
	}
	return printThing(a, struct {
		State string `json:"state"`
	}{"ready"})
}

// plan returns the steps of the schema, applied or not.
func (a *app) plan() ([]migrationLine, error) {
	steps, err := store.PlanOf(a.ctx, a.storeOptions(false, nil))
	if err != nil {
		return nil, err
	}
	return mapped(steps, func(m *store.Migration) migrationLine { return migrationLine{m.Version, m.Name, m.Applied} }), nil
}
