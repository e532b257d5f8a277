import EventicleWorkbench

extension ShippedTours {
  /// The tour of a domain, as a tape; `nil` when it has none.
  static func tape(of domain: String) -> CaptionedTape? {
    guard let text = texts[domain], let lines = try? TapeLine.lines(of: Array(text.utf8)) else {
      return nil
    }
    return CaptionedTape(lines)
  }

  /// How many captions the tour of a domain has; `nil` when it has none.
  static func captions(of domain: String) -> Int? { counts[domain] }

  private static let counts: [String: Int] = Dictionary(
    uniqueKeysWithValues: texts.keys.map { ($0, tape(of: $0)?.captions.count ?? 0) })
}
