package directory_test

import (
	"os"
	"strconv"
)

func envNumber(name string) int {
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		return 0
	}
	return n
}
