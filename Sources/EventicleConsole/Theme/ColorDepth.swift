/// How many colours a terminal has; themes are reduced to it.
enum ColorDepth: Int, CaseIterable, Comparable, Sendable {
  case mono
  case palette8
  case palette16
  case palette256
  case truecolor

  /// Whether the left one has fewer colours.
  static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The depth that the environment asks for.
  ///
  /// - Parameters:
  ///   - environment: Read for `NO_COLOR` and `COLORTERM`.
  ///   - colors: How many colours the terminal's description promises; `nil` when unknown.
  static func wanted(environment: [String: String], colors: Int?) -> ColorDepth {
    if let value = environment["NO_COLOR"], !value.isEmpty { return .mono }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]) { return .truecolor }
    return ColorDepth(colors: colors ?? 256)
  }

  /// The depth of a terminal with this many colours.
  init(colors: Int) {
    switch colors {
    case ..<8: self = .mono
    case ..<16: self = .palette8
    case ..<256: self = .palette16
    case 256...0xFFFF: self = .palette256
    default: self = .truecolor
    }
  }
}

extension ColorDepth: CustomStringConvertible {
  /// The depth in words.
  var description: String {
    switch self {
    case .mono: "no colours"
    case .palette8: "8 colours"
    case .palette16: "16 colours"
    case .palette256: "256 colours"
    case .truecolor: "exact colours"
    }
  }
}

/// One colour for each depth: `#7aa2f7 | 111 | bright-blue`; missing ones are computed.
struct ColorChain: Hashable, Sendable {
  private let steps: [Color]

  /// The same colour at every depth, or the nearest to it.
  init(_ color: Color) {
    steps = [color]
  }

  /// Colours from the greatest depth to the least; `nil` without any.
  init?(steps: [Color]) {
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  /// Whether one of its colours is of the terminal's own palette.
  var namesTerminalColor: Bool { steps.contains { Self.fits($0, .palette16) } }

  /// The colour that a terminal of this depth shows.
  func color(at depth: ColorDepth) -> Color {
    let fitting = steps.first { Self.fits($0, depth) }
    return fitting ?? steps.last.map { Self.reduced($0, to: depth) } ?? .default
  }

  private static func fits(_ color: Color, _ depth: ColorDepth) -> Bool {
    switch color {
    case .default: true
    case .ansi(let number): depth >= (number < 8 ? .palette8 : .palette16)
    case .indexed: depth >= .palette256
    case .rgb: depth == .truecolor
    }
  }

  private static func reduced(_ color: Color, to depth: ColorDepth) -> Color {
    guard let value = color.rgb else { return .default }
    switch depth {
    case .mono: return .default
    case .palette8:
      if case .ansi(let number) = color { return .ansi(number % 8) }
      return .ansi(value.nearest(of: 0..<8))
    case .palette16: return .ansi(value.nearest(of: 0..<16))
    case .palette256: return .indexed(value.nearest(of: 16..<256))
    case .truecolor: return .rgb(value)
    }
  }
}
