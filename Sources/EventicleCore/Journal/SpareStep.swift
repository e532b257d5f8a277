/// The memory of the last step, reused for the next one unless somebody still holds the step, so that
/// most steps allocate nothing.
///
/// Copies of an engine share the memory, and what is shared is never reused. A step of many entries
/// is not kept, so that an engine at rest does not hold the events of a large batch.
struct SpareStep: Sendable {
  private var box: SharedStorage<MadeStep.Content>?

  /// The most entries of a step that is kept.
  private static let most = 64

  /// The step with these entries and changes.
  @inline(__always)
  mutating func step(_ body: MadeStep.Body, _ head: MadeStep.Head) -> MadeStep {
    let content = MadeStep.Content(body: body, head: head)
    guard body.count <= SpareStep.most else { return MadeStep(SharedStorage(content)) }
    if isKnownUniquelyReferenced(&box), let box {
      box.place.pointee = content
      return MadeStep(box)
    }
    let fresh = SharedStorage(content)
    box = fresh
    return MadeStep(fresh)
  }

  /// The step with these notes; takes their list when there are several.
  @inline(__always)
  mutating func step(
    taking notes: inout [StepNote], _ head: MadeStep.Head
  ) -> MadeStep {
    if notes.count == 1, notes[0].parent == nil {
      return step(.one(notes.removeLast().kind), head)
    }
    defer { notes = [] }
    return step(.notes(notes), head)
  }
}
