package web

import (
	"encoding/csv"
	"net/http"

	"gatehouse/desk"
)

// SendCSV begins an answer that is a table for table programs (RFC 4180), with
// its first row, and returns where the others are written. Cells are made
// harmless by Harmless.
func SendCSV(w http.ResponseWriter, name string, head []string) (*csv.Writer, error) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
	out := csv.NewWriter(w)
	return out, out.Write(head)
}

// Harmless keeps a table program from taking a text for a formula: what begins
// like one gets an apostrophe. Numbers stay numbers.
func Harmless(cell string) string {
	return desk.HarmlessCell(cell)
}
