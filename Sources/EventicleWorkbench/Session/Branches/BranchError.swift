package import EventicleCore

/// Why a branch could not be made, used or ended.
package enum BranchError: Error, Sendable, Hashable, CustomStringConvertible {
  case badName(String)
  case nameTaken(String)
  case tooMany(Int)
  case unknownMoment(TimeCursor, last: JournalIndex)
  case noSuchMoment(MomentName, in: String)
  case unknown(String, known: [String])
  case isMain
  /// Only a fork is adopted.
  case adoptsFork
  case isInUse(String)
  case hasForks(String, [String])
  /// Its history is in a store, which keeps what it has acknowledged.
  case isKept(String)
  /// Only a fork's history is changed.
  case keepsItsHistory(String)
  /// A fork left at what a change of history would take away.
  case wasLeft(String, by: [String])
  /// Its history was changed, so that its lines alone do not give what it is.
  case isEdited(String)
  case nothingToUndo(String)
  case nothingToRedo(String)
  /// The program behind the domain asked for something while a fork was in use.
  case silent(String, asked: String)

  /// What was expected, what was found, and the way out.
  package var description: String {
    switch self {
    case .badName(let name):
      "A fork is named with 1 to \(Limits.forkName) letters, digits, -, _ and ., a letter first, "
        + "not as a moment or a store is; "
        + "\"\(HiddenScalar.visible(String(name.prefix(Limits.forkName))))\" is no such name."
    case .nameTaken(let name): "There is a branch \(name) already; take another name or discard it."
    case .tooMany(let most):
      "A session holds \(most) forks at most; discard one that is no longer needed."
    case .unknownMoment(let cursor, let last):
      "There is no moment \(cursor.entry); the journal ends at \(last)."
    case .noSuchMoment(let moment, let branch):
      "\(branch) has no moment \(moment) any more."
    case .unknown(let name, let known):
      "There is no branch \"\(HiddenScalar.visible(String(name.prefix(Limits.forkName))))\"; there "
        + "\(known.count == 1 ? "is" : "are") \(TypoCorrection.list(known))."
    case .isMain: "main is the history itself and cannot be discarded; only forks can."
    case .adoptsFork: "main is the history itself; name a fork, whose lines are then done in main."
    case .isInUse(let name): "\(name) is in use and cannot be discarded; switch to another first."
    case .hasForks(let name, let children):
      "\(TypoCorrection.list(children)) left \(name), so it cannot be discarded; discard "
        + "\(children.count == 1 ? "that fork" : "these forks") first."
    case .isKept(let name):
      "A store keeps what \(name) has done; fork NAME #N goes on differently from a moment of it."
    case .keepsItsHistory(let name):
      "\(name) keeps what happened; fork NAME makes a history of its own, in which it can be changed."
    case .wasLeft(let name, let children):
      "\(TypoCorrection.list(children)) left \(name) after what would be changed; discard "
        + "\(children.count == 1 ? "that fork" : "these forks") first, or change it in a fork of \(name)."
    case .isEdited(let name):
      "The history of \(name) was changed, and main keeps what happened; only what was done in a fork "
        + "can be done in main. Undo the change, or do its lines in main one by one."
    case .nothingToUndo(let name): "No line of \(name) has changed anything that could be undone."
    case .nothingToRedo(let name):
      "Nothing was undone in \(name) since its last line, so there is nothing to do again."
    case .silent(let name, let asked):
      "The program asked to \(asked), but the fork \(name) is in use, which takes nothing from the "
        + "outside; ask again when main is in use."
    }
  }

  /// Whether a text can name a fork; what names a moment or a store where histories are compared
  /// cannot.
  static func isName(_ text: String) -> Bool {
    guard !["start", "end", "live"].contains(text), !text.hasSuffix(".eventicle") else {
      return false
    }
    let bytes = text.utf8
    guard (1...Limits.forkName).contains(bytes.count), let first = bytes.first else { return false }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    return isLetter(first)
      && bytes.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "-_.".utf8.contains($0) }
  }
}
