package desk

import "net"

// Loopback reports whether an address of the form host:port is on this
// machine: localhost, or a loopback address (RFC 1122, RFC 4291).
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
