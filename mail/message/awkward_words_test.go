package message

func withSubject(value string) string {
	return "From: jo@example.org\nSubject: " + value + "\n\nHi"
}

var awkwardWords = []awkward{
	{
		why:     "blanks for underscores",
		raw:     withSubject("=?utf-8?q?Gr=C3=BC=C3=9Fe aus K=C3=B6ln?="),
		subject: "Grüße aus Köln",
		text:    "Hi",
	},
	{
		why:     "underscores",
		raw:     withSubject("=?iso-8859-1?Q?Gr=FC=DFe_aus_K=F6ln?="),
		subject: "Grüße aus Köln",
		text:    "Hi",
	},
	{
		why:     "no blank between the words",
		raw:     withSubject("=?utf-8?q?Gr=C3=BC?==?utf-8?q?=C3=9Fe?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "words folded",
		raw:     withSubject("=?utf-8?q?Gr=C3=BC?=\n =?utf-8?q?=C3=9Fe?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "two charsets",
		raw:     withSubject("=?utf-8?q?Gr=C3=BC?= =?iso-8859-1?q?=DFe?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "cut inside a character of three bytes",
		raw:     withSubject("=?utf-8?b?5pel5pw=?= =?utf-8?b?rA==?="),
		subject: "日本",
		text:    "Hi",
	},
	{
		why:     "base64 without padding",
		raw:     withSubject("=?utf-8?b?R3LDvMOfZQ?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "base64 with blanks in it",
		raw:     withSubject("=?utf-8?b?R3LD vMOf ZQ==?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "a language with the charset",
		raw:     withSubject("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "a question mark in the text",
		raw:     withSubject("=?utf-8?q?Gr=C3=BC=C3=9Fe??="),
		subject: "Grüße?",
		text:    "Hi",
	},
	{
		why:     "text right after the word",
		raw:     withSubject("=?utf-8?q?Gr=C3=BC=C3=9Fe?=: Toner"),
		subject: "Grüße: Toner",
		text:    "Hi",
	},
	{
		why:     "text right before the word",
		raw:     withSubject("[List]=?utf-8?q?Gr=C3=BC=C3=9Fe?="),
		subject: "[List]Grüße",
		text:    "Hi",
	},
	{
		why:     "an empty word",
		raw:     withSubject("=?utf-8?q??= Toner"),
		subject: "Toner",
		text:    "Hi",
	},
	{
		why:     "a word without end",
		raw:     withSubject("=?utf-8?q?Gr=C3=BC"),
		subject: "Grü",
		text:    "Hi",
	},
	{
		why:  "an unknown charset of ASCII",
		raw:  withSubject("=?x-nobody?q?Toner?="),
		text: "Hi",
	},
	{
		why:     "Latin-1 called UTF-8",
		raw:     withSubject("=?utf-8?q?Gr=FC=DFe?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "UTF-8 called Latin-1",
		raw:     withSubject("=?iso-8859-1?q?Gr=C3=BC=C3=9Fe?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "quotation marks of Windows called Latin-1",
		raw:     withSubject("=?iso-8859-1?q?=84Toner=93?="),
		subject: "„Toner“",
		text:    "Hi",
	},
	{
		why:     "Japanese",
		raw:     withSubject("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?="),
		subject: "日本",
		text:    "Hi",
	},
	{
		why:     "Japanese whose shift goes on in the next word",
		raw:     withSubject("=?ISO-2022-JP?B?GyRCRnw=?= =?ISO-2022-JP?B?S1wbKEI=?="),
		subject: "日本",
		text:    "Hi",
	},
	{
		why:     "Chinese called GB2312",
		raw:     withSubject("=?gb2312?B?1tDOxA==?="),
		subject: "中文",
		text:    "Hi",
	},
	{
		why:     "Russian",
		raw:     withSubject("=?koi8-r?B?8NLJ18XU?="),
		subject: "Привет",
		text:    "Hi",
	},
	{
		why:     "UTF-7",
		raw:     withSubject("=?utf-7?q?Gr+APwA3w-e?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "Korean of Microsoft",
		raw:     withSubject("=?ks_c_5601-1987?B?x9Gx2w==?="),
		subject: "한글",
		text:    "Hi",
	},
	{
		why:     "a made-up name of Latin-1",
		raw:     withSubject("=?iso8859_1?q?Gr=FC=DFe?="),
		subject: "Grüße",
		text:    "Hi",
	},
	{
		why:     "an encoded line end",
		raw:     withSubject("=?utf-8?q?Toner=0ABcc:_x?="),
		subject: "Toner Bcc: x",
		text:    "Hi",
	},
	{
		why:     "words that say what words are",
		raw:     withSubject("=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?="),
		subject: "=?utf-8?q?a?=",
		text:    "Hi",
	},
	{
		why:     "raw UTF-8",
		raw:     withSubject("Grüße 🖨"),
		subject: "Grüße 🖨",
		text:    "Hi",
	},
	{
		why:     "raw Windows-1252",
		raw:     withSubject("Gr\xfc\xdfe \x96 Toner"),
		subject: "Grüße – Toner",
		text:    "Hi",
	},
	{
		why:     "raw ISO-2022-JP",
		raw:     withSubject("\x1b$BF|K\\\x1b(B"),
		subject: "日本",
		text:    "Hi",
	},
}
