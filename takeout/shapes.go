package takeout

import "time"

// The shapes of the JSON files. Times are RFC 3339 in UTC.
type (
	person struct {
		Login     string    `json:"login"`
		Name      string    `json:"name"`
		Kind      string    `json:"kind"`
		Addresses []string  `json:"addresses"`
		Language  string    `json:"language,omitempty"`
		Zone      string    `json:"zone,omitempty"`
		Since     time.Time `json:"since"`
		Disabled  bool      `json:"disabled"`
		Belongs   []belongs `json:"belongs_to"`
	}
	belongs struct {
		To      string `json:"to"`
		Name    string `json:"name"`
		Part    string `json:"part,omitempty"`
		Primary bool   `json:"primary,omitempty"`
		From    string `json:"from,omitempty"`
		Until   string `json:"until,omitempty"`
	}
	company struct {
		Key      string   `json:"key"`
		Name     string   `json:"name"`
		Street   string   `json:"street,omitempty"`
		City     string   `json:"city,omitempty"`
		Country  string   `json:"country,omitempty"`
		Comment  string   `json:"comment,omitempty"`
		Domains  []string `json:"domains"`
		Disabled bool     `json:"disabled"`
	}
	ticket struct {
		Number   int64      `json:"number"`
		Subject  string     `json:"subject"`
		Queue    string     `json:"queue"`
		Status   string     `json:"status"`
		Created  time.Time  `json:"created"`
		Updated  time.Time  `json:"updated"`
		People   []standing `json:"people"`
		Messages []message  `json:"messages"`
	}
	standing struct {
		As   string `json:"as"`
		Name string `json:"name"`
	}
	message struct {
		Kind    string    `json:"kind"`
		By      string    `json:"by"`
		At      time.Time `json:"at"`
		Subject string    `json:"subject,omitempty"`
		Text    string    `json:"text"`
		Files   []string  `json:"files,omitempty"`
	}
)
