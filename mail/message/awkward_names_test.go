package message

import "strings"

// file is a letter with a file of that header, and attached one with the
// parameters of its Content-Disposition.
func file(header string) string { return multi("mixed", "a/b"+header+"\n\n1") }

func attached(params string) string { return file("\nContent-Disposition: attachment; " + params) }

var awkwardNames = []awkward{
	{
		why:   "filename beats name",
		raw:   file("; name=wrong\nContent-Disposition: attachment; filename=right"),
		files: "right (a/b) 1",
	},
	{
		why:   "an empty filename gives way",
		raw:   file("; name=right\nContent-Disposition: attachment; filename=\"\""),
		files: "right (a/b) 1",
	},
	{
		why:   "blanks and no quotes",
		raw:   attached("filename=my report.pdf"),
		files: "my report.pdf (a/b) 1",
	},
	{
		why:   "a quote without end",
		raw:   attached(`filename="report.pdf`),
		files: "report.pdf (a/b) 1",
	},
	{
		why:   "quotes escaped",
		raw:   attached(`filename="my \"report\".pdf"`),
		files: "my _report_.pdf (a/b) 1",
	},
	{
		why:   "a semicolon in quotes",
		raw:   attached(`filename="a;b.pdf"; size=1`),
		files: "a;b.pdf (a/b) 1",
	},
	{
		why:   "RFC 2231 in one piece",
		raw:   attached("filename*=utf-8'de'%C3%9Cbersicht.pdf"),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "RFC 2231 in pieces",
		raw:   attached("filename*0*=utf-8''%C3%9Cber;\n filename*1=sicht;\n filename*2*=%2Epdf"),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "RFC 2231 in pieces out of order",
		raw:   attached("filename*1=sicht.pdf; filename*0*=utf-8''%C3%9Cber"),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "RFC 2231 in Latin-1",
		raw:   attached("filename*=iso-8859-1''%DCbersicht.pdf"),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "RFC 2231 without a charset",
		raw:   attached("filename*=''a%20b.pdf"),
		files: "a b.pdf (a/b) 1",
	},
	{
		why:   "RFC 2231 beats the plain one",
		raw:   attached("filename=U.pdf; filename*=utf-8''%C3%9C.pdf"),
		files: "Ü.pdf (a/b) 1",
	},
	{
		why:   "an encoded word",
		raw:   attached("filename=\"=?utf-8?q?=C3=9Cbersicht.pdf?=\""),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "an encoded word without quotes",
		raw:   attached("filename==?utf-8?q?=C3=9Cbersicht.pdf?="),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "encoded words folded",
		raw:   attached("filename=\"=?utf-8?q?=C3=9Cber?=\n =?utf-8?q?sicht.pdf?=\""),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "raw UTF-8",
		raw:   attached(`filename="Übersicht.pdf"`),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "raw Latin-1",
		raw:   attached("filename=\"\xdcbersicht.pdf\""),
		files: "Übersicht.pdf (a/b) 1",
	},
	{
		why:   "escapes of the web",
		raw:   attached(`filename="a%20b.pdf"`),
		files: "a%20b.pdf (a/b) 1",
	},
	{
		why:   "a path of Windows",
		raw:   attached(`filename="C:\\temp\\a.pdf"`),
		files: "a.pdf (a/b) 1",
	},
	{
		why:   "a path upwards",
		raw:   attached(`filename="../../etc/passwd"`),
		files: "passwd (a/b) 1",
	},
	{
		why:   "a NUL",
		raw:   attached("filename*=utf-8''a.pdf%00.exe"),
		files: "a.pdf .exe (a/b) 1",
	},
	{
		why:   "a turn of direction",
		raw:   attached("filename*=utf-8''a%E2%80%AEfdp.exe"),
		files: "a fdp.exe (a/b) 1",
	},
	{
		why:   "250 characters",
		raw:   attached("filename=" + strings.Repeat("n", 250) + ".pdf"),
		files: strings.Repeat("n", 196) + ".pdf (a/b) 1",
	},
	{
		why:   "dots alone",
		raw:   attached(`filename=".."`),
		files: "part-1.bin (a/b) 1",
	},
	{
		why:   "the parameter's name in capitals",
		raw:   attached("FileName=a.pdf"),
		files: "a.pdf (a/b) 1",
	},
	{
		why:   "the same parameter twice",
		raw:   attached("filename=a.pdf; filename=b.pdf"),
		files: "a.pdf (a/b) 1",
	},
	{
		why:   "a disposition without a kind",
		raw:   file("\nContent-Disposition: filename=a.pdf"),
		files: "a.pdf (a/b) 1",
	},
	{
		why:   "a name in Content-Description alone is none",
		raw:   file("\nContent-Description: a.pdf"),
		files: "part-1.bin (a/b) 1",
	},
}
