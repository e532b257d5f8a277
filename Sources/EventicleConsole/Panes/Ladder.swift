import EventicleCore

/// The states of an aggregate's life, a rung each, as far as they are declared or were reached.
struct Ladder: Hashable, Sendable {
  /// A way from a state to another one.
  struct Way: Hashable, Sendable {
    let name: String
    /// Whether the aggregate has gone it.
    let isTaken: Bool
  }

  /// One state.
  struct Rung: Hashable, Sendable {
    let name: String
    /// How many states it is inside of.
    let depth: Int
    /// Whether the aggregate has been in it, or is now.
    let isVisited: Bool
    /// Whether the aggregate is in it, and in no state inside it.
    let isHere: Bool
    let isFinal: Bool
    let ways: [Way]
  }

  let rungs: [Rung]
  /// For a machine where it was, one after another, and is; empty for others, whose rungs say it.
  let track: [String]

  /// The ladder after some states of an aggregate, oldest first.
  ///
  /// A machine is exact; a declared lifecycle names states that were never reached; without either
  /// only what was reached is known.
  init(of root: AggregateRoot?, after states: [JSON]) {
    if let machine = root?.machine {
      let trail = MachineTrail(machine, states)
      rungs = Ladder.rungs(of: machine, trail)
      track = trail.stops.map(\.text)
    } else {
      rungs = Ladder.rungs(of: root?.lifecycle, states)
      track = []
    }
  }

  // MARK: - Declared or reached

  private static func rungs(of lifecycle: Lifecycle?, _ states: [JSON]) -> [Rung] {
    let field = lifecycle?.field ?? "status"
    var words: [String] = []
    for state in states {
      guard let word = state.object?[field]?.string, word != words.last else { continue }
      words.append(word)
    }
    let here = states.last?.object?[field]?.string
    let declared = lifecycle?.states ?? []
    var names = declared.map(\.name)
    for word in words where !names.contains(word) { names.append(word) }
    return names.enumerated().map { place, name in
      let known = place < declared.count ? declared[place] : nil
      var taken: [String] = []
      for (from, to) in zip(words, words.dropFirst()) where from == name && !taken.contains(to) {
        taken.append(to)
      }
      let undeclared = taken.filter { known?.ways.contains($0) != true }
      let ways = (known?.ways ?? []) + undeclared
      return Rung(
        name: name, depth: 0, isVisited: words.contains(name), isHere: name == here,
        isFinal: known?.isFinal ?? false,
        ways: ways.map { Way(name: $0, isTaken: taken.contains($0)) })
    }
  }

  // MARK: - A machine

  private static func rungs(of machine: StateMachine, _ trail: MachineTrail) -> [Rung] {
    let here = trail.innermost
    return machine.outline.map { place in
      let isTop = place.path.isEmpty
      let isVisited = isTop || trail.stops.contains { $0.states.contains(place.path) }
      return Rung(
        name: isTop ? "any state" : place.name, depth: place.depth,
        isVisited: isVisited && !trail.stops.isEmpty,
        isHere: here.contains(place.path), isFinal: place.isFinal,
        ways: place.ways.map { path in
          Way(
            name: name(of: path, from: place.path),
            isTaken: trail.hasGone(from: place.path, to: path))
        })
    }
  }

  /// The name of a target: a sibling's last word, else its whole path.
  private static func name(of path: String, from source: String) -> String {
    func parent(_ path: String) -> Substring {
      path.lastIndex(of: ".").map { path[..<$0] } ?? ""
    }
    guard parent(path) == parent(source), let dot = path.lastIndex(of: ".") else { return path }
    return String(path[path.index(after: dot)...])
  }
}
