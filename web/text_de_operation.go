package web

// germanOperation are the texts for who runs the desk.
var germanOperation = map[string]string{
	"nav.late":                  "Stand vor einigen Sekunden",
	"health.rights":             "Änderungen an Rechten",
	"health.rights.now":         "Kennt alle",
	"health.rights.one":         "Eine seitdem",
	"health.rights.behind":      "%d seitdem",
	"health.rights.unknown":     "Nicht bekannt",
	"health.rights.lead":        "Jede Anfrage liest die Änderungen an Rechten, die ihr Knoten noch nicht kennt, bevor sie nach Rechten fragt. Ein Knoten, der hinterher ist, erlaubt also nichts, was entzogen wurde.",
	"health.replica":            "Replikat",
	"health.replica.used":       "Listen, Suchen und Zahlen kommen vom Replikat. Es ist höchstens %s s hinterher.",
	"health.replica.instead":    "Listen kommen stattdessen aus der Datenbank, sodass niemand etwas Falsches sieht; sie hat mehr zu tun.",
	"health.replica.unasked":    "Das Replikat wurde noch nicht gefragt.",
	"health.replica.unanswered": "Das Replikat antwortet nicht, oder nicht als eines dieses Desks.",
	"health.replica.other":      "Der Server, der das Replikat sein soll, gehört zu einer anderen Datenbank.",
	"health.replica.itself":     "Der Server, der das Replikat sein soll, folgt keinem: Er nimmt selbst Änderungen an. Wurde er befördert?",
	"health.replica.schema":     "Das Replikat hat ein anderes Schema als die Datenbank; es muss erst aufholen.",
	"health.replica.behind":     "Das Replikat liegt hinter dem Stand, den die Datenbank hatte, als dieser Knoten sie zuerst fragte.",
	"health.replica.late":       "Das Replikat ist zu spät.",
	"health.replica.main":       "Die Datenbank sagt nicht, wie weit sie ist; wie spät das Replikat ist, ist daher nicht bekannt.",
	"health.replica.by":         "Rückstand",
	"health.replica.answered":   "Listen und Zahlen von ihm, auf diesem Knoten",
	"health.replica.asked":      "Aus der Datenbank, weil es hinterher war oder versagte",
}
