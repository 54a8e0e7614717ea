// Package cli is the program's command line: it reads flags and settings,
// calls the service, and prints what comes back.
//
// The commands are the fields of the grammar, one type each. They act as the
// desk itself, which may everything, unless --as names a user; then they may
// what he may. Lists are tables for people and, with --json, JSON with stable
// keys for programs. What goes wrong is one sentence on standard error, and an
// exit code of the table in exit.go.
//
// It holds no rules of the desk: what may be done, and what follows, is decided
// in package service.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"gatehouse/config"
	"gatehouse/desk"
)

// A Process is what a command has of the world around it.
type Process struct {
	Name string   // what people type to run the program
	Args []string // after the name
	In   io.Reader
	Out  io.Writer
	Err  io.Writer
	Env  func(name string) (string, bool)
	Now  func() time.Time
}

// ThisProcess is the process that runs the program.
func ThisProcess() Process {
	name := os.Args[0]
	if strings.Contains(name, "go-build") {
		name = "go run ."
	}
	return Process{Name: name, Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.LookupEnv, Now: time.Now}
}

// grammar is the command line: a field is a flag or a command.
type grammar struct {
	Help   helpFlag `short:"h" help:"Show help of the program or of a command."`
	Config string   `placeholder:"FILE" help:"File of settings, lines of the form name = value (GATEHOUSE_CONFIG)."`
	As     string   `placeholder:"USER" help:"Act as this user, with his rights, instead of as the desk itself."`
	JSON   bool     `name:"json" help:"Print JSON."`
	WhatIf bool     `help:"Change nothing; print who would gain and who would lose what, on how many tickets."`

	Serve         serveCommand         `cmd:"" help:"Serve the pages, take letters and send them."`
	Demo          demoCommand          `cmd:"" help:"Fill an empty data directory with a small desk and serve it."`
	Migrate       migrateCommand       `cmd:"" help:"Show and apply the plan of the database's schema."`
	Mail          mailCommand          `cmd:"" help:"Take letters in."`
	Post          postCommand          `cmd:"" help:"See letters that came in and that go out."`
	User          userCommand          `cmd:"" help:"Agents and contacts."`
	Customer      customerCommand      `cmd:"" help:"Customers: companies with contacts."`
	Group         groupCommand         `cmd:"" help:"Groups of users and groups."`
	LifeCycle     lifeCycleCommand     `cmd:"" help:"Life cycles: through which statuses the tickets of a queue go."`
	Clock         clockCommand         `cmd:"" help:"Calendars, and how long customers may wait."`
	Queue         queueCommand         `cmd:"" help:"Queues and who watches them."`
	Field         fieldCommand         `cmd:"" help:"Custom fields of tickets, users and customers."`
	Role          roleCommand          `cmd:"" help:"Roles on tickets."`
	Grant         grantCommand         `cmd:"" help:"Rights and permissions that were granted."`
	Relation      relationCommand      `cmd:"" help:"Relations of contacts, agents, customers and groups, as their pages show them."`
	Permission    permissionCommand    `cmd:"" help:"Permissions: named sets of rights."`
	Ticket        ticketCommand        `cmd:"" help:"Tickets."`
	Batch         batchCommand         `cmd:"" help:"Change many tickets at once, see how far it is, and take it back."`
	ReplyTemplate replyTemplateCommand `cmd:"" help:"Reply templates: texts that agents put into what they write."`
	Reminder      reminderCommand      `cmd:"" help:"Reminders: tickets that come back to somebody at a time."`
	View          viewCommand          `cmd:"" help:"Views: lists of tickets that are kept under a name, and the order in which one has them."`
	Report        reportCommand        `cmd:"" help:"Count tickets."`
	Dashboard     dashboardCommand     `cmd:"" help:"Dashboards: pages of reports, for oneself, a group or the desk."`
	Work          workCommand          `cmd:"" help:"Rules, clocks, life cycles, templates of letters and forms of the portal as a file."`
	Rule          ruleCommand          `cmd:"" help:"Rules: what the desk does by itself."`
	Approval      approvalCommand      `cmd:"" help:"Approvals: who is asked to agree before a ticket is done."`
	Blueprint     blueprintCommand     `cmd:"" help:"Blueprints: working schemas that are set up at once."`
	Import        importCommand        `cmd:"" help:"Bring people, customers and grants in from files."`
	Directory     directoryCommand     `cmd:"" help:"Directories: contacts from LDAP servers and other databases."`
	Access        accessCommand        `cmd:"" help:"Ask who may do what, and why."`
	Audit         accessLog            `cmd:"" help:"List what was changed, newest first, with what was before and after."`
	Token         tokenCommand         `cmd:"" help:"Tokens for the API."`
	Setting       settingCommand       `cmd:"" help:"Settings that are kept in the database and changed while the desk runs."`
	FirstKey      firstKeyCommand      `cmd:"" help:"Print a link by which the first superuser of a fresh desk makes his account."`
	Settings      configCommand        `cmd:"" name:"config" help:"List every setting with its value, source and default."`
	Backup        backupCommand        `cmd:"" help:"Write the whole desk into a file, while it is served."`
	Restore       restoreCommand       `cmd:"" help:"Fill an empty desk from a backup, made in either database."`
	Verify        verifyCommand        `cmd:"" help:"Read the whole desk and say what is not as it must be."`
	Doctor        doctorCommand        `cmd:"" help:"Look at all that the desk depends on: settings, directory, disk, database, clock, names, relays, directories of people."`
	Checkup       checkupCommand       `cmd:"" help:"Look for likely mistakes: queues without people, grants to nobody, rules that never ran, mail that fails."`
	Healthz       healthzCommand       `cmd:"" help:"Ask the desk that is being served whether it is well."`
	Bench         benchCommand         `cmd:"" help:"Make a desk of a given size and measure on it."`
	Version       versionCommand       `cmd:"" help:"Show the program's version."`
}

