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

  /// The ladder after some states of an aggregate, oldest first.
  ///
  /// A machine is exact; a declared lifecycle names states that were never reached; without either
  /// only what was reached is known.
  init(of root: AggregateRoot?, after states: [JSON]) {
    if let machine = root?.machine {
      rungs = Ladder.rungs(of: machine, states)
    } else {
      rungs = Ladder.rungs(of: root?.lifecycle, states)
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

  private static func rungs(of machine: StateMachine, _ states: [JSON]) -> [Rung] {
    var configurations: [Set<String>] = []
    var last = JSON.null
    for state in states {
      let said = state[AggregateRoot.machineMember]
      guard !said.isNull, said["state"] != last, let status = try? machine.status(from: said)
      else { continue }
      last = said["state"]
      configurations.append(Set(status.configuration.states))
    }
    let places = machine.outline
    let here = configurations.last ?? []
    func isTaken(_ source: String, _ target: String) -> Bool {
      zip(configurations, configurations.dropFirst()).contains { before, after in
        before.contains(source) && after.contains(target)
          && !(before.contains(target) && after.contains(source))
      }
    }
    return places.map { place in
      let isLeaf = !here.contains { $0.hasPrefix(place.path + ".") }
      return Rung(
        name: place.name, depth: place.depth,
        isVisited: configurations.contains { $0.contains(place.path) },
        isHere: here.contains(place.path) && isLeaf, isFinal: place.isFinal,
        ways: place.ways.map { path in
          Way(name: name(of: path, from: place.path), isTaken: isTaken(place.path, path))
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
