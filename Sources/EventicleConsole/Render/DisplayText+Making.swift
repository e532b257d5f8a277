/// Display text made from data: every payload, name and error message passes through here.
extension DisplayText {
  /// Text of data, with everything that a terminal could act on made visible.
  ///
  /// - Parameters:
  ///   - data: Any text, from anywhere.
  ///   - limit: The columns after which reading stops and `…` ends the text, so that a field of a
  ///     megabyte costs no more than the row it is drawn in.
  init(sanitising data: some StringProtocol, limit: Int = .max) {
    var sanitiser = Sanitiser()
    var rest = data.unicodeScalars.makeIterator()
    var current = rest.next()
    while let scalar = current, sanitiser.columns <= limit {
      current = rest.next()
      sanitiser.append(scalar, next: current)
    }
    self.init(sanitiser, limit: limit)
  }

  /// Text of arbitrary bytes; those that are not UTF-8 are shown as `\x9b`.
  ///
  /// - Parameters:
  ///   - bytes: Any bytes.
  ///   - limit: The columns after which reading stops and `…` ends the text.
  init(sanitisingBytes bytes: some Sequence<UInt8>, limit: Int = .max) {
    var sanitiser = Sanitiser()
    var decoder = UTF8Reader(bytes.makeIterator())
    var current = decoder.next()
    while let unit = current, sanitiser.columns <= limit {
      current = decoder.next()
      switch unit {
      case .scalar(let scalar):
        if case .scalar(let next)? = current {
          sanitiser.append(scalar, next: next)
        } else {
          sanitiser.append(scalar, next: nil)
        }
      case .invalid(let byte): sanitiser.append(invalid: byte)
      }
    }
    self.init(sanitiser, limit: limit)
  }

  private init(_ sanitiser: consuming Sanitiser, limit: Int) {
    sanitiser.finish()
    let text = DisplayText(glyphs: sanitiser.glyphs, width: sanitiser.columns)
    self = limit == .max ? text : text.truncated(to: limit)
  }

  /// The decimal digits of a number.
  init(_ number: some BinaryInteger) {
    self.init(sanitising: String(number))
  }
}

/// Display text written as literals in this program.
extension DisplayText: ExpressibleByStringInterpolation {
  /// A literal; it is sanitised like everything else.
  init(stringLiteral value: String) {
    self.init(sanitising: value)
  }

  /// A literal with numbers and other display texts in it.
  init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.text
  }

  /// What an interpolation accepts: display text and whole numbers, but no plain string.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = DisplayText.empty

    /// An empty interpolation.
    init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds the literal text between two values.
    mutating func appendLiteral(_ literal: String) {
      text += DisplayText(sanitising: literal)
    }

    /// Adds a text.
    mutating func appendInterpolation(_ value: DisplayText) {
      text += value
    }

    /// Adds a number.
    mutating func appendInterpolation(_ value: some BinaryInteger) {
      text += DisplayText(value)
    }
  }
}
