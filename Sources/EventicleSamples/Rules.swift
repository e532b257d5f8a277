import EventicleCore

extension Transaction {
  /// The aggregate that a command is about.
  ///
  /// - Throws: ``Rejection`` that says how to make one, when there is none of this id.
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
  /// Refuses unless the aggregate is in one of these states.
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
  /// What a number of money is worth; 0 for what is no number.
  var amount: Double { double ?? 0 }

  /// The number rounded to whole cents, written the shortest way.
  var inCents: JSON { .money(amount) }

  /// An amount of money, rounded to whole cents.
  static func money(_ amount: Double) -> JSON {
    .double((amount * 100).rounded() / 100)
  }

  /// The text of an event's domain id.
  static func id(of event: Event) -> JSON {
    event.domainID.map { .string($0.text) } ?? .null
  }

  /// An object with those of these members that are there.
  func picking(_ names: String...) -> JSON { picking(names) }

  /// An object with those of these members that are there.
  func picking(_ names: [String]) -> JSON {
    var picked = JSON.emptyObject
    for name in names where !self[name].isNull { picked[name] = self[name] }
    return picked
  }

  /// Takes a member out of an object.
  mutating func remove(_ name: String) {
    guard case .object(var members) = self else { return }
    members[name] = nil
    self = .object(members)
  }
}
