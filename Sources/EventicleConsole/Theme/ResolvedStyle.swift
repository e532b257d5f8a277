/// How text is drawn besides its colours.
struct Attributes: OptionSet, Hashable, Sendable {
  let rawValue: UInt8
  static let bold = Attributes(rawValue: 1)
  static let dim = Attributes(rawValue: 2)
  static let italic = Attributes(rawValue: 4)
  static let underline = Attributes(rawValue: 8)
  static let reverse = Attributes(rawValue: 16)
  static let strikethrough = Attributes(rawValue: 32)

  /// The names of attributes in theme files.
  static let names: [(name: String, attribute: Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
    ("reverse", .reverse), ("strikethrough", .strikethrough),
  ]
}

/// A style as the terminal draws it: two colours and attributes.
struct ResolvedStyle: Hashable, Sendable {
  var foreground: Color = .default
  var background: Color = .default
  var attributes: Attributes = []
}

/// What a theme sets for one role; the rest is as in ordinary text.
struct StylePart: Hashable, Sendable {
  var foreground: ColorChain?
  var background: ColorChain?
  /// The attributes to add.
  var attributes: Attributes = []

  /// A part with attributes and colours.
  init(
    _ attributes: Attributes = [], foreground: ColorChain? = nil, background: ColorChain? = nil
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
