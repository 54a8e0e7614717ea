package message

import "strings"

func awkwardTexts() []awkward {
	kind := func(kind, rest string) string { return jo + "Content-Type: " + kind + "\n" + rest }
	return []awkward{
		{why: "a charset without a name", raw: kind("text/plain; charset=", "\nGr\xfc\xdfe"), text: "Grüße"},
		{why: "a kind without a slash", raw: kind("text", "\nHi"), text: "Hi"},
		{why: "an empty kind", raw: kind("", "\nHi"), text: "Hi"},
		{why: "a kind of nonsense", raw: kind("; ; charset", "\nHi"), text: "Hi"},
		{why: "two kinds: the first counts", raw: kind("text/plain", "Content-Type: text/html\n\n<b>Hi"), text: "<b>Hi"},
		{why: "a kind in capitals with comments", raw: kind("TEXT/HTML (yes)", "\n<p>Hi</p>"), text: "Hi"},
		{why: "a kind that nobody knows is text", raw: kind("text/x-nobody", "\nHi"), text: "Hi"},
		{why: "enriched text", raw: kind("text/enriched", "\nHi"), text: "Hi"},
		{why: "no semicolon before the charset", raw: kind("text/plain charset=iso-8859-1", "\nGr\xfc\xdfe"), text: "Grüße"},
		{why: "a charset with rubbish behind it", raw: kind("text/plain; charset=koi8-r; charset=koi8-r", "\n\xf0\xd2\xc9\xd7\xc5\xd4"), text: "Привет"},
		{why: "GB18030", raw: kind("text/plain; charset=gb18030", "\n\xd6\xd0\xce\xc4"), text: "中文"},
		{why: "Big5", raw: kind("text/plain; charset=big5", "\n\xa4\xa4\xa4\xe5"), text: "中文"},
		{why: "Shift JIS by another name", raw: kind("text/plain; charset=x-sjis", "\n\x93\xfa\x96\x7b"), text: "日本"},
		{why: "the charset of DOS", raw: kind("text/plain; charset=cp850", "\nGr\x81\xe1e"), text: "Grüße"},
		{why: "Hebrew as it is stored", raw: kind("text/plain; charset=iso-8859-8-i", "\n\xf9\xec\xe5\xed"), text: "שלום"},
		{why: "Windows called ASCII", raw: kind("text/plain; charset=us-ascii", "\n\x84Toner\x93 f\xfcr 5 \x80"), text: "„Toner“ für 5 €"},
		{why: "UTF-16 with a mark", raw: kind("text/plain; charset=utf-16", "Content-Transfer-Encoding: base64\n\n//5IAGkA"), text: "Hi"},
		{why: "flowed, quoted, stuffed", raw: kind("text/plain; format=flowed", "\n> a \n> b\n From here \nto there"), text: "> a b\nFrom here to there"},
		{why: "flowed with delsp", raw: kind("text/plain; format=flowed; delsp=yes", "\n日 \n本"), text: "日本"},
		{why: "base64 without line ends", raw: kind("text/plain", "Content-Transfer-Encoding: base64\n\n"+strings.Repeat("SGkg", 300)), text: strings.TrimSpace(strings.Repeat("Hi ", 300))},
		{why: "base64 cut off", raw: kind("text/plain", "Content-Transfer-Encoding: base64\n\nSGkgdGhlcmU"), text: "Hi there"},
		{why: "base64 padded too much", raw: kind("text/plain", "Content-Transfer-Encoding: base64\n\nSGk====\n\n"), text: "Hi"},
		{why: "quoted-printable with a raw equals", raw: kind("text/plain", "Content-Transfer-Encoding: quoted-printable\n\n1 = 1 =3D 1"), text: "1 = 1 = 1"},
		{why: "quoted-printable ends in a soft end", raw: kind("text/plain", "Content-Transfer-Encoding: quoted-printable\n\nHi="), text: "Hi"},
		{why: "an encoding with a blank in it", raw: kind("text/plain", "Content-Transfer-Encoding: quoted printable\n\nHi=21"), text: "Hi!"},
		{why: "uuencode in the text", raw: jo + "\nSee:\nbegin 644 a b.txt\n\"2&D`\n`\nend\nBye", text: "See:\nBye", files: "a b.txt (application/octet-stream) Hi"},
		{why: "uuencode without end is text", raw: jo + "\nbegin 644 a.txt\n\"2&D`\n", text: "begin 644 a.txt\n\"2&D`"},
		{why: "a sentence that begins like uuencode", raw: jo + "\nbegin 644 words of which none\nis a file\nend", text: "begin 644 words of which none\nis a file\nend"},
		{why: "base64 of POSIX in the text", raw: jo + "\nbegin-base64 644 a.txt\nSGk=\n====\n", files: "a.txt (application/octet-stream) Hi"},
		{why: "yEnc in the text", raw: jo + "\n=ybegin line=128 size=2 name=a.bin\nr\x93\n=yend size=2\nBye", text: "Bye", files: "a.bin (application/octet-stream) Hi"},
		{why: "BinHex is shown as it is", raw: kind("application/mac-binhex40; name=a.hqx", "\n(This file must be converted with BinHex 4.0)\n:xyz:"), files: "a.hqx (application/mac-binhex40) (This file must be converted with BinHex 4.0)\n:xyz:"},
		{why: "PGP in the text stays", raw: jo + "\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n", text: "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----"},
		{why: "HTML without any end", raw: kind("text/html", "\n<html><body><p>Hi<b>there"), text: "Hithere"},
		{why: "HTML of Word", raw: kind("text/html", "\n<html xmlns:o=x><style><!-- p{} --></style><o:p>Hi</o:p>&nbsp;<!--[if mso]>x<![endif]-->"), text: "Hi"},
		{why: "an empty text beside full HTML", raw: alternative("text/plain\n\n \n", "text/html\n\n<p>Hi</p>"), text: "Hi"},
		{why: "a file as the whole letter", raw: kind("application/pdf; name=a.pdf", "Content-Transfer-Encoding: base64\n\nJVBERg=="), files: "a.pdf (application/pdf) %PDF"},
		{why: "a text as the whole letter with a name", raw: kind("text/plain; name=a.txt", "\nHi"), text: "Hi"},
		{why: "a text as the whole letter, to be a file", raw: kind("text/plain", "Content-Disposition: attachment; filename=a.txt\n\nHi"), files: "a.txt (text/plain) Hi"},
	}
}

