package message

import "strings"

func ofKind(kind, rest string) string { return jo + "Content-Type: " + kind + "\n" + rest }

var awkwardTexts = []awkward{
	{
		why:  "a charset without a name",
		raw:  ofKind("text/plain; charset=", "\nGr\xfc\xdfe"),
		text: "Grüße",
	},
	{
		why:  "a kind without a slash",
		raw:  ofKind("text", "\nHi"),
		text: "Hi",
	},
	{
		why:  "an empty kind",
		raw:  ofKind("", "\nHi"),
		text: "Hi",
	},
	{
		why:  "a kind of nonsense",
		raw:  ofKind("; ; charset", "\nHi"),
		text: "Hi",
	},
	{
		why:  "two kinds: the first counts",
		raw:  ofKind("text/plain", "Content-Type: text/html\n\n<b>Hi"),
		text: "<b>Hi",
	},
	{
		why:  "a kind in capitals with comments",
		raw:  ofKind("TEXT/HTML (yes)", "\n<p>Hi</p>"),
		text: "Hi",
	},
	{
		why:  "a kind that nobody knows is text",
		raw:  ofKind("text/x-nobody", "\nHi"),
		text: "Hi",
	},
	{
		why:  "enriched text",
		raw:  ofKind("text/enriched", "\nHi"),
		text: "Hi",
	},
	{
		why:  "no semicolon before the charset",
		raw:  ofKind("text/plain charset=iso-8859-1", "\nGr\xfc\xdfe"),
		text: "Grüße",
	},
	{
		why:  "a charset with rubbish behind it",
		raw:  ofKind("text/plain; charset=koi8-r; charset=koi8-r", "\n\xf0\xd2\xc9\xd7\xc5\xd4"),
		text: "Привет",
	},
	{
		why:  "GB18030",
		raw:  ofKind("text/plain; charset=gb18030", "\n\xd6\xd0\xce\xc4"),
		text: "中文",
	},
	{
		why:  "Big5",
		raw:  ofKind("text/plain; charset=big5", "\n\xa4\xa4\xa4\xe5"),
		text: "中文",
	},
	{
		why:  "Shift JIS by another name",
		raw:  ofKind("text/plain; charset=x-sjis", "\n\x93\xfa\x96\x7b"),
		text: "日本",
	},
	{
		why:  "the charset of DOS",
		raw:  ofKind("text/plain; charset=cp850", "\nGr\x81\xe1e"),
		text: "Grüße",
	},
	{
		why:  "Hebrew as it is stored",
		raw:  ofKind("text/plain; charset=iso-8859-8-i", "\n\xf9\xec\xe5\xed"),
		text: "שלום",
	},
	{
		why:  "Windows called ASCII",
		raw:  ofKind("text/plain; charset=us-ascii", "\n\x84Toner\x93 f\xfcr 5 \x80"),
		text: "„Toner“ für 5 €",
	},
	{
		why:  "UTF-16 with a mark",
		raw:  ofKind("text/plain; charset=utf-16", "Content-Transfer-Encoding: base64\n\n//5IAGkA"),
		text: "Hi",
	},
	{
		why:  "flowed, quoted, stuffed",
		raw:  ofKind("text/plain; format=flowed", "\n> a \n> b\n From here \nto there"),
		text: "> a b\nFrom here to there",
	},
	{
		why:  "flowed with delsp",
		raw:  ofKind("text/plain; format=flowed; delsp=yes", "\n日 \n本"),
		text: "日本",
	},
	{
		why:  "base64 without line ends",
		raw:  ofKind("text/plain", "Content-Transfer-Encoding: base64\n\n"+strings.Repeat("SGkg", 300)),
		text: strings.TrimSpace(strings.Repeat("Hi ", 300)),
	},
	{
		why:  "base64 cut off",
		raw:  ofKind("text/plain", "Content-Transfer-Encoding: base64\n\nSGkgdGhlcmU"),
		text: "Hi there",
	},
	{
		why:  "base64 padded too much",
		raw:  ofKind("text/plain", "Content-Transfer-Encoding: base64\n\nSGk====\n\n"),
		text: "Hi",
	},
	{
		why:  "quoted-printable with a raw equals",
		raw:  ofKind("text/plain", "Content-Transfer-Encoding: quoted-printable\n\n1 = 1 =3D 1"),
		text: "1 = 1 = 1",
	},
	{
		why:  "quoted-printable ends in a soft end",
		raw:  ofKind("text/plain", "Content-Transfer-Encoding: quoted-printable\n\nHi="),
		text: "Hi",
	},
	{
		why:  "an encoding with a blank in it",
		raw:  ofKind("text/plain", "Content-Transfer-Encoding: quoted printable\n\nHi=21"),
		text: "Hi!",
	},
	{
		why:   "uuencode in the text",
		raw:   jo + "\nSee:\nbegin 644 a b.txt\n\"2&D`\n`\nend\nBye",
		text:  "See:\nBye",
		files: "a b.txt (application/octet-stream) Hi",
	},
	{
		why:  "uuencode without end is text",
		raw:  jo + "\nbegin 644 a.txt\n\"2&D`\n",
		text: "begin 644 a.txt\n\"2&D`",
	},
	{
		why:  "a sentence that begins like uuencode",
		raw:  jo + "\nbegin 644 words of which none\nis a file\nend",
		text: "begin 644 words of which none\nis a file\nend",
	},
	{
		why:   "base64 of POSIX in the text",
		raw:   jo + "\nbegin-base64 644 a.txt\nSGk=\n====\n",
		files: "a.txt (application/octet-stream) Hi",
	},
	{
		why:   "yEnc in the text",
		raw:   jo + "\n=ybegin line=128 size=2 name=a.bin\nr\x93\n=yend size=2\nBye",
		text:  "Bye",
		files: "a.bin (application/octet-stream) Hi",
	},
	{
		why:   "BinHex is shown as it is",
		raw:   ofKind("application/mac-binhex40; name=a.hqx", "\n(This file must be converted with BinHex 4.0)\n:xyz:"),
		files: "a.hqx (application/mac-binhex40) (This file must be converted with BinHex 4.0)\n:xyz:",
	},
	{
		why:  "PGP in the text stays",
		raw:  jo + "\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n",
		text: "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----",
	},
	{
		why:  "HTML without any end",
		raw:  ofKind("text/html", "\n<html><body><p>Hi<b>there"),
		text: "Hithere",
	},
	{
		why:  "HTML of Word",
		raw:  ofKind("text/html", "\n<html xmlns:o=x><style><!-- p{} --></style><o:p>Hi</o:p>&nbsp;<!--[if mso]>x<![endif]-->"),
		text: "Hi",
	},
	{
		why:  "an empty text beside full HTML",
		raw:  alternative("text/plain\n\n \n", "text/html\n\n<p>Hi</p>"),
		text: "Hi",
	},
	{
		why:   "a file as the whole letter",
		raw:   ofKind("application/pdf; name=a.pdf", "Content-Transfer-Encoding: base64\n\nJVBERg=="),
		files: "a.pdf (application/pdf) %PDF",
	},
	{
		why:  "a text as the whole letter with a name",
		raw:  ofKind("text/plain; name=a.txt", "\nHi"),
		text: "Hi",
	},
	{
		why:   "a text as the whole letter, to be a file",
		raw:   ofKind("text/plain", "Content-Disposition: attachment; filename=a.txt\n\nHi"),
		files: "a.txt (text/plain) Hi",
	},
}
