package webtest_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func words(s string) []string { return strings.Fields(s) }

// A line says how to ask for the pages of one pattern.
type line struct {
	of    string   // whose numbers stand for {id}, {message}, {queue} and {change}
	fills []string // what stands for the other parts in braces, one after another
	tries []string // queries of a GET and forms of a POST, beside the empty one
	files bool     // what comes is no page: a file, an event, JSON
	calm  bool     // a form in which hints would be taken; only its tries are sent
	alone string   // why it is not asked at all
}

// hints are what somebody would look for who suspects something: words and
// numbers of what is hidden.
const hints = "who=group:Cabal&name=Cabal&queue=Vault&to=Vault&where=queue:Vault&customer=hooli&target=3&into=3&guard=106&member=hooly&watcher=hooly"

// more are the same, by numbers.
const more = "who=hooly&name=Secret&queue=2&to=2&where=ticket:3&customer=111&target=4&into=4&owner=112&member=112&role=5&version=1&status=resolved"

// reportTries are reports that would count what is hidden.
var reportTries = []string{"by=queue&and=status", "by=requestor", "by=customer&and=owner", "query=Queue='Vault'&by=status", "query=Subject+LIKE+'secret'+OR+LinkedTo=3&chart=number", "measure=age&by=priority", "by=flow-day", "by=field-1"}

