package service_test

import (
	"net/url"

	"gatehouse/desk"
	"gatehouse/service"
)

// ownUseCases are those about one's own account, for root.
var ownUseCases = map[string]func(h *sample) []any{
	"SaveDraft":     func(h *sample) []any { return args(desk.Draft{Ticket: h.ticket, Kind: desk.Reply, Text: "So"}) },
	"Drafts":        func(*sample) []any { return args(desk.TicketID(0)) },
	"PreviewBatch":  func(h *sample) []any { return args([]desk.TicketID{h.ticket}, stalling()) },
	"StartBatch":    func(h *sample) []any { return args([]desk.TicketID{h.ticket}, stalling(), "") },
	"Hold":          func(h *sample) []any { return args(service.NewMessage{Ticket: h.ticket, Text: "So"}) },
	"Watch":         func(h *sample) []any { return args(h.ticket) },
	"Attend":        func(h *sample) []any { return args(h.ticket, true) },
	"Attending":     func(h *sample) []any { h.attended(); return args(h.ticket) },
	"Leave":         func(h *sample) []any { return args(h.ticket) },
	"HeldReplies":   func(h *sample) []any { return args(h.ticket) },
	"TakeBackReply": func(h *sample) []any { return args(h.heldOf("root")) },
	"SendHeld":      func(h *sample) []any { return args(h.heldOf("root")) },
	"Batch":         func(h *sample) []any { return args(h.batchOf("root"), 5) },
	"Batches":       func(*sample) []any { return args(5) },
	"StopBatch":     func(h *sample) []any { return args(h.batchOf("root")) },
	"Account":       func(*sample) []any { return nil },
	"Devices":       func(h *sample) []any { h.deviceOf("root"); return nil },
	"PushKey":       func(*sample) []any { return nil },
	"AddDevice":     func(*sample) []any { return args(aDevice()) },
	"TryDevice":     func(h *sample) []any { return args(h.deviceOf("root")) },
	"RemoveDevice":  func(h *sample) []any { return args(h.deviceOf("root")) },
	"BeginApp":      func(*sample) []any { return nil },
	"BeginPasskey":  func(h *sample) []any { h.keyed(); return nil },
	"AppSetup": func(h *sample) []any {
		return args(must(h.BeginApp(h.ctx, h.by("root")))(h.t).Token)
	},
	"ConfirmApp": func(h *sample) []any {
		setup := must(h.BeginApp(h.ctx, h.by("root")))(h.t)
		return args(setup.Token, h.code(setup.Secret))
	},
	"RemoveApp":        func(h *sample) []any { secret, _ := h.appOf("root"); return args(h.code(secret)) },
	"NewRecoveryCodes": func(h *sample) []any { secret, _ := h.appOf("root"); return args(h.code(secret)) },
	"AddPasskey": func(h *sample) []any {
		h.keyed()
		c := must(h.BeginPasskey(h.ctx, h.by("root")))(h.t)
		return args(service.KeyAnswer{Token: c.Token, Response: newSoftKey(h.t).make(h.t, c.Options)})
	},
	"RemovePasskey": func(h *sample) []any {
		h.keyed()
		h.keyOf("root")
		keys := must(h.Account(h.ctx, h.by("root")))(h.t).Factors.Passkeys
		return args(keys[len(keys)-1].ID)
	},
	"EndSession":       func(h *sample) []any { return args(service.SessionName(h.signIn("root"))) },
	"EndOtherSessions": func(h *sample) []any { return args(h.signIn("root")) },
	"ChangePassword": func(h *sample) []any {
		return args(service.PasswordChange{New: "correct horse"})
	},
	"BeginConnect": func(h *sample) []any { h.keyed(); return args(h.once()) },
	"Connect": func(h *sample) []any {
		h.keyed()
		_, token, err := h.BeginConnect(h.ctx, h.by("root"), h.once())
		h.ok(err)
		return args(token, url.Values{"sub": {"1"}})
	},
	"Disconnect": func(h *sample) []any { h.keyed(); return args(h.once()) },
}

// tokenUseCases are those of accounts for which the system asks.
var tokenUseCases = map[string]func(h *sample) []any{
	"Tokens":       func(h *sample) []any { return args(h.id("bob")) },
	"WarnOfTokens": func(*sample) []any { return nil },
	"FactorsOf":    func(h *sample) []any { return args(h.id("bob")) },
	"Push":         func(h *sample) []any { return args(h.pushed("root")) },
	"PushEnded":    func(h *sample) []any { return args(h.pushed("root"), true, false) },
	"ResetFactors": func(h *sample) []any { return args(h.id("bob")) },
	"RenewToken": func(h *sample) []any {
		must(h.CreateToken(h.ctx, h.sys, service.NewToken{User: h.id("bob"), Name: "x"}))(h.t)
		return args(service.Renewal{Digest: must(h.Tokens(h.ctx, h.sys, h.id("bob")))(h.t)[0].Digest, Secret: true})
	},
	"EndToken": func(h *sample) []any {
		must(h.CreateToken(h.ctx, h.sys, service.NewToken{User: h.id("bob"), Name: "x"}))(h.t)
		return args(must(h.Tokens(h.ctx, h.sys, h.id("bob")))(h.t)[0].Digest)
	},
}

// aDevice is what a browser says of itself.
func aDevice() desk.Device {
	return desk.Device{Name: "Telephone", Endpoint: "https://push.example.org/abc", Auth: "AAECAwQFBgcICQoLDA0ODw",
		Key: "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}
}

// deviceOf gives somebody a device.
func (h *sample) deviceOf(login string) desk.DeviceID {
	h.t.Helper()
	h.ok(h.AddDevice(h.ctx, h.by(login), aDevice()))
	return must(h.Devices(h.ctx, h.by(login)))(h.t)[0].ID
}

// pushed is the job of a message that somebody sends his device.
func (h *sample) pushed(login string) desk.Job {
	h.t.Helper()
	h.ok(h.TryDevice(h.ctx, h.by(login), h.deviceOf(login)))
	return *must(h.ClaimJob(h.ctx, h.sys, service.JobPush))(h.t)
}

// signIn signs somebody in by a link, which takes no time.
func (h *sample) signIn(login string) string {
	h.t.Helper()
	h.ok(h.SetPassword(h.ctx, h.sys, h.id(login), "", "correct horse"))
	return must(h.SignIn(h.ctx, login, "correct horse", "", "192.0.2.1"))(h.t).Token
}

// once returns the one provider of sign-ins.
func (h *sample) once() desk.DirectoryID {
	h.t.Helper()
	if list := must(h.Providers(h.ctx))(h.t); len(list) > 0 {
		return list[0].ID
	}
	return h.provider()
}

func stalling() service.BatchChange { return service.BatchChange{Status: desk.StatusStalled} }

// batchOf has somebody start a batch.
func (h *sample) batchOf(login string) desk.BatchID {
	h.t.Helper()
	return must(h.StartBatch(h.ctx, h.by(login), []desk.TicketID{h.ticket}, stalling(), ""))(h.t)
}

// heldOf has somebody reply, which can be taken back.
func (h *sample) heldOf(login string) desk.HeldID {
	h.t.Helper()
	return must(h.Hold(h.ctx, h.by(login), service.NewMessage{Ticket: h.ticket, Text: "So"}))(h.t)
}

// attended has root look at the ticket.
func (h *sample) attended() {
	h.t.Helper()
	must(h.Attend(h.ctx, h.by("root"), h.ticket, true))(h.t)
}
