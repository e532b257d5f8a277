import EventicleCore

/// An aggregate folded up to a version, with what its versions before say about it.
struct AggregateFold: Hashable, Sendable {
  /// The state at the version.
  let state: JSON
  /// The state one event earlier.
  let before: JSON
  /// The states of its life.
  let ladder: Ladder
  /// The last values of the numbers in the state that change, by member.
  let trails: [String: NumberTrail]
  /// Where it is in its life: the active states of its machine, else its status; `nil` when it has
  /// neither.
  let word: String?

  /// The changes of the last event.
  var changes: [Difference] { differences(from: before, to: state) }
}

/// The last values of one number, a version each, oldest first.
struct NumberTrail: Hashable, Sendable {
  private let values: [Double]

  /// The most values that a trail has.
  static let longest = 10

  /// The trail of a member that has changed at least twice in its last values; `nil` for any other.
  init?(of name: String, in states: [JSON]) {
    let values = states.suffix(Self.longest).compactMap { state -> Double? in
      guard case .number(let number)? = state.object?[name] else { return nil }
      return number.value.isFinite ? number.value : nil
    }
    guard zip(values, values.dropFirst()).count(where: { $0 != $1 }) >= 2 else { return nil }
    self.values = values
  }

  /// The trail of values that have changed at least twice; `nil` for any others.
  init?(_ values: [Double]) {
    let last = values.suffix(Self.longest).filter(\.isFinite)
    guard zip(last, last.dropFirst()).count(where: { $0 != $1 }) >= 2 else { return nil }
    self.values = Array(last)
  }

  /// The values as a line of eighths, from the lowest to the highest of them.
  var text: DisplayText {
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    let eighths: [DisplayText] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return values.reduce(.empty) { text, value in
      // Halves keep the span finite.
      let part = (value / 2 - least / 2) / (most / 2 - least / 2)
      return text + eighths[max(0, min(7, Int((part * 7).rounded())))]
    }
  }
}
