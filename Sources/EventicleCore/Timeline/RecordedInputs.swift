/// The inputs of all steps of a timeline, oldest first, each with the step's first entry.
struct RecordedInputs: Sequence, IteratorProtocol {
  private let timeline: Timeline
  private var entry = JournalIndex(1)

  init(_ timeline: Timeline) { self.timeline = timeline }

  mutating func next() -> (entry: JournalIndex, input: RecordedInput)? {
    guard let input = timeline.input(of: entry) else { return nil }
    defer { entry = timeline.stepEnd(of: entry).next }
    return (entry, input)
  }
}
