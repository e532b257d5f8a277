package import EventicleCore

/// A branch of a session, for a list.
package struct BranchSummary: Sendable, Hashable {
  package let name: String
  /// Where it left its parent; `nil` for main.
  package let origin: Branch.Origin?
  /// The last moment of its history.
  package let head: MomentName
  /// Whether lines run in it.
  package let isInUse: Bool
}

/// Alternative histories of a session: forks of main and of other forks.
///
/// Lines run in the branch in use; the others stand still, their clocks included. A fork is silent
/// to the outside: it calls no adapter, is not observed, writes to no store, and takes nothing from
/// the program behind a domain. What main owes to its adapters waits in main, so switching forth and
/// back neither repeats nor loses an effect.
///
/// The store and the recovery of unsaved lines are main's. A fork has a tape of its own, which
/// `save FILE` writes: its parent's lines up to the moment at which it left, then its own lines. A
/// fork that left in the middle of a line has no tape that reproduces it, and only its events can be
/// saved. Forks end with the session, unless somebody keeps their ``Session/recipes``.
extension Session {
  /// All branches: main first, then forks in the order in which they were made.
  package var branches: [BranchSummary] {
    let all = others.map { summary($0, isInUse: false) } + [summary(used, isInUse: true)]
    return all.filter { $0.origin == nil }
      + order.compactMap { name in all.first { $0.name == name } }
  }

  private func summary(_ branch: SessionBranch, isInUse: Bool) -> BranchSummary {
    let timeline = branch.branch.timeline
    return BranchSummary(
      name: branch.branch.name, origin: branch.branch.origin,
      head: timeline.name(of: timeline.headCursor), isInUse: isInUse)
  }

  /// The name of the fork in use; `nil` when main is.
  package var forkInUse: String? { used.branch.isMain ? nil : used.branch.name }

  /// Whether the tape reproduces the branch in use; a fork may have left in the middle of a line.
  package var tapeIsWhole: Bool { used.tape.isWhole }

  /// Whether events of a followed file came in, which no line brings in again as they came.
  package var tapeLacksEvents: Bool { used.tape.lacksEvents }

  /// Makes a fork of the branch in use, which stays in use.
  ///
  /// - Parameters:
  ///   - name: 1 to ``/EventicleCore/Limits/forkName`` characters: ASCII letters, digits, `-`, `_`
  ///     and `.`, the first one a letter.
  ///   - cursor: The moment at which it leaves; an entry inside a step stands for the end of its
  ///     step.
  /// - Throws: ``BranchError`` for a name that is not one or is taken, and for one fork too many; the
  ///   session is unchanged then.
  /// - Complexity: That of ``Branch/fork(_:at:)``, and for a moment in the past O(journal entries up
  ///   to it).
  package mutating func fork(_ name: String, at cursor: TimeCursor) throws(BranchError) {
    guard BranchError.isName(name) else { throw .badName(name) }
    guard !hasBranch(name) else { throw .nameTaken(name) }
    guard others.count < Limits.forks else { throw .tooMany(Limits.forks) }
    guard cursor.entry.number >= 0, cursor.entry <= timeline.last else {
      throw .unknownMoment(cursor, last: timeline.last)
    }
    others.append(used.fork(name, at: cursor))
    order.append(name)
    unmade.removeAll { $0.name == name }
  }

  /// Uses another branch from now on.
  ///
  /// - Throws: ``BranchError/unknown(_:known:)``.
  package mutating func switchTo(_ name: String) throws(BranchError) {
    guard name != used.branch.name else { return }
    guard let place = others.firstIndex(where: { $0.branch.name == name }) else {
      throw unknown(name)
    }
    swap(&used, &others[place])
  }

  /// Ends a fork and frees what only it held.
  ///
  /// - Throws: ``BranchError`` for main, the branch in use, a branch that others left, and an unknown
  ///   name.
  package mutating func discard(_ name: String) throws(BranchError) {
    guard hasBranch(name) else {
      guard unmade.contains(where: { $0.name == name }) else { throw unknown(name) }
      return unmade.removeAll { $0.name == name }
    }
    guard name != Branch.mainName else { throw .isMain }
    guard name != used.branch.name else { throw .isInUse(name) }
    let children = branches.filter { $0.origin?.parent == name }.map(\.name)
    guard children.isEmpty else { throw .hasForks(name, children) }
    others.removeAll { $0.branch.name == name }
    order.removeAll { $0 == name }
  }

  private func hasBranch(_ name: String) -> Bool {
    used.branch.name == name || others.contains { $0.branch.name == name }
  }

  private func unknown(_ name: String) -> BranchError {
    .unknown(name, known: branches.map(\.name))
  }
}
