internal import EventicleCore

/// What the team's code has written and nobody has read yet; bounded.
struct NodeLog {
  /// The most lines that wait to be read.
  private static let most = 10_000

  private var lines: [LogLine] = []
  private var dropped = 0
  /// Where the line was written that came last, as a hint at what hangs.
  private(set) var lastPlace: String?

  /// Adds a line; beyond the limit it is counted only.
  mutating func add(_ line: LogLine) {
    lastPlace = line.place ?? lastPlace
    guard lines.count < NodeLog.most else {
      dropped += 1
      return
    }
    lines.append(line)
  }

  /// Forgets where lines were written, because other work begins.
  mutating func forgetPlace() { lastPlace = nil }

  /// Takes the lines, oldest first.
  mutating func take() -> [LogLine] {
    defer { (lines, dropped) = ([], 0) }
    guard dropped > 0 else { return lines }
    return lines + [LogLine(.warning, "\(dropped) more lines were left out.")]
  }

  /// The level of a line by node's name for it.
  static func level(_ name: String?) -> LogLine.Level {
    switch name {
    case "trace", "debug": .debug
    case "warn", "warning": .warning
    case "error", "fatal": .error
    default: .info
    }
  }

  /// A text in which paths of a folder are relative to it.
  static func relative(_ text: String, to folder: String) -> String {
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    guard text.utf8.count >= start.utf8.count else { return text }
    var rest = Substring(text)
    var result = ""
    while let place = rest.range(of: start) {
      result += rest[..<place.lowerBound]
      rest = rest[place.upperBound...]
      if result.hasSuffix("file://") { result.removeLast(7) }
    }
    return result + rest
  }
}

extension Substring {
  /// The first place of a text, byte for byte.
  fileprivate func range(of text: String) -> Range<Index>? {
    guard let first = text.first else { return nil }
    var start = startIndex
    while let place = self[start...].firstIndex(of: first) {
      if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
      start = index(after: place)
    }
    return nil
  }
}
