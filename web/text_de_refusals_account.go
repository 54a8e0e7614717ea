package web

// germanAccountRefusals are what the pages of one's own account and the ways in
// are refused with, by the format in which it is said.
var germanAccountRefusals = map[string]string{
	"A password has at least %d characters.": "Ein Passwort hat mindestens %d Zeichen.",
	"The password is too long.":              "Das Passwort ist zu lang.",
	"This password is one of those that are tried first. Take a few words that have nothing to do with each other.": "Dieses Passwort gehört zu denen, die zuerst probiert werden. Nehmen Sie ein paar Wörter, die nichts miteinander zu tun haben.",
	"The present password is another one.": "Das jetzige Passwort ist ein anderes.",
	"This is not the code that the program shows now. Check that the clock of its device is right.":                  "Das ist nicht der Code, den die App jetzt zeigt. Prüfen Sie, ob die Uhr ihres Geräts stimmt.",
	"This code is wrong, too old or was used before. Wait for the next one, or use a recovery code.":                 "Dieser Code ist falsch, zu alt oder wurde schon benutzt. Warten Sie auf den nächsten oder nehmen Sie einen Wiederherstellungscode.",
	"This code is wrong, too old or was used before. Wait for the next one.":                                         "Dieser Code ist falsch, zu alt oder wurde schon benutzt. Warten Sie auf den nächsten.",
	"There is no such time zone; write it as Europe/Berlin.":                                                         "Diese Zeitzone gibt es nicht; schreiben Sie sie wie Europe/Berlin.",
	"A token makes tokens for its own user only.":                                                                    "Ein Token legt nur Token seines Inhabers an.",
	"A token renews itself and those that it made. Renew others on the page of your account.":                        "Ein Token verlängert sich selbst und die, die es angelegt hat. Verlängern Sie andere auf der Seite Ihres Kontos.",
	"This token was made by another one and makes none itself. Make it by that one, or on the page of your account.": "Dieses Token wurde von einem anderen angelegt und legt selbst keines an. Legen Sie es mit jenem an oder auf der Seite Ihres Kontos.",
	"%s did not let you in. Try again, or sign in another way.":                                                      "%s hat Sie nicht hereingelassen. Versuchen Sie es noch einmal oder melden Sie sich anders an.",
	"Choose a day to come.": "Wählen Sie einen Tag, der noch kommt.",
	"These are too many queues. Leave the choice out: the token then works in all queues of its user.": "Das sind zu viele Queues. Lassen Sie die Auswahl weg: Das Token gilt dann in allen Queues seines Inhabers.",
	"There is no such queue.": "Diese Queue gibt es nicht.",
	"Passkeys need an address of the desk that is a name and begins with https; see the setting base_url.":                               "Passkeys brauchen eine Adresse des Desks, die ein Name ist und mit https beginnt; siehe die Einstellung base_url.",
	"The place where you signed in says too little about you: no lasting name, or no verified address. Ask the people who run the desk.": "Die Stelle, an der Sie sich angemeldet haben, sagt zu wenig über Sie: keinen bleibenden Namen oder keine geprüfte Adresse. Fragen Sie die Betreiber des Desks.",
	"A token gives no end beyond its own, %s UTC. Renew it on the page of your account first.":                                           "Ein Token gibt kein Ende über sein eigenes hinaus, %s UTC. Erneuern Sie es zuerst auf der Seite Ihres Kontos.",
}
