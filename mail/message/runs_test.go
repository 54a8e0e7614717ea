package message_test

import (
	"strings"
	"testing"

	"gatehouse/mail/message"
)

// of returns the texts of the runs of one kind.
func of(runs []message.Run, kind message.RunKind) string {
	var texts []string
	for _, r := range runs {
		if r.Kind == kind {
			texts = append(texts, r.Text)
		}
	}
	return strings.Join(texts, " | ")
}

// Below each of these answers stands an earlier letter, as a mail program set it.
func TestAnswersOfManyPrograms(t *testing.T) {
	for why, below := range map[string]string{
		"Gmail, English":               "On Mon, Mar 2, 2026 at 10:00 AM Ann Archer <ann@desk.example> wrote:\n\n> Shake it.\n",
		"Gmail, English, folded":       "On Mon, Mar 2, 2026 at 10:00 AM Ann Archer, who has a long name <\nann@desk.example> wrote:\n\n> Shake it.\n",
		"Gmail, German":                "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Ann Archer <ann@desk.example>:\n\n> Shake it.\n",
		"Gmail, German, folded":        "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Ann Archer <\nann@desk.example>:\n> Shake it.\n",
		"Gmail, French":                "Le lun. 2 mars 2026 à 10:00, Ann Archer <ann@desk.example> a écrit :\n\n> Shake it.\n",
		"Gmail, Spanish":               "El lun, 2 mar 2026 a las 10:00, Ann Archer (<ann@desk.example>) escribió:\n\n> Shake it.\n",
		"Gmail, Italian":               "Il giorno lun 2 mar 2026 alle ore 10:00 Ann Archer <ann@desk.example> ha\nscritto:\n\n> Shake it.\n",
		"Gmail, Dutch":                 "Op ma 2 mrt 2026 om 10:00 schreef Ann Archer <ann@desk.example>:\n\n> Shake it.\n",
		"Gmail, Polish":                "pon., 2 mar 2026 o 10:00 Ann Archer <ann@desk.example> napisał(a):\n\n> Shake it.\n",
		"Gmail, Japanese":              "2026年3月2日(月) 10:00 Ann Archer <ann@desk.example>:\n\n> Shake it.\n",
		"Gmail, Portuguese":            "Em seg., 2 de mar. de 2026 às 10:00, Ann Archer <ann@desk.example>\nescreveu:\n\n> Shake it.\n",
		"Apple Mail, English":          "> On 2. Mar 2026, at 10:00, Ann Archer <ann@desk.example> wrote:\n> \n> Shake it.\n",
		"Apple Mail, German":           "> Am 02.03.2026 um 10:00 schrieb Ann Archer <ann@desk.example>:\n> \n> Shake it.\n",
		"Apple Mail, French":           "> Le 2 mars 2026 à 10:00, Ann Archer <ann@desk.example> a écrit :\n> \n> Shake it.\n",
		"Apple Mail, no marks":         "On Mar 2, 2026, at 10:00 AM, Ann Archer <ann@desk.example> wrote:\n\nShake it.\n",
		"Thunderbird, English":         "On 3/2/26 10:00, Ann Archer wrote:\n> Shake it.\n",
		"Thunderbird, German":          "Am 02.03.26 um 10:00 schrieb Ann Archer:\n> Shake it.\n",
		"Thunderbird, Dutch":           "Op 02-03-2026 om 10:00 schreef Ann Archer:\n> Shake it.\n",
		"Thunderbird, Polish":          "W dniu 2.03.2026 o 10:00, Ann Archer pisze:\n> Shake it.\n",
		"Thunderbird, Japanese":        "On 2026/03/02 10:00, Ann Archer さんは書きました：\n> Shake it.\n",
		"Thunderbird, forwarded":       "-------- Weitergeleitete Nachricht --------\nBetreff: \tToner\nDatum: \tMon, 2 Mar 2026\nVon: \tAnn\nAn: \tBob\n\nShake it.\n",
		"Outlook, English":             "From: Ann Archer <ann@desk.example>\nSent: Monday, March 2, 2026 10:00 AM\nTo: Bob <bob@acme.example>\nSubject: Toner\n\nShake it.\n",
		"Outlook, German":              "Von: Ann Archer <ann@desk.example>\nGesendet: Montag, 2. März 2026 10:00\nAn: Bob <bob@acme.example>\nBetreff: Toner\n\nShake it.\n",
		"Outlook, French":              "De : Ann Archer <ann@desk.example>\nEnvoyé : lundi 2 mars 2026 10:00\nÀ : Bob <bob@acme.example>\nObjet : Toner\n\nShake it.\n",
		"Outlook, Spanish":             "De: Ann Archer <ann@desk.example>\nEnviado el: lunes, 2 de marzo de 2026 10:00\nPara: Bob <bob@acme.example>\nAsunto: Toner\n\nShake it.\n",
		"Outlook, Italian":             "Da: Ann Archer <ann@desk.example>\nInviato: lunedì 2 marzo 2026 10:00\nA: Bob <bob@acme.example>\nOggetto: Toner\n\nShake it.\n",
		"Outlook, Dutch":               "Van: Ann Archer <ann@desk.example>\nVerzonden: maandag 2 maart 2026 10:00\nAan: Bob <bob@acme.example>\nOnderwerp: Toner\n\nShake it.\n",
		"Outlook, Polish":              "Od: Ann Archer <ann@desk.example>\nWysłano: poniedziałek, 2 marca 2026 10:00\nDo: Bob <bob@acme.example>\nTemat: Toner\n\nShake it.\n",
		"Outlook, Japanese":            "差出人: Ann Archer <ann@desk.example>\n送信日時: 2026年3月2日 10:00\n宛先: Bob <bob@acme.example>\n件名: Toner\n\nShake it.\n",
		"Outlook, Swedish":             "Från: Ann Archer <ann@desk.example>\nSkickat: den 2 mars 2026 10:00\nTill: Bob <bob@acme.example>\nÄmne: Toner\n\nShake it.\n",
		"Outlook, Czech":               "Od: Ann Archer <ann@desk.example>\nOdesláno: pondělí 2. března 2026 10:00\nKomu: Bob <bob@acme.example>\nPředmět: Toner\n\nShake it.\n",
		"Outlook, Chinese":             "发件人: Ann Archer <ann@desk.example>\n发送时间: 2026年3月2日 10:00\n收件人: Bob <bob@acme.example>\n主题: Toner\n\nShake it.\n",
		"Outlook 2003, English":        "-----Original Message-----\nFrom: Ann Archer [mailto:ann@desk.example]\nSent: Monday\nTo: Bob\nSubject: Toner\n\nShake it.\n",
		"Outlook 2003, German":         "-----Ursprüngliche Nachricht-----\nVon: Ann Archer\nGesendet: Montag\nAn: Bob\nBetreff: Toner\n\nShake it.\n",
		"Outlook 2003, French":         "-----Message d'origine-----\nDe : Ann Archer\nEnvoyé : lundi\n\nShake it.\n",
		"Outlook 2003, Spanish":        "-----Mensaje original-----\nDe: Ann Archer\n\nShake it.\n",
		"Outlook 2003, Italian":        "-----Messaggio originale-----\nDa: Ann Archer\n\nShake it.\n",
		"Outlook 2003, Dutch":          "-----Oorspronkelijk bericht-----\nVan: Ann Archer\n\nShake it.\n",
		"Outlook 2003, Polish":         "-----Oryginalna wiadomość-----\nOd: Ann Archer\n\nShake it.\n",
		"Outlook 2003, Japanese":       "-----元のメッセージ-----\n差出人: Ann Archer\n\nShake it.\n",
		"Outlook on the web":           "________________________________\nFrom: Ann Archer <ann@desk.example>\nSent: Monday, March 2, 2026 10:00 AM\nTo: Bob <bob@acme.example>\nSubject: Toner\n\nShake it.\n",
		"Outlook on the web, bold":     "________________________________\n\n*Von:* Ann Archer <ann@desk.example>\n*Gesendet:* Montag\n*An:* Bob\n*Betreff:* Toner\n\nShake it.\n",
		"Exchange, a words-only title": "-----Any words that a program chose-----\nFrom: Ann Archer\nTo: Bob\nSubject: Toner\n\nShake it.\n",
		"Lotus Notes":                  "Ann Archer ---02.03.2026 10:00:12---Toner --- Shake it\n\nVon:\tAnn Archer/Desk\nAn:\tBob\n\nShake it.\n",
		"Lotus Notes, the header only": "From:\tAnn Archer/Desk\nTo:\tBob/Acme\nDate:\t03/02/2026 10:00 AM\nSubject:\tToner\n\nShake it.\n",
		"Yahoo":                        "On Monday, March 2, 2026 at 10:00:00 AM GMT+1, Ann Archer <ann@desk.example> wrote:\n\n Shake it.\n",
		"Samsung":                      "-------- Original message --------\nFrom: Ann Archer <ann@desk.example>\nDate: 3/2/26 10:00 (GMT+01:00)\nTo: Bob\nSubject: Toner\n\nShake it.\n",
		"Gmail, a letter passed on":    "---------- Forwarded message ---------\nFrom: Ann Archer <ann@desk.example>\nDate: Mon, Mar 2, 2026\nSubject: Toner\nTo: Bob\n\nShake it.\n",
		"Apple Mail, passed on":        "Begin forwarded message:\n\nFrom: Ann Archer\nSubject: Toner\n\nShake it.\n",
		"quoted twice":                 "Ann wrote:\n> Shake it.\n>> It is empty.\n",
	} {
		runs := message.Runs("It is empty.\nStill.\n\n" + below)
		if got := of(runs, message.Written); got != "It is empty.\nStill." || !strings.Contains(of(runs, message.Quoted), "Shake it.") {
			t.Errorf("%s: written is %q, quoted %q", why, got, of(runs, message.Quoted))
		}
	}
}

