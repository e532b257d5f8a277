/// Keys that a person has set for actions.
extension Keymap {
  /// Other keys of an action, with where they were set.
  struct Change: Hashable, Sendable {
    let action: Action
    /// The keys in their notation, the usual one first; none takes the action's keys away.
    let notations: [String]
    /// Where it is set, for sentences.
    let place: String
  }

  /// The actions without which nobody finds out of anything; they keep a key.
  private static let needed: [Action] = [.cancel, .interrupt, .help, .command]

  /// The keymap with changes, and a sentence for each that cannot be as it was set.
  ///
  /// Keys that are set for an action are taken from the action that had them before; keys that two
  /// actions are given, or that begin the keys of another action, go to none of them.
  func changed(by changes: [Change]) -> (keymap: Keymap, conflicts: [String]) {
    var conflicts: [String] = []
    var result = bindings
    var given: [String: Change] = [:]
    for change in changes {
      guard !change.notations.isEmpty || !Self.needed.contains(change.action) else {
        conflicts.append("\(change.place): \(change.action.rawValue) needs a key.")
        continue
      }
      result.removeAll { $0.action == change.action }
      for notation in change.notations {
        if let other = given[notation] {
          conflicts.append(
            "\(change.place): \(notation) is the key of \(other.action.rawValue) already, set in "
              + "\(other.place); it stays there.")
          continue
        }
        given[notation] = change
        for taken in result where taken.notation == notation {
          if !changes.contains(where: { $0.action == taken.action }),
            result.count(where: { $0.action == taken.action }) == 1
          {
            conflicts.append(
              "\(change.place): \(notation) was the only key of \(taken.action.rawValue), which "
                + "now has none; give it another one.")
          }
        }
        result.removeAll { $0.notation == notation }
        result.append(Binding(notation, change.action))
      }
    }
    for change in changes {
      for notation in change.notations where given[notation] == change {
        guard let longer = Self.clash(of: notation, in: result) else { continue }
        conflicts.append(
          "\(change.place): \(notation) begins \(longer.notation), the keys of "
            + "\(longer.action.rawValue), and would never be reached; it is left out.")
        result.removeAll { $0.notation == notation && $0.action == change.action }
      }
    }
    for action in Self.needed where !result.contains(where: { $0.action == action }) {
      result += bindings.filter { $0.action == action }
    }
    return (Keymap(result), conflicts)
  }

  /// A binding that some keys begin, or that begins them.
  private static func clash(of notation: String, in bindings: [Binding]) -> Binding? {
    guard let keys = KeyPress.sequence(notation) else { return nil }
    return bindings.first { other in
      guard let others = KeyPress.sequence(other.notation), others != keys else { return false }
      let count = min(keys.count, others.count)
      return keys.prefix(count) == others.prefix(count)
    }
  }
}
