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
  init?(_ kind: JournalEntry.Kind, in domain: Domain) {
    switch kind {
    case .append(_, let type), .imported(_, let type): self.init(type, in: domain)
    case .command where kind.problem != nil: self = .refused
    default:
      guard kind.problem != nil else { return nil }
      self = .failed
    }
  }

  /// The news in an event of a type: as its domain says, else by the last word of its name.
  init?(_ type: EventType, in domain: Domain) {
    if let tone = domain.tone(of: type) { self.init(tone) } else { self.init(name: type.text) }
  }

  /// The news in the state that something is in: `onHold` is what the domain says of an event whose
  /// name ends in it, such as `OrderOnHold`, the worst of several; else its last word tells.
  init?(state: String, in domain: Domain) {
    let ending = Self.letters(of: state)
    let said = domain.events.filter { event in
      event.tone != nil && !ending.isEmpty && Self.letters(of: event.type.text).ends(in: ending)
    }
    guard said.isEmpty else {
      guard let worst = said.compactMap({ Severity($0.tone ?? .plain) }).max() else { return nil }
      self = worst
      return
    }
    self.init(name: state)
  }

  private init?(_ tone: EventTone) {
    switch tone {
    case .plain: return nil
    case .badNews: self = .bad
    case .takenBack: self = .undone
    }
  }

  private init?(name: String) {
    let word = Self.lastWord(of: name)
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

  /// The letters of a name in lower case: `order.on-hold` and `OrderOnHold` have the same.
  private static func letters(of name: String) -> [UInt8] {
    name.utf8.map { $0 | 0x20 }.filter { (97...122).contains($0) }
  }

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

extension [UInt8] {
  fileprivate func ends(in ending: [UInt8]) -> Bool { suffix(ending.count).elementsEqual(ending) }
}