func TestSignatures(t *testing.T) {
	const below = "\n\nOn Monday Ann wrote:\n> Shake it.\n"
	for _, signature := range []string{
		"-- \nBob Baker\nAcme Ltd", "--\nBob", "Sent from my iPhone", "Sent from Mail for Windows", "Get Outlook for iOS<https://aka.ms/x>",
		"Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App", "Outlook für Android herunterladen", "Envoyé de mon iPhone",
		"Télécharger Outlook pour iOS", "Enviado desde mi iPhone", "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Wysłane z iPhone'a",
		"iPhoneから送信", "Skickat från min iPhone", "Enviado do meu iPhone", "Отправлено с iPhone", "Odesláno z iPhonu",
	} {
		for _, text := range []string{"It is empty.\n\n" + signature + below, "It is empty.\n" + signature + "\n"} {
			runs := message.Runs(text)
			if got := of(runs, message.Written); got != "It is empty." || of(runs, message.Signature) != strings.TrimSpace(signature) {
				t.Errorf("%q: written is %q, the signature %q", signature, got, of(runs, message.Signature))
			}
		}
	}
}

func TestWhatOnlyLooksLikeIt(t *testing.T) {
	for why, text := range map[string]string{
		"a letter passed on without a word": "---------- Forwarded message ---------\nFrom: Ann\nDate: Monday\nTo: Bob\nSubject: Toner\n\nShake it.",
		"a list":                            "Please order:\nA: paper\nB: toner",
		"a colon":                           "From: where does it come?\nNobody knows.",
		"a date":                            "On 2 March we met:\nit was warm.",
		"dashes":                            "Look:\n---\nnothing\n---\nmore",
		"a table":                           "Name --- Age\nBob --- 7",
		"words about a telephone":           "It was sent from my iPhone, and since then the printer smokes.\nCan you help?\nIt is urgent.\nBob",
		"two dashes in a long text":         "a\n--\n" + strings.Repeat("line\n", 30) + "end",
		"an address":                        "To: is a word",
	} {
		if runs := message.Runs(text); len(runs) != 1 || runs[0].Kind != message.Written || runs[0].Text != text {
			t.Errorf("%s: got %+v", why, runs)
		}
	}
}

// FuzzRuns: no word is lost or made up, whatever comes by mail.
func FuzzRuns(f *testing.F) {
	f.Add("Yes.\nBob wrote:\n> one?\n>> two\n-- \nBob")
	f.Add("a\n_____\nFrom: x\nTo: y\nDate: z")
	f.Fuzz(func(t *testing.T, text string) {
		plain := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, ">", "")), " ") }
		var all []string
		for _, r := range message.Runs(text) {
			all = append(all, r.Text)
		}
		if got, want := plain(strings.Join(all, "\n")), plain(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
