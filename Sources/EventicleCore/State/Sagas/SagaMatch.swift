/// A saga instance's value in a property, by which stores find the instance again.
package enum SagaMatch {
  /// A hash that says nearly whose value it is; the same in every run and for equal values.
  ///
  /// Stores keep it, so what it gives never changes.
  package static func word(
    _ saga: String, _ property: String, _ value: JSON, _ workspace: Workspace
  ) -> Int {
    let place = QuickHash.text(workspace.text, after: QuickHash.text(saga))
    return Int(
      truncatingIfNeeded: value.quickHash(after: QuickHash.text(property, after: place)))
  }

  /// Whether an instance is of a saga and a workspace, and has a value in a property.
  package static func holds(
    _ instance: SagaInstance, _ saga: String, _ property: String, _ value: JSON,
    _ workspace: Workspace
  ) -> Bool {
    isSameText(instance.key.saga, saga) && instance.holds(value, in: property, workspace)
  }
}
