// Gatehouse is a service desk: see README.md, and `gatehouse --help`.
package main

import (
	"context"
	"os"

	"gatehouse/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), cli.ThisProcess()))
}
