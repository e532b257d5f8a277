/// A color as a program requested it.
public enum VirtualColor: Sendable, Hashable {
  /// The terminal's own foreground or background.
  case standard

  /// A color of the palette, 0 to 255.
  case palette(Int)

  /// A color by its components, each 0 to 255.
  case direct(red: Int, green: Int, blue: Int)
}

/// The style of a cell.
public struct VirtualStyle: Sendable, Hashable {
  /// One on-or-off attribute.
  public enum Attribute: Int, Sendable, Hashable, CaseIterable {
    /// Bold, SGR 1.
    case bold = 1
    /// Dim, SGR 2.
    case dim = 2
    /// Italic, SGR 3.
    case italic = 3
    /// Underlined, SGR 4.
    case underline = 4
    /// Blinking, SGR 5.
    case blink = 5
    /// Reverse video, SGR 7.
    case reverse = 7
    /// Hidden, SGR 8.
    case hidden = 8
    /// Struck through, SGR 9.
    case struck = 9
  }

  /// No attribute, the terminal's own colors.
  public static let plain = VirtualStyle()

  /// The attributes that are on.
  public var attributes: Set<Attribute> = []

  /// The color of the text.
  public var foreground: VirtualColor = .standard

  /// The color behind the text.
  public var background: VirtualColor = .standard

  /// The style of an erased cell: the background stays, the rest is reset.
  var erased: VirtualStyle {
    var style = VirtualStyle()
    style.background = background
    return style
  }

  /// Applies the parameters of one SGR sequence.
  ///
  /// - Parameter groups: The parameters, each split at its colons.
  /// - Returns: Whether every parameter is known.
  mutating func apply(_ groups: [[Int?]]) -> Bool {
    var isKnown = true
    var index = 0
    while index < groups.count {
      let code = groups[index].first.flatMap { $0 } ?? 0
      if code == 38 || code == 48 {
        let (color, used) = Self.color(groups[index...])
        if let color {
          if code == 38 { foreground = color } else { background = color }
        } else {
          isKnown = false
        }
        index += used
        continue
      }
      // `4:3` is a curly underline and `4:0` none; both are stored as the plain attribute.
      let isOff = groups[index].count > 1 && groups[index][1] == 0
      if !apply(code: isOff && code == 4 ? 24 : code) { isKnown = false }
      index += 1
    }
    return isKnown
  }

  private mutating func apply(code: Int) -> Bool {
    switch code {
    case 0: self = .plain
    case 1, 2, 3, 4, 5, 7, 8, 9:
      if let attribute = Attribute(rawValue: code) { attributes.insert(attribute) }
    case 6: attributes.insert(.blink)
    case 10: break
    case 21: attributes.insert(.underline)
    case 22: attributes.subtract([.bold, .dim])
    case 23: attributes.remove(.italic)
    case 24: attributes.remove(.underline)
    case 25: attributes.remove(.blink)
    case 27: attributes.remove(.reverse)
    case 28: attributes.remove(.hidden)
    case 29: attributes.remove(.struck)
    case 30...37: foreground = .palette(code - 30)
    case 39: foreground = .standard
    case 40...47: background = .palette(code - 40)
    case 49: background = .standard
    case 90...97: foreground = .palette(code - 90 + 8)
    case 100...107: background = .palette(code - 100 + 8)
    default: return false
    }
    return true
  }

  /// Reads `38;5;n`, `38;2;r;g;b`, `38:5:n`, `38:2:r:g:b` or `38:2::r:g:b`.
  private static func color(_ groups: ArraySlice<[Int?]>) -> (VirtualColor?, used: Int) {
    guard let first = groups.first else { return (nil, 1) }
    if first.count > 1 {
      let parts = first.dropFirst()
      let values = parts.dropFirst().map { $0 ?? 0 }
      switch (parts.first.flatMap { $0 }, values.count) {
      case (5, 1...): return (.palette(values[0]), 1)
      case (2, 3): return (.direct(red: values[0], green: values[1], blue: values[2]), 1)
      case (2, 4...): return (.direct(red: values[1], green: values[2], blue: values[3]), 1)
      default: return (nil, 1)
      }
    }
    let values = groups.dropFirst().map { $0.first.flatMap { $0 } ?? 0 }
    if values.count >= 2, values[0] == 5 { return (.palette(values[1]), 3) }
    if values.count >= 4, values[0] == 2 {
      return (.direct(red: values[1], green: values[2], blue: values[3]), 5)
    }
    return (nil, groups.count)
  }
}
