import EventicleCore

/// How bad the news of a row is; the worst of several wins.
enum Severity: Int, Comparable, Hashable, Sendable, CaseIterable {
  /// It takes something back.
  case undone
  /// It is bad news that the domain reports itself.
  case bad
  /// A command was refused.
  case refused
  /// A consumer failed.
  case failed

  static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  /// The sign before a name, and for a column of the scrubber.
  var mark: DisplayText {
    switch self {
    case .undone: "↶"
    case .bad: "▼"
    case .refused: "!"
    case .failed: "✗"
    }
  }

  var role: StyleRole {
    switch self {
    case .undone, .bad: .statusWarn
    case .refused: .statusRejected
    case .failed: .statusError
    }
  }

  /// The news in an entry; `nil` for an ordinary one.
  init?(_ kind: JournalEntry.Kind) {
    switch kind {
    case .append(_, let type), .imported(_, let type): self.init(type)
    case .command where kind.problem != nil: self = .refused
    default:
      guard kind.problem != nil else { return nil }
      self = .failed
    }
  }

  /// The news in an event of a type, by the last word of its name.
  init?(_ type: EventType) {
    let word = Self.lastWord(of: type.text)
    if Self.badWords.contains(word) {
      self = .bad
    } else if Self.undoingWords.contains(word) {
      self = .undone
    } else {
      return nil
    }
  }

  private static let badWords: Set<String> = [
    "aborted", "blocked", "breached", "declined", "defaulted", "delayed", "denied", "disputed",
    "expired", "failed", "hold", "lost", "missed", "overdue", "overdrawn", "rejected", "suspended",
    "unavailable",
  ]
  private static let undoingWords: Set<String> = [
    "back", "canceled", "cancelled", "compensated", "refunded", "released", "returned", "reversed",
    "reverted", "revoked", "undone", "voided", "withdrawn",
  ]

  /// `OrderOnHold` ends in `hold`, `payment.declined` in `declined`.
  private static func lastWord(of name: String) -> String {
    var word: [UInt8] = []
    for byte in name.utf8.reversed() {
      let isUpper = (65...90).contains(byte)
      guard isUpper || (97...122).contains(byte) else { break }
      word.append(isUpper ? byte + 32 : byte)
      guard !isUpper, word.count < 16 else { break }
    }
    return String(decoding: word.reversed(), as: UTF8.self)
  }
}
