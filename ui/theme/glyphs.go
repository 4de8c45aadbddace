package theme

// Glyphs are the signs that have a meaning without colour. The Unicode ones are
// one cell wide in every terminal and have no emoji form. Some of the ASCII ones
// are wider.
type Glyphs struct {
	Email, SMS, Webhook, Push                       string
	Yes, No, Attention, Pending, Never              string
	Mark, Chosen, Pane, Mask, Diamond, Online, Busy string
	Full, Rest, Shade                               string
	Across, Down, NW, NE, SW, SE, Arrow, Dot, Cross string
	Left, Right, Unread                             string
	Sent, Held, Delayed                             string // one cell each, for the strip of attempts
}

var unicodeGlyphs = Glyphs{
	Email: "@", SMS: "✆", Webhook: "⇄", Push: "⚑",
	Yes: "✓", No: "✗", Attention: "!", Pending: "…", Never: "–",
	Mark: "▌", Chosen: "◉", Pane: "▸", Mask: "•", Diamond: "◆", Online: "●", Busy: "◌",
	Full: "━", Rest: "─", Shade: "░",
	Across: "─", Down: "│", NW: "╭", NE: "╮", SW: "╰", SE: "╯", Arrow: "→", Dot: "·", Cross: "✗",
	Left: "‹", Right: "›", Unread: "•",
	Sent: "▮", Held: "○", Delayed: "~",
}

var asciiGlyphs = Glyphs{
	Email: "@", SMS: "#", Webhook: "=", Push: "^",
	Yes: "ok", No: "x", Attention: "!", Pending: "~", Never: "-",
	Mark: ">", Chosen: "*", Pane: ">", Mask: "*", Diamond: "*", Online: "o", Busy: ".",
	Full: "#", Rest: ".", Shade: ".",
	Across: "-", Down: "|", NW: "+", NE: "+", SW: "+", SE: "+", Arrow: ">", Dot: "-", Cross: "x",
	Left: "<", Right: ">", Unread: "*",
	Sent: "#", Held: "o", Delayed: "~",
}
