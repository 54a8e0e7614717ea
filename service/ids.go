package service

import (
	"strconv"
	"strings"

	"gatehouse/desk"
)

// formatID writes a number for the data of events and jobs.
func formatID[T ~int64 | ~uint8](id T) string { return strconv.FormatInt(int64(id), 10) }

// parseID reads what formatID wrote; anything else is zero.
func parseID[T ~int64 | ~uint8](text string) T {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return T(n)
}

func formatIDs[T ~int64 | ~uint8](ids []T) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = formatID(id)
	}
	return strings.Join(parts, ",")
}

func parseIDs[T ~int64 | ~uint8](text string) []T {
	var ids []T
	for part := range strings.SplitSeq(text, ",") {
		if id := parseID[T](part); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// data writes the delivery into an event, where the job that tells people of
// it finds it again.
func (d Delivery) data() map[string]string {
	data := map[string]string{}
	if len(d.OneTimeCc) > 0 {
		data["onetime_cc"] = strings.Join(d.OneTimeCc, ",")
	}
	if len(d.OneTimeBcc) > 0 {
		data["onetime_bcc"] = strings.Join(d.OneTimeBcc, ",")
	}
	if len(d.Squelch) > 0 {
		data["squelch"] = formatIDs(d.Squelch)
	}
	if d.Forward {
		data["forward"] = "1"
	}
	return data
}

func deliveryOf(data map[string]string) Delivery {
	return Delivery{
		OneTimeCc:  splitList(data["onetime_cc"]),
		OneTimeBcc: splitList(data["onetime_bcc"]),
		Squelch:    parseIDs[desk.UserID](data["squelch"]),
	}
}

func splitList(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