// multi returns a multipart of that kind; each part begins with its type.
func multi(kind string, parts ...string) string {
	return jo + "Content-Type: multipart/" + kind + "; boundary=\"=_b\"\n\nPreamble\n--=_b\nContent-Type: " +
		strings.Join(parts, "\n--=_b\nContent-Type: ") + "\n--=_b--\nEpilogue\n"
}

func alternative(parts ...string) string { return multi("alternative", parts...) }

func awkwardParts() []awkward {
	const hi = "text/plain\n\nHi"
	hundred := jo
	for i := range 99 {
		hundred += strings.ReplaceAll("Content-Type: multipart/mixed; boundary=N\n\n--N\n", "N", "b"+strings.Repeat("x", i))
	}
	return []awkward{
		{why: "a hundred levels deep", raw: hundred + "\nHi\n", text: "Hi"},
		{why: "five hundred parts", raw: multi("mixed", strings.Fields(strings.Repeat("text/plain ", 500))...), text: ""},
		{why: "blanks after the boundary", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\n--b  \n\nHi\n--b-- \t\nx", text: "Hi"},
		{why: "blanks at the end of the boundary's name", raw: jo + "Content-Type: multipart/mixed; boundary=\"b \"\n\n--b\n\nHi\n--b--\n", text: "Hi"},
		{why: "a boundary in single quotes", raw: jo + "Content-Type: multipart/mixed; boundary='b'\n\n--'b'\n\nHi\n--'b'--\n", text: "Hi"},
		{why: "a boundary with specials and no quotes", raw: jo + "Content-Type: multipart/mixed; boundary=----=_Part(1):2?3\n\n------=_Part(1):2?3\n\nHi\n------=_Part(1):2?3--\n", text: "Hi"},
		{why: "a boundary with a quote too many", raw: jo + "Content-Type: multipart/mixed; boundary=\"b\n\n--b\n\nHi\n--b--\n", text: "Hi"},
		{why: "a boundary of blanks before its name", raw: jo + "Content-Type: multipart/mixed;\n\tboundary = b\n\n--b\n\nHi\n--b--\n", text: "Hi"},
		{why: "a boundary that is not said", raw: jo + "Content-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nHi\n--b\nContent-Type: a/b; name=x\n\nfile\n--b--\n", text: "Hi", files: "x (a/b) file"},
		{why: "a boundary that begins with another", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b2\n\n--b2\n\nHi\n--b2--\n--b\n\nBye\n--b--\n", text: "Hi\nBye"},
		{why: "the same boundary twice in one another", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--\n--b\n\nBye\n--b--\n", text: "Hi\nBye"},
		{why: "no blank line in a part without header", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\nHi there\n--b--\n", text: "Hi there"},
		{why: "the end comes at once", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\nHi\n--b--\n", text: "Hi"},
		{why: "no line end at the last boundary", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--", text: "Hi"},
		{why: "no line end before the boundary", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b\n\nHi\n--b--", text: "Hi"},
		{why: "cut off inside a file", raw: jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b\nContent-Type: a/b; name=x\nContent-Transfer-Encoding: base64\n\nZmls", text: "Hi", files: "x (a/b) fil"},
		{why: "parts after the end are lost on purpose", raw: multi("mixed", hi) + "--=_b\n\nBye\n", text: "Hi"},
		{why: "a multipart that is said to be base64", raw: jo + "Content-Transfer-Encoding: base64\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--\n", text: "Hi"},
		{why: "an unknown kind of multipart", raw: multi("x-nobody", hi, "a/b; name=x\n\nfile"), text: "Hi", files: "x (a/b) file"},
		{why: "HTML alone in alternatives", raw: alternative("text/html\n\n<p>Hi</p>"), text: "Hi"},
		{why: "a file among alternatives", raw: alternative(hi, "application/pdf; name=a.pdf\n\n%PDF"), text: "Hi", files: "a.pdf (application/pdf) %PDF"},
		{why: "an invitation among alternatives", raw: alternative(hi, "text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"), text: "Hi", files: "part-1.ics (text/calendar) BEGIN:VCALENDAR"},
		{why: "a picture by its place", raw: multi("related", "text/html\n\n<p>Hi<img src=a.png>", "image/png\nContent-Location: a.png\n\nPNG"), text: "Hi", files: "part-1.png (image/png) PNG"},
		{why: "both forks of a Mac file", raw: multi("appledouble", "application/applefile; name=a\n\nfork", "image/png; name=a.png\n\nPNG"), files: "a (application/applefile) fork; a.png (image/png) PNG"},
		{why: "a letter in base64", raw: multi("mixed", "message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogSW5uZXIKCkhp"), files: "Inner.eml (message/rfc822) Subject: Inner\n\nHi"},
		{why: "a part of a letter", raw: jo + "Content-Type: message/partial; id=x; number=1; total=2\n\nFrom: a\n\nHi", files: "part-1.bin (message/partial) From: a\n\nHi"},
		{why: "a body that lies elsewhere", raw: multi("mixed", "message/external-body; access-type=URL; URL=\"http://x.example/a\"\n\nContent-Type: a/b\n\n"), files: "part-1.bin (message/external-body) Content-Type: a/b"},
		{why: "a signature of S/MIME", raw: multi("signed; protocol=\"application/pkcs7-signature\"", hi, "application/pkcs7-signature; name=smime.p7s\n\nsig"), text: "Hi", files: "smime.p7s (application/pkcs7-signature) sig"},
		{why: "encrypted by PGP", raw: multi("encrypted; protocol=\"application/pgp-encrypted\"", "application/pgp-encrypted\n\nVersion: 1", "application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----"), files: "part-1.bin (application/pgp-encrypted) Version: 1; encrypted.asc (application/octet-stream) -----BEGIN PGP MESSAGE-----"},
		{why: "encrypted by S/MIME", raw: jo + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB", files: "smime.p7m (application/pkcs7-mime) 0\x82\x01"},
		{why: "a business card", raw: multi("mixed", hi, "text/vcard; name=jo.vcf\n\nBEGIN:VCARD"), text: "Hi", files: "jo.vcf (text/vcard) BEGIN:VCARD"},
		{why: "a part of no type in a digest is a letter", raw: multi("digest", "\n\nSubject: Inner\n\nHi"), files: "Inner.eml (message/rfc822) Subject: Inner\n\nHi"},
		{why: "a text shown inline with a name is a file", raw: multi("mixed", hi, "text/plain\nContent-Disposition: inline; filename=a.log\n\nlog"), text: "Hi", files: "a.log (text/plain) log"},
		{why: "a text shown inline without a name is text", raw: multi("mixed", hi, "text/plain\nContent-Disposition: inline\n\nBye"), text: "Hi\nBye"},
		{why: "an unknown disposition is a file's", raw: multi("mixed", hi, "a/b\nContent-Disposition: x-nobody; filename=x\n\nfile"), text: "Hi", files: "x (a/b) file"},
		{why: "an empty file", raw: multi("mixed", hi, "a/b; name=x\n"), text: "Hi", files: "x (a/b) "},
		{why: "two files of one name", raw: multi("mixed", "a/b; name=x\n\n1", "a/b; name=x\n\n2"), files: "x (a/b) 1; x (a/b) 2"},
	}
}

func awkwardNames() []awkward {
	file := func(header string) string { return multi("mixed", "a/b"+header+"\n\n1") }
	disposition := func(params string) string { return file("\nContent-Disposition: attachment; " + params) }
	long := strings.Repeat("n", 250)
	return []awkward{
		{why: "filename beats name", raw: file("; name=wrong\nContent-Disposition: attachment; filename=right"), files: "right (a/b) 1"},
		{why: "an empty filename gives way", raw: file("; name=right\nContent-Disposition: attachment; filename=\"\""), files: "right (a/b) 1"},
		{why: "blanks and no quotes", raw: disposition("filename=my report.pdf"), files: "my report.pdf (a/b) 1"},
		{why: "a quote without end", raw: disposition(`filename="report.pdf`), files: "report.pdf (a/b) 1"},
		{why: "quotes escaped", raw: disposition(`filename="my \"report\".pdf"`), files: "my _report_.pdf (a/b) 1"},
		{why: "a semicolon in quotes", raw: disposition(`filename="a;b.pdf"; size=1`), files: "a;b.pdf (a/b) 1"},
		{why: "RFC 2231 in one piece", raw: disposition("filename*=utf-8'de'%C3%9Cbersicht.pdf"), files: "Übersicht.pdf (a/b) 1"},
		{why: "RFC 2231 in pieces", raw: disposition("filename*0*=utf-8''%C3%9Cber;\n filename*1=sicht;\n filename*2*=%2Epdf"), files: "Übersicht.pdf (a/b) 1"},
		{why: "RFC 2231 in pieces out of order", raw: disposition("filename*1=sicht.pdf; filename*0*=utf-8''%C3%9Cber"), files: "Übersicht.pdf (a/b) 1"},
		{why: "RFC 2231 in Latin-1", raw: disposition("filename*=iso-8859-1''%DCbersicht.pdf"), files: "Übersicht.pdf (a/b) 1"},
		{why: "RFC 2231 without a charset", raw: disposition("filename*=''a%20b.pdf"), files: "a b.pdf (a/b) 1"},
		{why: "RFC 2231 beats the plain one", raw: disposition("filename=U.pdf; filename*=utf-8''%C3%9C.pdf"), files: "Ü.pdf (a/b) 1"},
		{why: "an encoded word", raw: disposition("filename=\"=?utf-8?q?=C3=9Cbersicht.pdf?=\""), files: "Übersicht.pdf (a/b) 1"},
		{why: "an encoded word without quotes", raw: disposition("filename==?utf-8?q?=C3=9Cbersicht.pdf?="), files: "Übersicht.pdf (a/b) 1"},
		{why: "encoded words folded", raw: disposition("filename=\"=?utf-8?q?=C3=9Cber?=\n =?utf-8?q?sicht.pdf?=\""), files: "Übersicht.pdf (a/b) 1"},
		{why: "raw UTF-8", raw: disposition(`filename="Übersicht.pdf"`), files: "Übersicht.pdf (a/b) 1"},
		{why: "raw Latin-1", raw: disposition("filename=\"\xdcbersicht.pdf\""), files: "Übersicht.pdf (a/b) 1"},
		{why: "escapes of the web", raw: disposition(`filename="a%20b.pdf"`), files: "a%20b.pdf (a/b) 1"},
		{why: "a path of Windows", raw: disposition(`filename="C:\\temp\\a.pdf"`), files: "a.pdf (a/b) 1"},
		{why: "a path upwards", raw: disposition(`filename="../../etc/passwd"`), files: "passwd (a/b) 1"},
		{why: "a NUL", raw: disposition("filename*=utf-8''a.pdf%00.exe"), files: "a.pdf .exe (a/b) 1"},
		{why: "a turn of direction", raw: disposition("filename*=utf-8''a%E2%80%AEfdp.exe"), files: "a fdp.exe (a/b) 1"},
		{why: "250 characters", raw: disposition("filename=" + long + ".pdf"), files: long[:196] + ".pdf (a/b) 1"},
		{why: "dots alone", raw: disposition(`filename=".."`), files: "part-1.bin (a/b) 1"},
		{why: "the parameter's name in capitals", raw: disposition("FileName=a.pdf"), files: "a.pdf (a/b) 1"},
		{why: "the same parameter twice", raw: disposition("filename=a.pdf; filename=b.pdf"), files: "a.pdf (a/b) 1"},
		{why: "a disposition without a kind", raw: file("\nContent-Disposition: filename=a.pdf"), files: "a.pdf (a/b) 1"},
		{why: "a name in Content-Description alone is none", raw: file("\nContent-Description: a.pdf"), files: "part-1.bin (a/b) 1"},
	}
}
