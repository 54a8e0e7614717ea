package web

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"gatehouse/desk"
)

// A QR is a square picture of dots that a camera reads, as the path of an SVG.
type QR struct {
	Side int // with a margin of four dots (ISO/IEC 18004)
	Path string
}

const qrMargin = 4

// DrawQR draws a text.
func DrawQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}, desk.Wrap(desk.Internal, err, "The picture for the camera could not be drawn; type the secret instead.")
	}
	side := code.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && code.At(x, y) == color.Black {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+qrMargin, y+qrMargin, x-from, x-from)
			}
		}
	}
	return QR{Side: side + 2*qrMargin, Path: path.String()}, nil
}
