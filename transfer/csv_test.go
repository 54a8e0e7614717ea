package transfer_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/transfer"
)

func text(s string) *string { return &s }

// TestForms: the same two users, written in every form that programs write.
func TestForms(t *testing.T) {
	want := []service.UserRecord{
		{Line: 2, Login: "bob", Name: text("Baker, Bob"), Addresses: &[]string{"bob@acme.example", "b@acme.example"}},
		{Line: 3, Login: "mei", Name: text("=1+2"), Addresses: &[]string{}},
	}
	for why, file := range map[string]string{
		"commas and quotes":         "login,name,addresses\nbob,\"Baker, Bob\",bob@acme.example b@acme.example\nmei,=1+2,\n",
		"a byte-order mark":         "\xef\xbb\xbflogin,name,addresses\nbob,\"Baker, Bob\",bob@acme.example b@acme.example\nmei,=1+2,\n",
		"CRLF":                      "login,name,addresses\r\nbob,\"Baker, Bob\",bob@acme.example b@acme.example\r\nmei,=1+2,\r\n",
		"no line end at the end":    "login,name,addresses\nbob,\"Baker, Bob\",bob@acme.example b@acme.example\nmei,=1+2,",
		"semicolons":                "login;name;addresses\nbob;Baker, Bob;bob@acme.example b@acme.example\nmei;=1+2;\n",
		"tabs, columns in caps":     "Login\tNAME\tAddresses\nbob\tBaker, Bob\tbob@acme.example b@acme.example\nmei\t=1+2\t\n",
		"columns in another order":  "addresses,name,login\nbob@acme.example b@acme.example,\"Baker, Bob\",bob\n,=1+2,mei\n",
		"blanks and a comma inside": "login, name, addresses\n bob ,\"Baker, Bob\",\"bob@acme.example, b@acme.example\"\nmei, =1+2 ,\n",
	} {
		t.Run(why, func(t *testing.T) {
			load, err := transfer.ReadCSV("users", strings.NewReader(file))
			if err != nil || len(load.Bad) > 0 {
				t.Fatal(err, load.Bad)
			}
			if diff := cmp.Diff(load.Users, want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

// TestLines: a column that is not there says nothing, an empty cell empties,
// and every kind has records of its own.
func TestLines(t *testing.T) {
	load, err := transfer.ReadCSV("customers", strings.NewReader("key,name,domains,disabled\nä*%+[🙂],,acme.example;acme.test,yes\n"))
	yes := true
	want := []service.CustomerRecord{{Line: 2, Key: "ä*%+[🙂]", Name: text(""), Domains: &[]string{"acme.example", "acme.test"}, Disabled: &yes}}
	if diff := cmp.Diff(load.Customers, want); err != nil || len(load.Bad) > 0 || diff != "" {
		t.Errorf("customers: %v %v\n%s", err, load.Bad, diff)
	}
	load, err = transfer.ReadCSV("memberships", strings.NewReader("customer,group,member,part,primary,from,until\nacme,,bob,Manager,no,,2026-03-31\n,Staff,ann,,,,\n"))
	no, day := false, desk.Day(20544)
	ms := []service.MembershipRecord{
		{Line: 2, Group: "customer:acme", Member: "bob", Part: desk.PartManager, Primary: &no, From: new(desk.Day), Until: &day},
		{Line: 3, Group: "group:Staff", Member: "ann", From: new(desk.Day), Until: new(desk.Day)},
	}
	if diff := cmp.Diff(load.Memberships, ms); err != nil || len(load.Bad) > 0 || diff != "" {
		t.Errorf("memberships: %v %v\n%s", err, load.Bad, diff)
	}
	load, err = transfer.ReadCSV("grants", strings.NewReader("who,as,what,where,until\ngroup:Staff,Cc Owner,rw,queue:support,\n"))
	gs := []service.GrantRecord{{Line: 2, Written: service.Written{Who: "group:Staff", As: []string{"Cc", "Owner"}, What: "rw", Where: "queue:support"}}}
	if diff := cmp.Diff(load.Grants, gs); err != nil || len(load.Bad) > 0 || diff != "" {
		t.Errorf("grants: %v %v\n%s", err, load.Bad, diff)
	}
}

// TestBadLines: what cannot be read is told by its line, and the lines around
// it are read.
func TestBadLines(t *testing.T) {
	for _, tt := range []struct {
		why, kind, file string
		line            int
		says            string
		read            int // records that are read all the same
	}{
		{"too few cells", "users", "login,name\nbob\nmei,Mei\n", 2, "1 cells, the first line has 2", 1},
		{"too many cells", "users", "login\nbob\nmei,Mei\n", 3, "2 cells, the first line has 1", 1},
		{"no login", "users", "login,name\n,Bob\n", 2, "column login is empty", 0},
		{"a kind that there is not", "users", "login,kind\nbob,boss\n", 2, "agent or contact", 0},
		{"neither yes nor no", "users", "login,disabled\nbob,perhaps\n", 2, "yes or no", 0},
		{"a quotation mark inside", "users", "login\nb\"ob\nmei\n", 2, "quotation mark", 1},
		{"a quotation that never ends", "users", "login\nann\n\"bob\nmei\n", 3, "not closed", 1},
		{"a line after cells of several lines", "users", "login,name\nann,\"A\nB\"\nbob\n", 4, "cells", 1},
		{"no UTF-8", "users", "login\nb\xf6b\nmei\n", 2, "UTF-8", 1},
		{"a cell that is too long", "users", "login\n" + strings.Repeat("b", 10_001) + "\n", 2, "longer than", 0},
		{"a day that there is not", "memberships", "customer,member,until\nacme,bob,31.3.2026\n", 2, "column until", 0},
		{"a part that there is not", "memberships", "customer,member,part\nacme,bob,boss\n", 2, "manager", 0},
		{"group and customer", "memberships", "customer,group,member\nacme,Staff,bob\n", 2, "both", 0},
		{"neither group nor customer", "memberships", "customer,group,member\n,,bob\n", 2, "neither", 0},
	} {
		t.Run(tt.why, func(t *testing.T) {
			load, err := transfer.ReadCSV(tt.kind, strings.NewReader(tt.file))
			if err != nil || len(load.Bad) != 1 {
				t.Fatalf("got %v and bad lines %v, want one", err, load.Bad)
			}
			if got := load.Bad[0]; got.Line != tt.line || !strings.Contains(desk.Sentence(got.Err), tt.says) {
				t.Errorf("line %d says %q, want line %d to say %q", got.Line, desk.Sentence(got.Err), tt.line, tt.says)
			}
			if got := len(load.Users) + len(load.Memberships); got != tt.read {
				t.Errorf("%d records were read, want %d", got, tt.read)
			}
		})
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	var utf16le bytes.Buffer
	utf16le.WriteString("\xff\xfe")
	for _, c := range utf16.Encode([]rune("login\n")) {
		utf16le.Write([]byte{byte(c), byte(c >> 8)})
	}
	for _, tt := range []struct{ why, kind, file, says string }{
		{"nothing in it", "users", "", "empty"},
		{"nothing but a byte-order mark", "users", "\xef\xbb\xbf", "names the columns"},
		{"UTF-16", "users", utf16le.String(), "UTF-16"},
		{"a wrong column", "users", "login,shoe size\n", `"shoe size"`},
		{"a column twice", "users", "login,name,Name\n", `"name"`},
		{"without logins", "users", "name\nBob\n", "column login"},
		{"neither group nor customer", "memberships", "member\nbob\n", "neither"},
		{"another kind", "horses", "login\n", "horses"},
		{"no text at all", "users", "\x00\x01\x02\xfe\n", "Line 1"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, err := transfer.ReadCSV(tt.kind, strings.NewReader(tt.file))
			if desk.KindOf(err) != desk.Invalid || !strings.Contains(desk.Sentence(err), tt.says) {
				t.Errorf("got %v, want it to say %q", err, tt.says)
			}
		})
	}
}

// FuzzReadCSV: whatever the bytes, each record and each bad line stands in a
// line of the file, in their order, and no record lacks what it must have.
func FuzzReadCSV(f *testing.F) {
	f.Add("users", []byte("login,name\nbob,Bob\n"))
	f.Add("memberships", []byte("\xef\xbb\xbfcustomer;member;until\r\nacme;bob;2026-01-01\r\n\"\n"))
	f.Add("grants", []byte("who\twhat\twhere\nann\trw\tsystem\n"))
	f.Fuzz(func(t *testing.T, kind string, file []byte) {
		load, err := transfer.ReadCSV(kind, bytes.NewReader(file))
		if err != nil && desk.KindOf(err) == desk.Internal {
			t.Fatal(err)
		}
		lines, last := bytes.Count(file, []byte("\n"))+1, 1
		for _, u := range load.Users {
			if u.Login == "" || u.Line <= last || u.Line > lines {
				t.Errorf("user %+v after line %d of %d", u, last, lines)
			}
			last = u.Line
		}
		for _, b := range load.Bad {
			if b.Line < 2 || b.Line > lines || b.Err == nil {
				t.Errorf("bad line %d of %d: %v", b.Line, lines, b.Err)
			}
		}
	})
}
