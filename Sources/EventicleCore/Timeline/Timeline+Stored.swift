extension Timeline {
  /// The recorded steps in their stored form, oldest first, until the body returns `false`.
  ///
  /// - Parameter home: The aggregate that an event belongs to, if any.
  /// - Complexity: O(entries + events).
  package func forEachStep(
    home: (Event) -> AggregateKey?, _ body: (StoredStep) throws -> Bool
  ) rethrows {
    var maker = StoredSteps(after: start)
    for (first, input) in inputs {
      let end = stepEnd(of: first)
      let entries = (first.number...end.number).compactMap { entry(JournalIndex($0)) }
      guard try body(maker.step(input, entries, in: head, home: home)) else { return }
    }
  }

  /// The recorded steps between two moments in their stored form, oldest first, until the body
  /// returns `false`.
  ///
  /// - Parameter home: The aggregate that an event belongs to, if any.
  /// - Complexity: O(entries + events between them), and the changes to the world at the first.
  package func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, home: (Event) -> AggregateKey?,
    _ body: (StoredStep) -> Bool
  ) {
    var goesOn = true
    if low.number < offset, let store = base?.store {
      store.forEachStep(after: low, upTo: JournalIndex(min(high.number, offset))) { step in
        goesOn = body(step)
        return goesOn
      }
    }
    let begin = JournalIndex(max(low.number, offset))
    guard goesOn, begin < high else { return }
    var maker = StoredSteps(after: begin.number == 0 ? start : world(after: begin))
    var first = begin.next
    while first <= high, let input = input(of: first) {
      let end = stepEnd(of: first)
      let entries = (first.number...end.number).compactMap { entry(JournalIndex($0)) }
      guard body(maker.step(input, entries, in: head, home: home)) else { return }
      first = end.next
    }
  }
}