const description = `Gatehouse is a service desk.

Begin with "gatehouse demo". Objects are written system, group:NAME, customer:KEY, queue:NAME and ticket:ID, users by login or mail address. Every setting that "gatehouse config" lists is also a flag: --web 127.0.0.1:9000, --relay mail.example.org:25.`

// Run runs one command and returns the exit code.
func Run(ctx context.Context, p Process) int {
	a := &app{ctx: ctx, p: p}
	err := a.run()
	if closeErr := a.close(); err == nil {
		err = closeErr
	}
	code := exitCode(err)
	if err != nil && !errors.Is(err, errSilent) {
		fmt.Fprintf(p.Err, "gatehouse: %s\n", oneSentence(err))
	}
	return code
}

func (a *app) run() error {
	g := &grammar{}
	flags := settingFlags()
	parser, err := a.parser(g, flags)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(a.p.Args)
	if errors.Is(err, errHelpShown) {
		return nil
	}
	if err != nil {
		return usageError(err, a.p.Args)
	}
	a.as, a.json = g.As, g.JSON
	if err := a.loadConfig(g.Config, flags); err != nil {
		return err
	}
	if g.WhatIf {
		return a.rehearse(parsed)
	}
	return parsed.Run(a)
}

// parser returns what reads the command line into g and the settings' flags.
func (a *app) parser(g *grammar, flags reflect.Value) (*kong.Kong, error) {
	return kong.New(g,
		kong.Name("gatehouse"), kong.Description(description), kong.Writers(a.p.Out, a.p.Err),
		kong.NoDefaultHelp(), kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Embed(flags.Interface()),
		kong.BindSingletonProvider(a.caller))
}

// usageError says what is wrong with the command line and where help is.
func usageError(err error, args []string) error {
	command := "gatehouse"
	for _, arg := range args {
		if strings.HasPrefix(arg, "-") || strings.Contains(err.Error(), arg) {
			break
		}
		command += " " + arg
	}
	return &failure{code: exitUsage, err: fmt.Errorf("%w; see `%s --help`", err, command)}
}

// helpFlag prints help instead of running the command.
type helpFlag bool

var errHelpShown = errors.New("help was shown")

// IgnoreDefault tells kong that the flag has no default.
func (helpFlag) IgnoreDefault() {}

// BeforeReset is called by kong as soon as it has seen the flag.
func (helpFlag) BeforeReset(ctx *kong.Context) error {
	return errors.Join(ctx.PrintUsage(false), errHelpShown)
}

// settingFlags makes a struct with a field per setting, from which kong makes
// the flags. Fields are pointers: nil where the flag was not given.
func settingFlags() reflect.Value {
	var fields []reflect.StructField
	for _, s := range config.Table() {
		hidden := ` hidden:""`
		if s.Name == "data" || s.Name == "database" {
			hidden = ""
		}
		fields = append(fields, reflect.StructField{
			Name: "Set_" + s.Name, Type: reflect.TypeFor[*string](),
			Tag: reflect.StructTag(fmt.Sprintf(`name:%q help:%q placeholder:"VALUE"%s`, strings.TrimPrefix(s.Flag, "--"), s.Help, hidden)),
		})
	}
	return reflect.New(reflect.StructOf(fields))
}

// loadConfig reads the settings from file, environment and flags.
func (a *app) loadConfig(file string, flags reflect.Value) error {
	from := config.Sources{Env: a.p.Env, Flags: map[string]string{}}
	for i, s := range config.Table() {
		if given := flags.Elem().Field(i); !given.IsNil() {
			from.Flags[s.Name] = given.Elem().String()
		}
	}
	if file == "" {
		file, _ = a.p.Env("GATEHOUSE_CONFIG")
	}
	if file != "" {
		f, err := os.Open(filepath.Clean(file))
		if err != nil {
			return &failure{code: exitConfig, err: fmt.Errorf("the file of settings cannot be read: %w", err)}
		}
		defer f.Close()
		from.File = f
	}
	var err error
	if a.conf, err = config.Load(from); err != nil {
		return &failure{code: exitConfig, err: err}
	}
	return nil
}

// actor returns who the command acts as.
func (a *app) actor() (desk.Actor, error) {
	system := desk.System(desk.ViaCLI)
	if a.as == "" {
		return system, nil
	}
	id, err := a.svc.Find(a.ctx, system, "user:"+a.as)
	if err != nil {
		return desk.Actor{}, err
	}
	return desk.Actor{User: desk.UserID(id), Via: desk.ViaCLI}, nil
}
