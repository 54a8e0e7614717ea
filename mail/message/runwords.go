package message

import "regexp"

// The words by which mail programs set off earlier letters, in lower case and
// each between bars: English, German, French, Spanish, Italian, Dutch, Polish,
// Portuguese, Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Turkish,
// Russian, Japanese and Chinese.
const (
	dividers = "|original message|original-nachricht|originalnachricht|ursprüngliche nachricht|weitergeleitete nachricht|" +
		"message d'origine|message d’origine|message original|message transféré|mensaje original|mensaje reenviado|" +
		"messaggio originale|messaggio inoltrato|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|" +
		"oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana|mensagem original|mensagem encaminhada|" +
		"ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|" +
		"původní zpráva|eredeti üzenet|özgün ileti|исходное сообщение|元のメッセージ|转发的邮件|原始邮件|" +
		"forwarded message|begin forwarded message|anfang der weitergeleiteten nachricht|début du message transféré|" +
		"inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|początek przekazywanej wiadomości|" +
		"forwarded by|weitergeleitet von|reply message|antwort|"

	labelsFrom = "|from|von|de|da|van|od|från|fra|lähettäjä|odesílatel|feladó|kimden|от|от кого|差出人|送信者|发件人|寄件者|expéditeur|mittente|remitente|afzender|nadawca|"

	labelsOther = "|sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|envoyé le|à|objet|enviado|enviado el|fecha|para|asunto|" +
		"inviato|data|a|oggetto|verzonden|aan|onderwerp|wysłano|do|temat|enviada|enviada em|assunto|skickat|till|ämne|sendt|til|emne|" +
		"lähetetty|päivämäärä|vastaanottaja|aihe|odesláno|komu|předmět|elküldve|címzett|tárgy|gönderildi|tarih|kime|konu|" +
		"отправлено|дата|кому|тема|送信日時|日付|日時|宛先|件名|发送时间|日期|收件人|主题|kopie|dw|"
)

// advertisement matches what telephones and mail programs add to a letter.
var advertisement = regexp.MustCompile(`(?i)^(` +
	`sent from (my |mail for|outlook|yahoo|proton|samsung|gmail|a )|get outlook for|sent with |sent via |` +
	`von meinem .{1,40} gesendet|gesendet (mit|von|aus)( der| dem| meinem| mail| outlook| samsung)|diese nachricht wurde von meinem .{1,60} gesendet|` +
	`outlook für (ios|android|mac)|holen sie sich outlook|hol dir outlook|` +
	`envoyé (de(puis)?|à partir de) |télécharger outlook|obtenez outlook|enviado (desde|do|de) |obtener outlook|obtén outlook|obter o outlook|` +
	`inviato da(l|l')? ?|ottieni outlook|scarica outlook|verstuurd (vanaf|met|vanuit) |verzonden (vanaf|met|vanuit) |outlook voor (ios|android)|` +
	`wysłan[eo] z |pobierz (aplikację )?outlook|skickat från |sendt fra |lähetetty |odesláno z |отправлено (с|из) |` +
	`.{0,40}(から送信|を入手)|发自我的|從我的 ?.{1,30}傳送)`)
