import EventicleCore

extension Transaction {
  /// Loads the aggregate that a command names.
  ///
  /// - Throws: ``Rejection`` that says which command makes one, when there is none with this id.
  func existing(
    _ root: AggregateRoot, _ id: JSON, madeBy command: String
  ) throws -> AggregateInstance {
    let text = id.string ?? id.description
    guard let found = load(root, DomainID(text)) else {
      throw Rejection(
        "There is no \(root.type.lowercased()) \(text); "
          + "\(command) makes one and answers with its id.")
    }
    return found
  }
}

extension AggregateInstance {
  /// Throws a rejection unless the aggregate is in one of these states.
  func mustBe(_ accepted: [String], toBe participle: String) throws {
    let status = self["status"].string ?? "nothing yet"
    guard !accepted.contains(status) else { return }
    let noun = root.type.lowercased()
    let article = "aeiou".contains(noun.prefix(1)) ? "an" : "a"
    throw Rejection(
      "\(id) is \(status); only \(article) \(noun) that is \(alternatives(accepted)) "
        + "can be \(participle).")
  }

  private func alternatives(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return "\(words.dropLast().joined(separator: ", ")) or \(last)"
  }
}

extension JSON {
  /// The number as it is, for a sum; 0 for anything else.
  var amount: JSON {
    if case .number = self { self } else { 0 }
  }

  /// The number rounded to whole cents, in its shortest form; 0 for anything else.
  ///
  /// Exact, however large it is.
  ///
  /// - Throws: ``NumberError`` when the number has too many digits to be reckoned with.
  func inCents() throws -> JSON { try JSON(0).plus(amount.roundedTo(places: 2)) }

  /// The domain id of an event; `null` when it has none.
  static func id(of event: Event) -> JSON {
    event.domainID.map { .string($0.text) } ?? .null
  }

  /// An object with those of the named members that are not `null`.
  func picking(_ names: String...) -> JSON { picking(names) }

  /// An object with those of the named members that are not `null`.
  func picking(_ names: [String]) -> JSON {
    var picked = JSON.emptyObject
    for name in names where !self[name].isNull { picked[name] = self[name] }
    return picked
  }

  /// Removes a member from an object; does nothing to other values.
  mutating func remove(_ name: String) {
    guard case .object(var members) = self else { return }
    members[name] = nil
    self = .object(members)
  }
}
