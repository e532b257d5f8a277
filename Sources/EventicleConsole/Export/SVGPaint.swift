/// The colours of one style in an SVG picture, as `#rrggbb`, already swapped when reversed.
struct SVGPaint: Hashable, Sendable {
  var foreground: String
  /// `nil` where the picture's own background shows.
  var background: String?
  var isBold = false
  var isDim = false
  var isItalic = false
  var isUnderlined = false
  var isStruck = false
}

/// What surrounds the cells of an SVG picture.
struct SVGWindow: Hashable, Sendable {
  /// The colour behind everything.
  var background: String
  /// The colour of the title.
  var foreground: String
  /// The text of the title bar; `nil` for no bar.
  var title: DisplayText?
}
