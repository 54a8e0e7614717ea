package service_test

import (
	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
)

// mailUseCases are those of the letters that go out.
var mailUseCases = map[string]func(h *sample) []any{
	"LetterTemplates":   func(h *sample) []any { return args(service.TemplatePlace{Queue: h.q, Language: "en"}) },
	"LetterTemplate":    func(h *sample) []any { return args("reply", service.TemplatePlace{Queue: h.q, Language: "en"}) },
	"TemplateLanguages": func(h *sample) []any { return args(h.q) },
	"SaveLetterTemplate": func(h *sample) []any {
		return args(desk.LetterTemplate{Name: "reply", Queue: h.q, Language: "en", Text: "x"})
	},
	"ResetLetterTemplate": func(h *sample) []any { return args("reply", service.TemplatePlace{Queue: h.q, Language: "en"}) },
	"PreviewLetter": func(h *sample) []any {
		return args(desk.LetterTemplate{Name: "reply", Queue: h.q, Language: "en", Text: "x"}, h.ticket, false)
	},
	"MailRelays":       func(h *sample) []any { h.relay(); return nil },
	"RelaysOfSettings": func(*sample) []any { return nil },
	"SaveMailRelay":    func(*sample) []any { return args(desk.MailRelay{Name: "out", Server: "mail.else.example:587"}) },
	"RemoveMailRelay":  func(h *sample) []any { return args(h.relay().Name) },
	"TryMailRelay":     func(h *sample) []any { return args(h.relay().Name) },
	"RelaySaid":        func(h *sample) []any { return args(h.relay().ID, "") },
	"HeldLoops":        func(h *sample) []any { h.loop(); return nil },
	"LettersDaily":     func(*sample) []any { return nil },
	"SetCompanyLetters": func(h *sample) []any {
		return args(service.CompanyLetters{Customer: desk.CustomerID(h.names["acme"]), Member: h.id("ann"), Quiet: true})
	},
	"SetLettersDaily": func(*sample) []any { return args(true) },
	"SendDigests":     func(*sample) []any { return nil },
	"SealStored":      func(*sample) []any { return nil },
}

// loop holds a letter that looks like one.
func (h *sample) loop() {
	h.ok(h.store.Do(h.ctx, func(tx *store.Tx) error {
		entry := &desk.Spooled{Raw: []byte("loop"), State: desk.SpoolHeld, At: h.Now()}
		if err := tx.InsertSpooled(h.ctx, entry); err != nil {
			return err
		}
		entry.Notes = desk.LetterNotes{From: "robot@else.example", Marks: []desk.LetterMark{desk.MarkLoop}}
		return tx.UpdateSpooled(h.ctx, entry, h.Now())
	}))
}

// relay makes a relay, once.
func (h *sample) relay() desk.MailRelay {
	h.ok(h.SaveMailRelay(h.ctx, h.sys, desk.MailRelay{Name: "out", Server: "mail.else.example:587"}))
	return must(h.MailRelays(h.ctx, h.sys))(h.t)[0]
}
