import EventicleCore

extension Session {
  /// `compare [A] [B]`: how two branches, moments or stores differ.
  ///
  /// One alone is compared with the branch in use, and the branch in use with its parent.
  mutating func compare(
    _ first: Located<ComparedReference>?, _ second: Located<ComparedReference>?, at span: Span
  ) throws(LanguageError) -> Reply {
    for reference in [first, second] {
      guard case .file(let path)? = reference?.value else { continue }
      let other = reference == first ? second : first
      if case .file? = other?.value {
        throw span.error(
          "A store is compared with what is open; open one of the two, then compare the other.")
      }
      var reply = Reply()
      reply.requests = [.compare(with: path, other, isFirst: reference == first)]
      return reply
    }
    let left = try side(first, isAlone: second == nil, at: span)
    let right = try second.map { second throws(LanguageError) in try side(second) } ?? inUse
    return compare(left, right, after: known(left, right))
  }

  /// Compares a history in a store with that of a branch.
  ///
  /// - Parameters:
  ///   - store: The session that has the store open.
  ///   - path: What the store is called.
  ///   - isFirst: Whether the store is the left one.
  package mutating func compare(
    with store: Session, called path: String, _ reference: Located<ComparedReference>?,
    isFirst: Bool
  ) -> Reply {
    let own: ComparedSide
    do throws(LanguageError) {
      own = try reference.map { reference throws(LanguageError) in try side(reference) } ?? inUse
    } catch {
      return Reply(
        problem: Reply.Problem(error.message, column: error.column, length: error.length))
    }
    let other = ComparedSide(store.used.branch, name: path, isBranch: false)
    let none = JournalIndex(0)
    return isFirst ? compare(other, own, after: none) : compare(own, other, after: none)
  }

  private func compare(
    _ left: ComparedSide, _ right: ComparedSide, after known: JournalIndex
  ) -> Reply {
    let most = max(left.cursor.entry.number, right.cursor.entry.number)
    let watch = watch
    let found = ComparisonNotice(left, right, after: known) { place in
      watch.goesOn(WorkProgress("comparing", done: place, of: most))
    }
    guard let found else { return Reply(problem: Reply.Problem("Ended by you; nothing is shown.")) }
    var reply = Reply()
    reply.output = found.json
    reply.message = found.sentence
    reply.requests = [.show(.comparison(found))]
    return reply
  }

  private var inUse: ComparedSide { ComparedSide(used.branch) }

  /// The left one: what a line names, or the branch that the one in use left.
  private func side(
    _ reference: Located<ComparedReference>?, isAlone: Bool, at span: Span
  ) throws(LanguageError) -> ComparedSide {
    if let reference { return try side(reference) }
    guard let origin = used.branch.origin else {
      throw span.error(
        "main left no branch that it could be compared with; write compare FORK, or compare two "
          + "moments, as in compare #3 #8.")
    }
    return try side(Located(.branch(origin.parent, at: nil), span))
  }

  private func side(
    _ reference: Located<ComparedReference>
  ) throws(LanguageError) -> ComparedSide {
    switch reference.value {
    case .file: return inUse
    case .moment(let position):
      let cursor = try resolve(Located(position, reference.span))
      return ComparedSide(used.branch, at: cursor)
    case .branch(let name, let position):
      guard let branch = ([used] + others).first(where: { $0.branch.name == name })?.branch else {
        if position == nil, let place = marks.cursor(named: name) {
          return ComparedSide(used.branch, at: place)
        }
        throw reference.error(
          BranchError.unknown(name, known: branches.map(\.name)).description)
      }
      guard let position else { return ComparedSide(branch) }
      var session = self
      try? session.switchTo(name)
      return ComparedSide(branch, at: try session.resolve(Located(position, reference.span)))
    }
  }

  /// A moment up to which two branches are the same because one left the other, or both a third.
  private func known(_ left: ComparedSide, _ right: ComparedSide) -> JournalIndex {
    let (mine, others) = (ancestry(of: left.name), ancestry(of: right.name))
    var best = JournalIndex(0)
    for (name, end) in mine {
      guard let other = others.first(where: { $0.name == name }) else { continue }
      best = max(best, min(end, other.end))
    }
    return min(best, left.cursor.entry, right.cursor.entry)
  }

  /// A branch and those that it descends from, each with the last entry that it has in common with
  /// them.
  private func ancestry(of name: String) -> [(name: String, end: JournalIndex)] {
    var found: [(name: String, end: JournalIndex)] = []
    var (next, end): (String?, JournalIndex) = (name, JournalIndex(Int.max))
    while let name = next, found.count <= Limits.forks {
      found.append((name, end))
      let origin = ([used] + others).first { $0.branch.name == name }?.branch.origin
      next = origin?.parent
      if let origin { end = min(end, origin.moment.entry) }
    }
    return found
  }
}

extension Span {
  func error(_ message: String) -> LanguageError { LanguageError(at: self, message) }
}