// lines has one line for each pattern of the router. A new page needs one.
var lines = map[string]line{
	"/": {}, "/agent/": {alone: "what is below has lines of its own"}, "GET /{$}": {},
	"GET /assets/":   {alone: "the same files for everybody"},
	"GET /device.js": {alone: "the same script for everybody", files: true},
	"GET /sign-in":   {tries: []string{"next=/agent/tickets/3"}},
	"GET /first":     {tries: []string{"key=x"}}, "POST /first": {tries: []string{"key=x"}},
	"GET /admin/first": {}, "POST /admin/first/letter": {alone: "a letter to oneself"}, "POST /admin/first/{step}": {fills: []string{"relay", "off"}},
	"GET /admin/languages": {tries: []string{"text=secret"}}, "GET /admin/roles": {}, "POST /admin/roles": {tries: []string{"name=Secret"}}, "GET /admin/roles/{id}": {of: "other"}, "POST /admin/roles/{id}": {of: "other", tries: []string{"name=x"}}, "POST /admin/roles/{id}/{switch}": {of: "other", fills: []string{"disable"}},
	"POST /admin/users/{id}/sign-ins/end": {of: "user", tries: []string{"token=x"}}, "GET /admin/settings": {}, "POST /admin/settings/{section}": {fills: []string{"desk", "rights"}},
	"POST /sign-in":      {alone: "it spends seconds on purpose; TestSignInTellsNothing and its like ask"},
	"POST /sign-in/link": {tries: []string{"address=hooly@hooli.example", "address=none@else.example"}}, "GET /sign-in/link": {tries: []string{"token=x"}},
	"POST /sign-in/use-link": {tries: []string{"token=x"}}, "GET /sign-in/second": {}, "POST /sign-in/second": {}, "GET /sign-in/setup": {}, "POST /sign-in/setup": {},
	"POST /sign-in/passkey/ask": {alone: "a challenge is new each time"}, "POST /sign-in/passkey": {}, "GET /sign-in/with/{id}": {of: "directory"},
	"GET /sign-in/from": {}, "GET /rate/{token}": {fills: []string{"1.108-x"}}, "POST /rate/{token}": {fills: []string{"1.108-x"}, tries: []string{"mark=content"}}, "GET /unsubscribe/{token}": {fills: []string{"x"}}, "POST /unsubscribe/{token}": {fills: []string{"x"}},
	"POST /sign-out": {alone: "who signs out sees nothing more"}, "POST /preferences": {},

	"POST /account/devices": {}, "POST /account/devices/{id}/try": {of: "other"}, "POST /account/devices/{id}/remove": {of: "other"},
	"POST /account/companies/{id}/letters": {of: "customer"},
	"GET /account":                         {}, "POST /account/data": {}, "POST /account/password": {}, "GET /account/app": {alone: "a secret is new each time"}, "POST /account/app": {},
	"POST /account/app/remove": {}, "POST /account/codes": {}, "POST /account/passkeys/begin": {alone: "a challenge is new each time"}, "POST /account/passkeys": {},
	"POST /account/passkeys/remove": {}, "POST /account/sessions/end": {tries: []string{"session=x"}}, "POST /account/sessions/end-others": {}, "POST /account/tokens": {},
	"POST /account/tokens/end": {tries: []string{"token=x"}}, "POST /account/tokens/renew": {tries: []string{"token=x&days=90", "token=x&days=90&secret=on"}}, "POST /account/connect/{id}": {of: "directory"}, "POST /account/disconnect/{id}": {of: "directory"},

	"GET /agent/{$}": {}, "GET /agent/tickets": {tries: listTries}, "GET /agent/tickets.csv": {files: true, tries: listTries},
	"POST /agent/tickets":    {tries: []string{"queue=Vault&subject=x&text=x", "queue=Support&subject=", "queue=Support&subject=x&requestor=group:Cabal", "queue=Nowhere&subject=x"}},
	"GET /agent/tickets/new": {tries: []string{"queue=Vault", "queue=Support", "queue=2", "from=3"}}, "GET /agent/tickets/build": {files: true, tries: []string{"field=Queue&how==&value=Vault"}},
	"GET /agent/reports": {tries: reportTries}, "GET /agent/reports.csv": {files: true, tries: reportTries},
	"POST /agent/reports":   {calm: true, tries: []string{"dashboard=new&for=group:Cabal&name=x", "dashboard=1"}},
	"GET /agent/dashboards": {}, "POST /agent/dashboards": {calm: true, tries: []string{"name=x&from=1", "name=x&for=106"}},
	"GET /agent/dashboards/{id}": {of: "dashboard"}, "POST /agent/dashboards/{id}": {of: "dashboard", tries: []string{"name=x"}}, "GET /agent/dashboards/{id}/edit": {of: "dashboard"},
	"POST /agent/dashboards/{id}/{do}": {of: "dashboard", fills: []string{"subscribe"}, tries: []string{"every=daily&hour=8"}},
	"POST /agent/views":                {calm: true, tries: []string{"name=&address=queue=Vault", "name=x&for=group:Cabal&address=status%3Dnew", "name=x&for=106"}}, "POST /agent/views/{id}": {of: "view", tries: []string{"name=x"}},
	"POST /agent/views/{id}/{do}": {of: "view", fills: []string{"share", "remove"}, tries: []string{"for=106"}},
	"GET /agent/views":            {tries: []string{"undo=1", "did=up:mine"}}, "POST /agent/views/arrange": {tries: []string{"do=up:open", "do=hide:1", "do=start:1", "do=usual"}}, "POST /agent/views/start": {tries: []string{"view=mine&for=106", "view=1&for=desk", "view=open&for=me"}}, "GET /agent/tickets/{id}": ticketLine, "GET /agent/tickets/{id}/who": ticketLine, "GET /agent/tickets/{id}/links": {of: "ticket", tries: []string{"target=3", "into=3", "target=4&type=depends_on"}},
	"POST /agent/tickets/{id}/links":        {of: "ticket", tries: []string{"type=refers_to&target=3", "type=depends_on&target=%233", "type=refers_to&target=77", "type=x&target=1"}},
	"POST /agent/tickets/{id}/links/remove": {of: "ticket", tries: []string{"type=refers_to&target=3", "type=refers_to&target=77"}}, "POST /agent/tickets/{id}/merge": {of: "ticket", tries: []string{"into=3", "into=77"}},
	"POST /agent/tickets/{id}/unmerge": ticketLine, "POST /agent/tickets/{id}/draft": {of: "ticket", files: true, tries: []string{"kind=reply&text=x"}}, "GET /agent/forward/{message}": {of: "message"},
	"POST /agent/forward/{message}": {of: "message", tries: []string{"to=nowhere&text=x"}}, "POST /agent/tickets/{id}/reply": {of: "ticket", tries: []string{"text=", "also=nowhere&text=x"}},
	"POST /agent/tickets/{id}/comment": {of: "ticket", tries: []string{"text="}}, "POST /agent/tickets/{id}/status": {of: "ticket", tries: []string{"status=nonsense", "status=stalled"}},
	"POST /agent/tickets/{id}/owner": {of: "ticket", tries: []string{"owner=root", "owner=hooly", "owner=nobody&do=give", "do=take"}}, "POST /agent/tickets/{id}/queue": {of: "ticket", tries: []string{"queue=Vault", "queue=2", "queue=Nowhere"}},
	"POST /agent/tickets/{id}/facts": {of: "ticket", tries: []string{"subject=", "priority=9"}}, "POST /agent/tickets/{id}/fields": ticketLine, "POST /agent/tickets/{id}/customer": {of: "ticket", tries: []string{"customer=hooli", "customer=none", "customer=globex"}},
	"POST /agent/tickets/{id}/sharing": {of: "ticket", tries: []string{"sharing=managers"}}, "POST /agent/tickets/{id}/watchers": {of: "ticket", tries: []string{"role=2&who=hooly", "role=2&who=group:Cabal", "role=3&who=nobody", "role=99&who=gus"}},
	"POST /agent/tickets/{id}/suggestions": {of: "ticket", tries: []string{"suggestion=1&decision=discard"}}, "POST /agent/tickets/{id}/watchers/remove": {of: "ticket", tries: []string{"watcher=3-106", "role=3&who=106"}},
	"GET /agent/delegations": {}, "POST /agent/delegations": {tries: []string{"source=1&to=Cabal", "what=SeeQueue&where=queue:Vault&to=anna", "what=SeeQueue&where=queue:Support&to=group:Cabal"}}, "POST /agent/delegations/{id}/withdraw": {of: "grant"},
	"POST /agent/personal-groups": {tries: []string{"name="}}, "POST /agent/personal-groups/{id}": {of: "group", tries: []string{"name=x", "who=hooly&do=add"}}, "GET /agent/message/{id}/html": {of: "message", files: true}, "GET /agent/attachment/{id}": {of: "attachment", files: true},
	"GET /agent/suggest": {files: true, tries: []string{"q=h", "q=hool", "q=cab", "q=sec", "q=g", "q=vault", "q=hool&for=customer"}},

	"GET /portal/{$}": {tries: []string{"all=1", "text=secret", "after=1"}}, "GET /portal/company": {tries: []string{"text=secret", "company=hooli", "customer=hooli", "customer=globex"}}, "GET /portal/shared": {tries: []string{"status=all", "before=9"}}, "GET /portal/people/{id}": {of: "customer"},
	"POST /portal/people/{id}": {of: "customer", tries: []string{"address=nowhere", "address=gus@globex.example&part=boss"}}, "POST /portal/people/{id}/change": {of: "customer", tries: []string{"member=112&part=reader", "member=999&remove=1"}},
	"POST /portal/people/{id}/admit": {of: "customer", tries: []string{"member=112", "member=999"}}, "GET /portal/tickets/new": {tries: []string{"queue=Vault", "queue=2", "customer=hooli"}},
	"POST /portal/tickets": {tries: []string{"queue=2&subject=x&text=x", "queue=Vault&subject=x&text=x", "queue=1&subject=&text=x", "queue=1&subject=x&text=x&customer=hooli", "queue=1&subject=x&text=x&customer=none"}}, "GET /portal/tickets/{id}": {of: "ticket", tries: []string{"all=1"}},
	"POST /portal/tickets/{id}/messages": {of: "ticket", tries: []string{"text=", "text=x&seen=0"}}, "POST /portal/tickets/{id}/fields": ticketLine, "POST /portal/tickets/{id}/rating": {of: "ticket", tries: []string{"mark=content&note=x"}}, "POST /portal/tickets/{id}/follow": ticketLine, "POST /portal/tickets/{id}/unfollow": ticketLine,
	"GET /portal/tickets/{id}/files/{message}/{file}": {of: "ticket", fills: []string{"1", "2", "3", "4"}, files: true},

	"GET /admin/{$}": {}, "GET /admin/checkup": {}, "GET /admin/health": {tries: []string{"look=1"}}, "GET /admin/find": {tries: []string{"text=secret", "text=cabal", "text=hooli", "text=vault", "text=g"}}, "GET /admin/users": {tries: []string{"text=hool", "customer=hooli", "after=100"}}, "POST /admin/users": {tries: []string{"login=hooly&kind=contact", "login="}},
	"GET /admin/users/new": {}, "GET /admin/users/{id}": {of: "user"}, "POST /admin/users/{id}": {of: "user", tries: []string{"name=x"}}, "POST /admin/users/{id}/merge": {of: "user", tries: []string{"into=hooly"}}, "POST /admin/users/{id}/{switch}": {of: "user", fills: []string{"disable"}},
	"POST /admin/users/{id}/factors/reset": {of: "user"}, "POST /admin/users/{id}/fields": {of: "user"}, "GET /admin/users/{id}/export": {of: "user", files: true}, "GET /admin/users/{id}/erase": {of: "user"}, "POST /admin/users/{id}/erase": {of: "user"},
	"GET /admin/customers": {tries: []string{"text=hool", "text=glo"}}, "POST /admin/customers": {tries: []string{"key=hooli", "key="}}, "GET /admin/customers/{id}": {of: "customer"}, "POST /admin/customers/{id}": {of: "customer", tries: []string{"name="}},
	"POST /admin/customers/{id}/{switch}": {of: "customer", fills: []string{"disable"}}, "POST /admin/customers/{id}/members": {of: "customer", tries: []string{"who=hooly&part=boss", "who=nobody"}}, "POST /admin/customers/{id}/members/remove": {of: "customer", tries: []string{"member=112", "member=999"}},
	"POST /admin/customers/{id}/admit": {of: "customer", tries: []string{"member=112"}}, "POST /admin/customers/{id}/parts": {of: "customer", tries: []string{"member=112&part=reader", "member=999&part=reader"}}, "POST /admin/customers/{id}/fields": {of: "customer"},
	"GET /admin/customers/{id}/export": {of: "customer", files: true}, "GET /admin/customers/{id}/erase": {of: "customer"}, "POST /admin/customers/{id}/erase": {of: "customer"},
	"GET /admin/groups": {tries: []string{"text=cabal"}}, "POST /admin/groups": {tries: []string{"name=Cabal"}}, "GET /admin/groups/{id}": {of: "group"}, "POST /admin/groups/{id}": {of: "group", tries: []string{"name=x"}}, "POST /admin/groups/{id}/{switch}": {of: "group", fills: []string{"disable"}},
	"POST /admin/groups/{id}/members": {of: "group", tries: []string{"who=gus"}}, "POST /admin/groups/{id}/members/remove": {of: "group", tries: []string{"member=101"}}, "GET /admin/queues": {}, "POST /admin/queues": {tries: []string{"name=Vault", "name=x&address=vault@desk.example"}},
	"GET /admin/queues/{id}": {of: "queue"}, "POST /admin/queues/{id}": {of: "queue", tries: []string{"name=", "name=Vault", "name=Support&guard=106", "name=Support&address=vault@desk.example"}}, "POST /admin/queues/{id}/{switch}": {of: "queue", fills: []string{"enable"}},
	"POST /admin/queues/{id}/watchers": {of: "queue", tries: []string{"who=group:Cabal&role=3", "who=Cabal&role=3", "who=nobody&role=3"}}, "POST /admin/queues/{id}/watchers/remove": {of: "queue", tries: []string{"watcher=3-106"}}, "POST /admin/queues/{id}/keep": {of: "queue", tries: []string{"days=x"}},
	"GET /admin/queues/{id}/form": {of: "queue", tries: []string{"customer=hooli"}}, "POST /admin/queues/{id}/form": {of: "queue", tries: []string{"customer=hooli&intro=x", "customer=none&intro=x", "required=1"}},
	"GET /admin/fields": {}, "POST /admin/fields": {tries: []string{"name=Secret&kind=text"}}, "GET /admin/fields/new": {}, "POST /admin/fields/order": {tries: []string{"order=1"}}, "GET /admin/fields/{id}": {of: "field"}, "POST /admin/fields/{id}": {of: "field", tries: []string{"name=x"}},
	"POST /admin/fields/{id}/{switch}": {of: "field", fills: []string{"disable"}}, "GET /admin/grants": {tries: []string{"who=Cabal", "who=group:Cabal", "what=ShowAudit", "where=queue:Vault", "where=queue:Support"}}, "GET /admin/grants/new": {tries: []string{"who=Cabal", "where=queue:Vault"}}, "GET /admin/grants.csv": {files: true, tries: []string{"who=Cabal", "where=queue:Vault", "what=ShowAudit"}},
	"POST /admin/grants": {tries: []string{"who=group:Cabal&what=rw&where=queue:Support&do=look", "who=Cabal&what=rw&where=queue:Support&do=look", "who=anna&what=rw&where=queue:Vault&do=look", "who=nobody&what=secret&where=queue:Support&do=look"}}, "GET /admin/grants/{id}/revoke": {of: "grant"}, "POST /admin/grants/{id}/revoke": {of: "grant", alone: "the number of a grant is new each time"},
	"GET /admin/relations": {}, "GET /admin/relations/{relation}": {fills: relationNames, tries: []string{"text=secret"}}, "GET /admin/relations/{relation}/{side}/{id}": {of: "group", fills: relationSides, tries: []string{"text=secret"}},
	"POST /admin/relations/{relation}/{side}/{id}": {of: "group", fills: relationSides}, "GET /admin/permissions": {}, "POST /admin/permissions": {tries: []string{"name=secret"}}, "GET /admin/permissions/new": {}, "GET /admin/permissions/{id}": {of: "permission"}, "POST /admin/permissions/{id}": {of: "permission"},
	"GET /admin/default-groups": {}, "POST /admin/default-groups/{of}": {fills: []string{"contacts", "customers"}}, "GET /admin/switches": {}, "POST /admin/switches/{switch}": {fills: []string{"group", "company"}}, "POST /admin/changes/{change}/take-back": {of: "other"},
	"GET /admin/ask":   {tries: []string{"do=can&who=hooly&right=ShowTicket&object=ticket:3", "do=who&right=ShowTicket&object=ticket:1", "do=who&right=SeeQueue&object=queue:Support", "who=gus&right=ShowTicket&object=ticket:3", "right=SeeQueue&object=queue:Vault"}},
	"GET /admin/audit": {tries: []string{"about=group:Cabal", "text=secret", "about=queue:Support"}}, "GET /admin/audit.csv": {files: true}, "POST /admin/audit/check": {},
	"GET /admin/import": {}, "POST /admin/import": {}, "GET /admin/import/{id}": {of: "import"}, "POST /admin/import/{id}": {of: "import"}, "GET /admin/import/{id}/report.csv": {of: "import", files: true}, "GET /admin/directories": {}, "POST /admin/directories": {tries: []string{"name=Secret+LDAP&kind=ldap"}},
	"GET /admin/directories/new": {}, "POST /admin/directories/test": {}, "GET /admin/directories/{id}": {of: "directory"}, "POST /admin/directories/{id}": {of: "directory"}, "POST /admin/directories/{id}/test": {of: "directory"}, "POST /admin/directories/{id}/sync": {of: "directory"}, "POST /admin/directories/{id}/{switch}": {of: "directory", fills: []string{"disable"}},
	"GET /admin/clocks": {}, "POST /admin/clocks": {}, "GET /admin/clocks/calendars/{id}": {of: "calendar"}, "POST /admin/clocks/calendars/{id}": {of: "calendar"}, "GET /admin/clocks/agreements/{id}": {of: "agreement"}, "POST /admin/clocks/agreements/{id}": {of: "agreement"},
	"GET /admin/life-cycles": {}, "GET /admin/life-cycles/{id}": {of: "other"}, "POST /admin/life-cycles/{id}": {of: "other", tries: []string{"name=x", "do=remove"}}, "GET /admin/queues/{id}/life-cycle": {of: "queue"}, "POST /admin/queues/{id}/life-cycle": {of: "queue", tries: []string{"cycle=0", "cycle=9"}},
	"GET /admin/rules": {}, "POST /admin/rules": {tries: []string{"name=Secret+rule", "name=x&queue=Vault"}}, "GET /admin/rules/new": {tries: []string{"queue=Vault"}}, "GET /admin/rules/{id}": {of: "rule"}, "POST /admin/rules/{id}": {of: "rule", tries: []string{"name=x"}}, "POST /admin/rules/{id}/{switch}": {of: "rule", fills: []string{"disable"}}, "POST /admin/runs/{id}/again": {of: "other"},
	"GET /admin/blueprints": {}, "GET /admin/blueprints/{name}": {fills: []string{"public-support"}}, "POST /admin/blueprints/{name}": {fills: []string{"public-support"}},
	"GET /agent/batch": {tries: []string{"ticket=1&ticket=3&ticket=77", "tickets=1,3,77", "query=Queue+%3D+%27Vault%27"}}, "POST /agent/batch": {tries: []string{"ticket=1&ticket=3&ticket=77&do=look&status=open", "ticket=3&queue=Vault&do=look", "tickets=1,3&do=look&status=open"}},
	"GET /agent/approvals": {}, "POST /agent/approvals/{id}/{do}": {of: "ticket", fills: []string{"grant", "refuse", "withdraw"}, tries: []string{"word=x"}}, "POST /agent/tickets/{id}/approvals": {of: "ticket", tries: []string{"of=group:Cabal&reason=x", "of=hooly&reason=x", "of=nobody&reason=x"}},
	"GET /portal/approvals": {}, "POST /portal/approvals/{id}/{do}": {of: "ticket", fills: []string{"grant", "refuse", "withdraw"}, tries: []string{"word=x"}},
	"GET /agent/batches": {}, "GET /agent/batches/{id}": {of: "other"}, "POST /agent/batches/{id}/{do}": {of: "other", fills: []string{"stop", "undo"}}, "POST /agent/held/{id}/{do}": {of: "other", fills: []string{"undo"}}, "GET /agent/tickets/{id}/mention": {of: "ticket", files: true, tries: []string{"q=h", "q=secret&kind=comment", "q=a&kind=comment", "q=a"}}, "GET /agent/tickets/{id}/goes-to": {of: "ticket", files: true, tries: []string{"kind=comment", "also=none@else.example"}},
	"GET /agent/in/{list}/{$}": {fills: packedTries, tries: []string{"sort=-by-updated", "columns=CF.Secret"}}, "GET /agent/in/{list}/{id}": {of: "ticket", fills: packedTries[:1], files: true},
	"GET /agent/live": {alone: "it does not end; TestFeeds asks", files: true}, "POST /agent/tickets/{id}/here": {of: "ticket", files: true, tries: []string{"writes=1", "gone=1"}},
	"GET /admin/mail/letters": {}, "GET /admin/mail/letters/{name}": {fills: []string{"reply"}, tries: []string{"queue=2", "queue=Vault"}}, "POST /admin/mail/letters/{name}": {fills: []string{"reply"}, tries: []string{"queue=2&text=x&do=look"}},
	"GET /agent/notices": {tries: []string{"only=unread"}}, "GET /agent/notices/bell": {files: true}, "POST /agent/notices/read": {}, "POST /agent/notices/{id}/{do}": {of: "other", fills: []string{"read", "unread"}}, "POST /agent/tickets/mark": {tries: []string{"ticket=1&ticket=3&ticket=77&mark=read", "shown=1,3,77&mark=unread"}},
	"GET /agent/reminders": {tries: []string{"undo=1"}}, "POST /agent/reminders/{id}/{do}": {of: "other", fills: []string{"done", "back", "later"}, tries: []string{"in=1", "due=nonsense"}}, "POST /agent/tickets/{id}/reminders": {of: "ticket", tries: []string{"in=1&who=112", "in=1&who=106", "due=nonsense"}},
	"GET /agent/templates": {tries: []string{"undo=1", "undo=9"}}, "POST /agent/templates": {calm: true, tries: []string{"name=x&text=x&for=queue:2", "name=x&text=x&for=group:106", "name=x&text=x&on=3&do=look", "name=x&text=x&on=1&do=look", "name=x&text={{secret}}"}},
	"GET /agent/templates/{id}": {of: "reply template"}, "POST /agent/templates/{id}": {of: "reply template", tries: []string{"name=x&text=x&on=3&do=look"}}, "POST /agent/templates/{id}/{do}": {of: "reply template", fills: []string{"remove", "restore"}},
	"GET /agent/tickets/{id}/templates": {of: "ticket", tries: []string{"q=secret", "part=1"}}, "POST /agent/tickets/{id}/templates": {of: "ticket", tries: []string{"text=x"}},
	"GET /agent/palette": {files: true, tries: []string{"q=secret", "q=vault", "q=hool"}}, "GET /keys": {}, "POST /keys": {calm: true, tries: []string{"do=reset", "off=1&reply=c"}}, "POST /agent/tickets/{id}/plan": {of: "ticket", tries: []string{"due=nonsense"}},
	"GET /admin/mail/relays": {}, "POST /admin/mail/relays": {tries: []string{"name=secret"}}, "GET /admin/mail/relays/{id}": {of: "other"}, "POST /admin/mail/relays/{id}/{do}": {of: "other", fills: []string{"try"}},
	"GET /admin/outbox": {tries: []string{"status=failed"}}, "GET /admin/outbox/{id}": {of: "letter"}, "POST /admin/outbox/{id}/retry": {of: "letter"}, "GET /admin/outbox/{id}/raw": {of: "letter", files: true}, "GET /admin/spool": {}, "GET /admin/spool/{id}": {of: "letter"}, "POST /admin/spool/{id}/retry": {of: "letter"}, "POST /admin/spool/{id}/ticket": {of: "letter"},
	"GET /admin/spool/{id}/raw": {of: "letter", files: true}, "GET /admin/mail/paused": {}, "POST /admin/mail/paused": {tries: []string{"address=hooly@hooli.example"}}, "GET /admin/mail/rules": {}, "GET /admin/mail/rules/{queue}": {of: "queue"}, "POST /admin/mail/rules/{queue}": {of: "queue"},
	"GET /admin/mail/accounts": {}, "POST /admin/mail/accounts": {tries: []string{"name=secret"}}, "GET /admin/mail/accounts/{id}": {of: "other"}, "POST /admin/mail/accounts/{id}/{do}": {of: "other", fills: []string{"try"}},
}

