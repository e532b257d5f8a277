/// A state as a chart's JSON has it, before its names are looked up.
struct XStateNode {
  let key: String
  let place: XStatePlace
  let members: [String: JSON]
  let parent: Int?
  let depth: Int
  /// The names from the top, without the machine's own.
  let path: String
  let id: String
  var children: [Int] = []
  var transitions: [XStateTransition] = []
}

/// A transition as a chart's JSON has it.
struct XStateTransition {
  enum Occasion {
    case messages([String])
    /// What is reported on something invoked: the member and the id.
    case invoked(String, id: String?, index: Int)
    case always
    case done
    case after(JSON)
  }

  let occasion: Occasion
  let config: JSON
  let place: XStatePlace
}

extension JSON {
  /// The members of an object as JavaScript has them: of a repeated name the last value at the
  /// first place, names that are whole numbers first and by size.
  var orderedMembers: [(key: String, value: JSON)] {
    guard let object else { return [] }
    var places: [String: Int] = [:]
    var members: [(key: String, value: JSON)] = []
    for member in object.members {
      if let place = places[member.key] {
        members[place].value = member.value
      } else {
        places[member.key] = members.count
        members.append((member.key, member.value))
      }
    }
    func number(_ key: String) -> UInt32? {
      UInt32(key).flatMap { $0 < .max && "\($0)" == key ? $0 : nil }
    }
    let numbered = members.filter { number($0.key) != nil }
    if numbered.isEmpty { return members }
    return numbered.sorted { number($0.key) ?? 0 < number($1.key) ?? 0 }
      + members.filter { number($0.key) == nil }
  }

  /// The members of an object by name; of a repeated one the last.
  var memberTable: [String: JSON] {
    Dictionary((object?.members ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
  }
}
