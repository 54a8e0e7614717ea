package web

import (
	"net/http"
	"strconv"

	"gatehouse/desk"
	"gatehouse/service"
)

// A CompanyLine is a customer to which the reader of his account belongs.
type CompanyLine struct {
	Name    string
	URL     string
	Part    Text
	Letters Field
}

// LetterOptions are the choices of which tickets of a customer somebody is told.
func LetterOptions(quiet bool) []Option {
	return []Option{{"all", T("letters.all"), !quiet}, {"named", T("letters.named"), quiet}}
}

func companyURL(id desk.PrincipalID) string {
	return "/account/companies/" + strconv.FormatInt(int64(id), 10)
}

// companies returns the memberships of the reader at customers that are in force.
func (a account) companies(r *http.Request) ([]service.Member, error) {
	by := Actor(r)
	all, err := a.svc.GroupsOf(r.Context(), by, by.User)
	if err != nil {
		return nil, err
	}
	var list []service.Member
	for _, m := range all {
		if m.Name.Kind == "customer" && !m.Name.Disabled && desk.InForce(m.From, m.Until, desk.DayOf(a.svc.Now())) {
			list = append(list, m)
		}
	}
	return list, nil
}

func (a account) fillCompanies(r *http.Request, p *AccountPage) error {
	list, err := a.companies(r)
	for _, m := range list {
		p.Companies = append(p.Companies, CompanyLine{Name: m.Name.Text, URL: companyURL(m.Group), Part: T("part." + m.Part.String()),
			Letters: Field{Form: "c" + strconv.FormatInt(int64(m.Group), 10), Name: "letters", Kind: "select", Options: LetterOptions(m.Quiet)}})
	}
	return err
}

// company returns the membership that the address names.
func (a account) company(r *http.Request) (*service.Member, error) {
	id, err := ID[desk.PrincipalID](r, "id")
	if err != nil {
		return nil, err
	}
	list, err := a.companies(r)
	for i := range list {
		if list[i].Group == id {
			return &list[i], nil
		}
	}
	if err == nil {
		err = desk.Errorf(desk.NotFound, "There is no such page.")
	}
	return nil, err
}

// companyLetters sets which letters the reader gets about a customer's tickets.
func (a account) companyLetters(w http.ResponseWriter, r *http.Request) error {
	if err := ReadForm(r); err != nil {
		return err
	}
	m, err := a.company(r)
	if err != nil {
		return err
	}
	in := service.CompanyLetters{Customer: desk.CustomerID(m.Group), Member: Actor(r).User, Quiet: r.PostFormValue("letters") == "named"}
	if err := a.svc.SetCompanyLetters(r.Context(), Actor(r), in); err != nil {
		return err
	}
	return a.site.Done(w, r, "/account", Notice{"good", T("account.company.saved", m.Name.Text)})
}
