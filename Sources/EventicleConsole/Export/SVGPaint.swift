/// How one style is drawn in an SVG picture: colours as `#rrggbb`, reversed ones swapped already.
struct SVGPaint: Hashable, Sendable {
  var foreground: String
  /// None where the picture's own background shines through.
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
  /// The text of the title bar; none draws no bar.
  var title: DisplayText?
}
