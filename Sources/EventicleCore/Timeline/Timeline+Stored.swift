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
}
