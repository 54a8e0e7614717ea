package web

import (
	"net/http"

	"gatehouse/desk"
	"gatehouse/service"
)

// A Rating asks somebody how content he is with how his ticket was solved.
type Rating struct {
	Action string
	Marks  []Option
	Error  string // about the marks; empty: none
	Note   Field
	Given  Text // what he said before; zero: nothing
}

// RatingForm is the question with the answer that is chosen; zero: none is.
func RatingForm(action string, chosen desk.Mark, note string) *Rating {
	f := &Rating{Action: action, Note: Field{Name: "note", Kind: "textarea", Rows: 3, Value: note}}
	for _, m := range desk.Marks() {
		f.Marks = append(f.Marks, Option{Value: m.String(), Label: T("rate." + m.String()), Selected: m == chosen})
	}
	return f
}

// ReadRating reads the form.
func ReadRating(r *http.Request) desk.Rating {
	mark, _ := desk.ParseMark(r.PostFormValue("mark"))
	return desk.Rating{Mark: mark, Note: r.PostFormValue("note")}
}

// Refused puts what was sent, and why it was not taken, into the form. It
// returns what is about none of its fields.
func (f *Rating) Refused(r *http.Request, err error) string {
	sent := ReadRating(r)
	for i := range f.Marks {
		f.Marks[i].Selected = sent.Mark != 0 && f.Marks[i].Value == sent.Mark.String()
	}
	f.Note.Value = sent.Note
	marks := Field{Name: "mark"}
	rest := Refuse(err, &marks, &f.Note)
	f.Error = marks.Error
	return rest
}

// A RatePage takes a rating from who followed the link of a letter. It says
// nothing of the ticket: the link may have been passed on.
type RatePage struct {
	Form  *Rating // nil: it is done
	Error string  // about no field; empty: none
}

// View makes the page ready to be shown.
func (p RatePage) View() View {
	return View{Template: "bare/rate", Title: T("rate.title"), Body: p}
}

// askRate asks the question; nothing is kept before the form is sent, as
// programs look at links without being told to.
func (e entrance) askRate(w http.ResponseWriter, r *http.Request) error {
	mark, _ := desk.ParseMark(r.FormValue("mark"))
	return e.site.Show(w, r, RatePage{Form: RatingForm(service.RatePath+r.PathValue("token"), mark, "")}.View())
}

// rate takes the answer.
func (e entrance) rate(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	err := e.svc.RateByLink(r.Context(), r.PathValue("token"), ReadRating(r))
	switch desk.KindOf(err) {
	case 0:
		return e.site.Show(w, r, RatePage{}.View())
	case desk.Invalid, desk.Conflict:
		page := RatePage{Form: RatingForm(service.RatePath+r.PathValue("token"), 0, "")}
		page.Error = page.Form.Refused(r, err)
		view := page.View()
		view.Status = StatusOf(desk.KindOf(err))
		return e.site.Show(w, r, view)
	}
	return err
}
