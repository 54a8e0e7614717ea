package config

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Mail says how letters come in.
type Mail struct {
	Gateway   []netip.Prefix // who may post to the mail gateway; none: off
	CertFile  string         // for STARTTLS, PEM; empty: none is offered
	KeyFile   string
	PerClient int      // connections of one client at once
	Authserv  []string // whose Authentication-Results are believed; lower case
	Check     bool     // the desk itself asks SPF, DKIM and DMARC
	Strict    bool     // what nobody judged has no proof

	DKIMKey      string // file with the key that letters are signed with; empty: they are not
	DKIMSelector string
	DKIMDomain   string // empty: mail_domain
}

// TLS returns what STARTTLS needs, nil where it is not offered. The error says
// which file is wrong.
func (m Mail) TLS() (*tls.Config, error) {
	if m.CertFile == "" && m.KeyFile == "" {
		return nil, nil
	}
	certificate, err := tls.LoadX509KeyPair(m.CertFile, m.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("reading mail_tls_cert and mail_tls_key: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}, nil
}

// mailTable holds the settings of letters that come in.
func mailTable() []setting {
	return []setting{
		{name: "mail_gateway", value: "127.0.0.0/8,::1/128", set: setGateway,
			help: "Networks from which RT's rt-mailgate may post letters, separated by commas, or off. What a proxy passed on is never taken."},
		{name: "mail_tls_cert", set: setText(func(c *Config) *string { return &c.Mail.CertFile }),
			help: "File with the certificate (PEM) for STARTTLS by SMTP and LMTP; empty: it is not offered."},
		{name: "mail_tls_key", set: setText(func(c *Config) *string { return &c.Mail.KeyFile }),
			help: "File with the key (PEM) of mail_tls_cert."},
		{name: "mail_per_client", value: "30", set: setPerClient(func(c *Config) *int { return &c.Mail.PerClient }),
			help: "How many connections one client may have open by SMTP or LMTP."},
		{name: "mail_authserv", set: setAuthserv,
			help: "Names of mail servers whose Authentication-Results are believed, separated by commas: those in front of the desk, which remove such fields of others."},
		{name: "mail_check", value: "off", set: setSwitch(func(c *Config) *bool { return &c.Mail.Check }),
			help: "Ask SPF, DKIM and DMARC of letters that no such server has judged: on or off. SPF needs the SMTP port to face the world."},
		{name: "mail_trust", value: "strict", set: setTrust,
			help: "What a letter is that nothing proves: strict: it may open a ticket and answer by a reply address, and is else put to the agents; front: where neither mail_authserv nor mail_check is set, as good as proven, for a mail server in front that takes no forged senders."},
		{name: "relay_spare", set: setSpare,
			help: "Mail servers that are tried in this order where the relay cannot be reached, host:port separated by commas. They get the same name and password; one that is not on this machine must offer STARTTLS."},
		{name: "dkim_key", set: setText(func(c *Config) *string { return &c.Mail.DKIMKey }),
			help: "File with the key (PEM; RSA or Ed25519) by which letters are signed (DKIM); empty: they are not."},
		{name: "dkim_selector", value: "gatehouse", set: setText(func(c *Config) *string { return &c.Mail.DKIMSelector }),
			help: "Name under which the DNS has the key: SELECTOR._domainkey.DOMAIN."},
		{name: "dkim_domain", set: setText(func(c *Config) *string { return &c.Mail.DKIMDomain }),
			help: "Domain in whose name letters are signed; empty: mail_domain. It should be that of the queues' addresses."},
	}
}

func setSpare(c *Config, value string) error {
	c.Relay.Spare = nil
	for text := range strings.SplitSeq(value, ",") {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		var address string
		if err := setListen(func(*Config) *string { return &address })(c, text); err != nil {
			return err
		}
		if address == "" {
			return errors.New("write mail servers as host:port, separated by commas")
		}
		c.Relay.Spare = append(c.Relay.Spare, address)
	}
	return nil
}

func setGateway(c *Config, value string) error {
	c.Mail.Gateway = nil
	if value == "off" || value == "" {
		return nil
	}
	for text := range strings.SplitSeq(value, ",") {
		network, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return errors.New("write networks as 127.0.0.0/8, separated by commas, or off")
		}
		c.Mail.Gateway = append(c.Mail.Gateway, network)
	}
	return nil
}

func setTrust(c *Config, value string) error {
	if value != "strict" && value != "front" {
		return errors.New("write strict or front")
	}
	c.Mail.Strict = value == "strict"
	return nil
}

// setPerClient reads how much one client may do at once.
func setPerClient(field func(*Config) *int) func(*Config, string) error {
	return func(c *Config, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 1000 {
			return errors.New("write a number from 1 to 1000")
		}
		*field(c) = n
		return nil
	}
}

func setAuthserv(c *Config, value string) error {
	c.Mail.Authserv = nil
	for name := range strings.SplitSeq(value, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if strings.ContainsAny(name, " ;@\t") {
			return errors.New("write names of servers as mx.example.org, separated by commas")
		}
		if name != "" {
			c.Mail.Authserv = append(c.Mail.Authserv, name)
		}
	}
	return nil
}
