import EventicleCore

extension Items {
  /// Makes sure that a field takes nothing away that an earlier field wrote: `a=1 a.b=2` and
  /// `a.b=2 a=1` cannot both stand.
  ///
  /// Costs O(fields before it), of which a line has at most ``limit``.
  func refuseClash(_ index: Int) throws(LanguageError) {
    let field = fields[index]
    let steps = field.value.path.steps
    for other in fields[..<index] {
      let earlier = other.value.path.steps
      let common = zip(steps, earlier).prefix { $0 == $1 }.count
      guard isClash(field.value, steps, other.value, earlier, common) else { continue }
      throw field.error(
        "\(Items.name(of: field.value)) and \(Items.name(of: other.value)) cannot both stand: one "
          + "would take away what the other says. Leave one of them out.")
    }
  }

  private func isClash(
    _ item: Item, _ steps: [ItemPath.Step], _ other: Item, _ earlier: [ItemPath.Step],
    _ common: Int
  ) -> Bool {
    // The same path again: the later one counts, as the line says plainly.
    if common == steps.count, common == earlier.count { return false }
    // The whole of what an earlier field wrote a part of.
    if common == steps.count { return true }
    // A part of what an earlier field wrote whole, which must be able to hold it.
    if common == earlier.count {
      guard case .json(let value) = other.value else { return true }
      return !ItemPath.canHold(value, steps[common])
    }
    // Two parts of one thing that cannot be an object and an array at once.
    return ItemPath.isMember(steps[common]) != ItemPath.isMember(earlier[common])
  }

  private static func name(of item: Item) -> String {
    item.path.steps.isEmpty ? "the whole data" : item.path.description
  }
}

extension ItemPath {
  fileprivate static func isMember(_ step: ItemPath.Step) -> Bool {
    if case .member = step { true } else { false }
  }

  /// Whether a value can have something at a step without losing what it is.
  fileprivate static func canHold(_ value: JSON, _ step: ItemPath.Step) -> Bool {
    switch value {
    case .object: isMember(step)
    case .array: !isMember(step)
    default: false
    }
  }
}
