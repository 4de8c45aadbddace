package theme

// Glyphs are the signs that carry a meaning without colour. The Unicode ones
// are one cell wide everywhere and have no emoji form.
type Glyphs struct {
	Email, SMS, Webhook, Push                       string
	Yes, No, Attention, Pending, Never              string
	Mark, Chosen, Pane, Mask, Diamond, Online, Busy string
	Full, Rest, Shade                               string
	Across, Down, NW, NE, SW, SE, Arrow, Dot, Cross string
	Left, Right, Unread                             string
	Sent, Held, Delayed                             string // one cell each, for a strip of them
}

var unicodeGlyphs = Glyphs{
	Email: "@", SMS: "✆", Webhook: "⇄", Push: "⚑",
	Yes: "✓", No: "✗", Attention: "!", Pending: "…", Never: "–",
	Mark: "▌", Chosen: "◉", Pane: "▸", Mask: "•", Diamond: "◆", Online: "●", Busy: "◌",
	Full: "━", Rest: "─", Shade: "░",
	Across: "─", Down: "│", NW: "╭", NE: "╮", SW: "╰", SE: "╯", Arrow: "→", Dot: "·", Cross: "✗",
	Left: "‹", Right: "›", Unread: "•",
	Sent: "▮", Held: "▯", Delayed: "~",
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
