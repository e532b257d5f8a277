/// Turns steps into bytes and back.
///
/// The bytes begin with the number of the codec. A tag's meaning never changes; a new meaning takes
/// a new tag, and decoders of old tags stay. The page <doc:StoredSteps> describes them.
package enum StepCodec {
  /// The number of the present codec.
  package static let version: UInt8 = 1

  /// The bytes of a step; names that the book does not have yet are added to it.
  package static func encode(_ step: StoredStep, _ names: inout NameBook) -> [UInt8] {
    var writer = StepWriter(names)
    writer.byte(version)
    writer.write(step)
    names = writer.names
    return writer.bytes
  }

  /// The step of some bytes.
  ///
  /// What its changes replaced is not in the bytes; ``World/replay(completing:_:)`` fills it in.
  ///
  /// - Throws: ``StepCodecError`` for bytes that are no step.
  package static func decode(
    _ bytes: [UInt8], _ names: NameBook
  ) throws(StepCodecError) -> StoredStep {
    var reader = StepReader(bytes, names)
    let found = try reader.byte("codec number")
    guard found == version else {
      throw StepCodecError(
        "A stored step is of codec \(found); this program reads codec \(version).")
    }
    let step = try reader.read(StoredStep.self)
    guard reader.rest == 0 else {
      throw StepCodecError("A stored step ends \(reader.rest) bytes too early.")
    }
    return step
  }

  /// The bytes of a step with all the names in it, for comparing and for tests.
  package static func encodeAlone(_ step: StoredStep) -> [UInt8] {
    var names = NameBook()
    let body = encode(step, &names)
    var head = StepWriter(NameBook())
    head.write(names.names)
    return head.bytes + body
  }

  /// The step of bytes that ``encodeAlone(_:)`` made.
  ///
  /// - Throws: ``StepCodecError`` for bytes that are no step.
  package static func decodeAlone(_ bytes: [UInt8]) throws(StepCodecError) -> StoredStep {
    var reader = StepReader(bytes, NameBook())
    let names = try reader.list(String.self)
    return try decode(Array(bytes[reader.place...]), NameBook(names))
  }
}

extension StoredStep: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.write(input)
    writer.write(parts)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    self.init(try reader.read(), parts: try reader.list())
  }
}

extension StoredStep.Part: StepCoded {
  /// What all entries share is written once: their number, and the instant.
  func write(to writer: inout StepWriter) {
    let first = entries.first
    writer.write(first?.stepStart ?? JournalIndex(0))
    writer.write(first?.instant ?? Instant(milliseconds: 0))
    writer.count(entries.count)
    for entry in entries {
      writer.write(entry.kind)
      writer.write(entry.cause)
      writer.byte(entry.origin.map { $0.rawValue + 1 } ?? 0)
    }
    writer.write(events)
    writer.write(changes)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let start = try reader.read(JournalIndex.self)
    let instant = try reader.read(Instant.self)
    let count = try reader.length()
    var heads: [Head] = []
    for _ in 0..<count {
      let kind = try reader.read(JournalEntry.Kind.self)
      let cause = try reader.optional(JournalIndex.self)
      let number = try reader.byte("origin")
      let origin = number == 0 ? nil : InputOrigin(rawValue: number - 1)
      guard number == 0 || origin != nil else { throw reader.error("origin of an entry") }
      heads.append((kind, cause, origin))
    }
    let events = try reader.list(StoredEvent.self)
    let changes = try reader.read(StepChanges.self)
    self.init(from: start, at: instant, heads, events: events, changes)
  }
}