var (
	ticketLine = line{of: "ticket"}
	listTries  = []string{"view=open", "view=all", "text=secret", "queue=Vault", "queue=Support", "customer=hooli", "owner=nobody", "query=Queue+%3D+%27Vault%27", "query=CF.{Secret}+%3D+7",
		"query=CF.{Secret}+IS+NULL", "query=Customer+%3D+%27hooli%27", "query=Requestor.Name+LIKE+%27Secret%27", "query=id+%3E+0+AND+Foo+%3D+1", "query=Requestor+%3D+%27gus%27", "query=RefersTo+%3D+3",
		"query=Watcher+%3D+%27Cabal%27", "view=view-1", "view=1", "columns=CF.Secret", "columns=updater&sort=-by-updater", "sort=-by-updated", "query=Created+%3C+LastUpdated", "query=LastUpdatedBy+%3D+%27hooly%27", "sort=CF.{Secret}", "sort=by-cf.Secret", "sort=-by-cf.Secret", "sort=by-customer", "sort=-by-requestor", "query=Content+LIKE+%27secret%27"}
	// Queue = 'Vault' OR Subject LIKE 'secret' OR Content LIKE 'secret', and
	// LinkedTo = 3 OR Customer = 'hooli' OR CF.{Secret} = 7, packed
	packedTries   = []string{"aglJw2bDE0pwSsNmovihOTS5KhUjAghpFAhA", "aglLwNGGrYAwyGBYEIA0Z-fk5mWDrQCEanJpclFpSq2CrYA4I"}
	relationNames = []string{"contact-group", "customer-group", "contact-customer", "agent-group", "group-group"}
	relationSides = []string{"contact-group/right", "customer-group/right", "agent-group/right", "group-group/left", "group-group/right"}
)

