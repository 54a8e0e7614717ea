package message

import "strings"

// multi returns a multipart of that kind; each part begins with its type.
func multi(kind string, parts ...string) string {
	return jo + "Content-Type: multipart/" + kind + "; boundary=\"=_b\"\n\nPreamble\n--=_b\nContent-Type: " +
		strings.Join(parts, "\n--=_b\nContent-Type: ") + "\n--=_b--\nEpilogue\n"
}

func alternative(parts ...string) string { return multi("alternative", parts...) }

const hi = "text/plain\n\nHi"

// hundredDeep is the beginning of a letter with 99 multiparts in one another.
func hundredDeep() string {
	raw := jo
	for i := range 99 {
		raw += strings.ReplaceAll("Content-Type: multipart/mixed; boundary=N\n\n--N\n", "N", "b"+strings.Repeat("x", i))
	}
	return raw
}

var awkwardParts = []awkward{
	{
		why:  "a hundred levels deep",
		raw:  hundredDeep() + "\nHi\n",
		text: "Hi",
	},
	{
		why:  "five hundred parts",
		raw:  multi("mixed", strings.Fields(strings.Repeat("text/plain ", 500))...),
		text: "",
	},
	{
		why:  "blanks after the boundary",
		raw:  jo + "Content-Type: multipart/mixed; boundary=b\n\n--b  \n\nHi\n--b-- \t\nx",
		text: "Hi",
	},
	{
		why:  "blanks at the end of the boundary's name",
		raw:  jo + "Content-Type: multipart/mixed; boundary=\"b \"\n\n--b\n\nHi\n--b--\n",
		text: "Hi",
	},
	{
		why:  "a boundary in single quotes",
		raw:  jo + "Content-Type: multipart/mixed; boundary='b'\n\n--'b'\n\nHi\n--'b'--\n",
		text: "Hi",
	},
	{
		why:  "a boundary with specials and no quotes",
		raw:  jo + "Content-Type: multipart/mixed; boundary=----=_Part(1):2?3\n\n------=_Part(1):2?3\n\nHi\n------=_Part(1):2?3--\n",
		text: "Hi",
	},
	{
		why:  "a boundary with a quote too many",
		raw:  jo + "Content-Type: multipart/mixed; boundary=\"b\n\n--b\n\nHi\n--b--\n",
		text: "Hi",
	},
	{
		why:  "a boundary of blanks before its name",
		raw:  jo + "Content-Type: multipart/mixed;\n\tboundary = b\n\n--b\n\nHi\n--b--\n",
		text: "Hi",
	},
	{
		why:   "a boundary that is not said",
		raw:   jo + "Content-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nHi\n--b\nContent-Type: a/b; name=x\n\nfile\n--b--\n",
		text:  "Hi",
		files: "x (a/b) file",
	},
	{
		why:  "a boundary that begins with another",
		raw:  jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b2\n\n--b2\n\nHi\n--b2--\n--b\n\nBye\n--b--\n",
		text: "Hi\nBye",
	},
	{
		why:  "the same boundary twice in one another",
		raw:  jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--\n--b\n\nBye\n--b--\n",
		text: "Hi\nBye",
	},
	{
		why:  "no blank line in a part without header",
		raw:  jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\nHi there\n--b--\n",
		text: "Hi there",
	},
	{
		why:  "the end comes at once",
		raw:  jo + "Content-Type: multipart/mixed; boundary=b\n\nHi\n--b--\n",
		text: "Hi",
	},
	{
		why:  "no line end at the last boundary",
		raw:  jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--",
		text: "Hi",
	},
	{
		why:  "no line end before the boundary",
		raw:  jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b\n\nHi\n--b--",
		text: "Hi",
	},
	{
		why:   "cut off inside a file",
		raw:   jo + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b\nContent-Type: a/b; name=x\nContent-Transfer-Encoding: base64\n\nZmls",
		text:  "Hi",
		files: "x (a/b) fil",
	},
	{
		why:  "parts after the end are lost on purpose",
		raw:  multi("mixed", hi) + "--=_b\n\nBye\n",
		text: "Hi",
	},
	{
		why:  "a multipart that is said to be base64",
		raw:  jo + "Content-Transfer-Encoding: base64\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--\n",
		text: "Hi",
	},
	{
		why:   "an unknown kind of multipart",
		raw:   multi("x-nobody", hi, "a/b; name=x\n\nfile"),
		text:  "Hi",
		files: "x (a/b) file",
	},
	{
		why:  "HTML alone in alternatives",
		raw:  alternative("text/html\n\n<p>Hi</p>"),
		text: "Hi",
	},
	{
		why:   "a file among alternatives",
		raw:   alternative(hi, "application/pdf; name=a.pdf\n\n%PDF"),
		text:  "Hi",
		files: "a.pdf (application/pdf) %PDF",
	},
	{
		why:   "an invitation among alternatives",
		raw:   alternative(hi, "text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"),
		text:  "Hi",
		files: "part-1.ics (text/calendar) BEGIN:VCALENDAR",
	},
	{
		why:   "a picture by its place",
		raw:   multi("related", "text/html\n\n<p>Hi<img src=a.png>", "image/png\nContent-Location: a.png\n\nPNG"),
		text:  "Hi",
		files: "part-1.png (image/png) PNG",
	},
	{
		why:   "both forks of a Mac file",
		raw:   multi("appledouble", "application/applefile; name=a\n\nfork", "image/png; name=a.png\n\nPNG"),
		files: "a (application/applefile) fork; a.png (image/png) PNG",
	},
	{
		why:   "a letter in base64",
		raw:   multi("mixed", "message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogSW5uZXIKCkhp"),
		files: "Inner.eml (message/rfc822) Subject: Inner\n\nHi",
	},
	{
		why:   "a part of a letter",
		raw:   jo + "Content-Type: message/partial; id=x; number=1; total=2\n\nFrom: a\n\nHi",
		files: "part-1.bin (message/partial) From: a\n\nHi",
	},
	{
		why:   "a body that lies elsewhere",
		raw:   multi("mixed", "message/external-body; access-type=URL; URL=\"http://x.example/a\"\n\nContent-Type: a/b\n\n"),
		files: "part-1.bin (message/external-body) Content-Type: a/b",
	},
	{
		why:   "a signature of S/MIME",
		raw:   multi("signed; protocol=\"application/pkcs7-signature\"", hi, "application/pkcs7-signature; name=smime.p7s\n\nsig"),
		text:  "Hi",
		files: "smime.p7s (application/pkcs7-signature) sig",
	},
	{
		why:   "encrypted by PGP",
		text:  "[This letter is encrypted (PGP). The desk has no key for it; it is attached as it came.]",
		raw:   multi("encrypted; protocol=\"application/pgp-encrypted\"", "application/pgp-encrypted\n\nVersion: 1", "application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----"),
		files: "part-1.bin (application/pgp-encrypted) Version: 1; encrypted.asc (application/octet-stream) -----BEGIN PGP MESSAGE-----",
	},
	{
		why:   "encrypted by S/MIME",
		text:  "[This letter is encrypted (S/MIME). The desk has no key for it; it is attached as it came.]",
		raw:   jo + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB",
		files: "smime.p7m (application/pkcs7-mime) 0\x82\x01",
	},
	{
		why:   "a business card",
		raw:   multi("mixed", hi, "text/vcard; name=jo.vcf\n\nBEGIN:VCARD"),
		text:  "Hi",
		files: "jo.vcf (text/vcard) BEGIN:VCARD",
	},
	{
		why:   "a part of no type in a digest is a letter",
		raw:   multi("digest", "\n\nSubject: Inner\n\nHi"),
		files: "Inner.eml (message/rfc822) Subject: Inner\n\nHi",
	},
	{
		why:   "a text shown inline with a name is a file",
		raw:   multi("mixed", hi, "text/plain\nContent-Disposition: inline; filename=a.log\n\nlog"),
		text:  "Hi",
		files: "a.log (text/plain) log",
	},
	{
		why:  "a text shown inline without a name is text",
		raw:  multi("mixed", hi, "text/plain\nContent-Disposition: inline\n\nBye"),
		text: "Hi\nBye",
	},
	{
		why:   "an unknown disposition is a file's",
		raw:   multi("mixed", hi, "a/b\nContent-Disposition: x-nobody; filename=x\n\nfile"),
		text:  "Hi",
		files: "x (a/b) file",
	},
	{
		why:   "an empty file",
		raw:   multi("mixed", hi, "a/b; name=x\n"),
		text:  "Hi",
		files: "x (a/b) ",
	},
	{
		why:   "two files of one name",
		raw:   multi("mixed", "a/b; name=x\n\n1", "a/b; name=x\n\n2"),
		files: "x (a/b) 1; x (a/b) 2",
	},
}
