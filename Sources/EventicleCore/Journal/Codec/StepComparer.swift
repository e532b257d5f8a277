/// Tells whether steps are the same, byte for byte as they are stored.
///
/// It keeps its buffer and one book of names from step to step, so that equal steps have equal bytes.
struct StepComparer: Sendable {
  private var writer = StepWriter(NameBook())

  /// Whether two steps have the same bytes; O(their size).
  mutating func areSame(_ one: StoredStep, _ other: StoredStep) -> Bool {
    writer.clear()
    writer.write(one)
    let end = writer.bytes.count
    writer.write(other)
    guard writer.bytes.count == end * 2 else { return false }
    return writer.bytes[..<end] == writer.bytes[end...]
  }
}