// A request is one of those that a line makes.
type request struct{ method, path, query string }

func (r request) String() string { return fmt.Sprintf("%s %s ? %s", r.method, r.path, r.query) }

// requests are all that the line of a pattern asks for.
func (w *whole) requests(pattern string) []request {
	at := lines[pattern]
	if at.alone != "" {
		return nil
	}
	method, path, found := strings.Cut(pattern, " ")
	if !found {
		method, path = http.MethodGet, "/nowhere"
	}
	tries := append([]string{""}, at.tries...)
	if method == http.MethodPost && !at.calm {
		tries = append(tries, hints, more)
	}
	var out []request
	for _, path := range w.paths(strings.TrimSuffix(path, "{$}"), at) {
		for _, query := range tries {
			out = append(out, request{method, path, query})
		}
	}
	return out
}

// paths writes numbers and names for what stands in braces.
func (w *whole) paths(path string, at line) []string {
	paths := []string{path}
	if at.of != "" {
		paths = nil
		for _, n := range w.numbers[at.of] {
			number := strconv.FormatInt(n, 10)
			paths = append(paths, strings.NewReplacer("{id}", number, "{message}", number, "{queue}", number, "{change}", number).Replace(path))
		}
	}
	if len(at.fills) == 0 {
		return paths
	}
	var out []string
	for _, p := range paths {
		for _, fill := range at.fills {
			filled := strings.ReplaceAll(p, "{relation}/{side}", fill)
			for _, name := range []string{"{relation}", "{switch}", "{do}", "{list}", "{name}", "{of}", "{token}", "{file}", "{step}", "{section}"} {
				filled = strings.ReplaceAll(filled, name, fill)
			}
			out = append(out, filled)
		}
	}
	return out
}

// TestEveryRouteHasALine: what is tried on all pages is tried on new ones too.
func TestEveryRouteHasALine(t *testing.T) {
	patterns := newWhole(t).Mux.Patterns()
	for _, p := range patterns {
		if _, there := lines[p]; !there {
			t.Errorf("pattern %q has no line in routes_test.go: say whose numbers stand for {id}, and what somebody would try there who looks for what is hidden", p)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(lines)) {
		if !slices.Contains(patterns, p) {
			t.Errorf("the router has no pattern %q any more; remove its line", p)
		}
	}
}
