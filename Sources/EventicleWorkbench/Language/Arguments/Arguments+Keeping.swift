import EventicleCore

extension Arguments {
  /// Reads `pause GROUP`, `resume GROUP` or `move GROUP POSITION`.
  mutating func groupChange() throws(LanguageError) -> GroupChange {
    let word = try require("What to do with the group")
    guard ["pause", "resume", "move"].contains(word.string) else {
      if word.isFlag { throw unexpected(word) }
      throw LanguageError.unknown(
        "action", word.string, at: word.span, among: ["pause", "resume", "move"],
        hint: "Write \(verb.signature).")
    }
    let group = try requireText("The group").map { GroupName($0) }
    switch word.string {
    case "pause": return GroupChange(group: group, action: .pause)
    case "resume": return GroupChange(group: group, action: .resume)
    default: return GroupChange(group: group, action: .move(try position()))
    }
  }

  /// Reads the arguments of the verbs for parked deliveries, views and retention.
  mutating func keeping() throws(LanguageError) -> Instruction {
    switch verb.name {
    case .parked: return .parked(isAtEnd ? nil : try parkedNumber())
    case .drop: return try dropped()
    case .redrive: return .redrive(try parkedNumber(), try fields())
    case .edit:
      if let word = next, Self.event(word) != nil {
        return .revise(.change(try event("The event"), try fields()))
      }
      if let word = next, word.string.hasPrefix("#") {
        throw word.error(
          "What is edited is an event, as in #4, or parked work by its number, as in 1; "
            + "\(LanguageError.shortened(word.string)) is neither.")
      }
      return .edit(try parkedNumber(), try fields())
    case .rebuild:
      if let word = next, word.string == "sagas", following == nil, word.text.isPlain {
        _ = take()
        return .rebuildSagas
      }
      let view = try requireText("The view")
      guard let word = take() else { return .rebuild(view, swaps: false, anyway: false) }
      guard word.string == "swap" else { throw unexpected(word) }
      return .rebuild(view, swaps: true, anyway: try anyway())
    default:
      let stream = try requireText("The stream").map { StreamName($0) }
      let count = try number("How many events stay", from: 0)
      return .retain(stream, count: count, anyway: try anyway())
    }
  }

  /// Consumes the word `anyway`, which accepts that something is lost.
  private mutating func anyway() throws(LanguageError) -> Bool {
    guard let word = take() else { return false }
    guard word.string == "anyway" else { throw unexpected(word) }
    return true
  }

  mutating func parkedNumber() throws(LanguageError) -> Located<Int> {
    try number("The number of the parked work", from: 1)
  }

  private mutating func number(
    _ what: String, from least: Int
  ) throws(LanguageError) -> Located<Int> {
    let word = try require(what)
    guard let count = PositionExpression.count(word.string), count >= least else {
      if word.isFlag { throw unexpected(word) }
      throw word.error(
        "\(what) is a whole number from \(least) on, not "
          + "\"\(LanguageError.shortened(word.string))\".")
    }
    return Located(count, word.span)
  }
}
