/// How letters are drawn besides their colours.
struct Attributes: OptionSet, Hashable, Sendable {
  let rawValue: UInt8
  static let bold = Attributes(rawValue: 1)
  static let dim = Attributes(rawValue: 2)
  static let italic = Attributes(rawValue: 4)
  static let underline = Attributes(rawValue: 8)
  static let reverse = Attributes(rawValue: 16)
  static let strikethrough = Attributes(rawValue: 32)

  /// The words themes use.
  static let names: [(name: String, attribute: Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
    ("reverse", .reverse), ("strikethrough", .strikethrough),
  ]
}

/// What a style comes to on a terminal: two colours and attributes.
struct ResolvedStyle: Hashable, Sendable {
  var foreground: Color = .default
  var background: Color = .default
  var attributes: Attributes = []
}

/// What a theme says of one role; parts it does not set are those of ordinary text.
struct StylePart: Hashable, Sendable {
  var foreground: ColorChain?
  var background: ColorChain?
  /// None leaves attributes as they are; an empty set is the same.
  var attributes: Attributes = []

  /// A part of attributes and colours.
  init(
    _ attributes: Attributes = [], foreground: ColorChain? = nil, background: ColorChain? = nil
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
