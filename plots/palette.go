package plots

import "image/color"

// The colours of Okabe and Ito, "Color Universal Design" (2008).
var (
	black         = color.RGBA{0, 0, 0, 255}
	orange        = color.RGBA{230, 159, 0, 255}
	skyBlue       = color.RGBA{86, 180, 233, 255}
	bluishGreen   = color.RGBA{0, 158, 115, 255}
	blue          = color.RGBA{0, 114, 178, 255}
	vermillion    = color.RGBA{213, 94, 0, 255}
	reddishPurple = color.RGBA{204, 121, 167, 255}
)

// Greys for what is not data.
var (
	textGrey      = color.RGBA{70, 70, 70, 255}
	ruleGrey      = color.RGBA{225, 225, 225, 255}
	backGrey      = color.RGBA{238, 238, 238, 255}
	dominatedGrey = color.RGBA{170, 170, 170, 255}
)

// tint mixes a colour with white: 0 gives white, 100 the colour. Unlike transparency it looks the
// same in every format.
func tint(c color.RGBA, percent int) color.RGBA {
	mix := func(channel uint8) uint8 { return uint8(255 - (255-int(channel))*percent/100) }
	return color.RGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}
