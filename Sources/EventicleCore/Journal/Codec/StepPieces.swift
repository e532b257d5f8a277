/// Turns pieces of steps into bytes and back, for stores that keep the rest of a step in columns.
///
/// Each piece begins with the number of ``StepCodec`` and is written as there; names are those of
/// one book.
package struct StepPieces: Sendable {
  /// The names that pieces mention so far.
  package private(set) var names: NameBook

  /// Goes on with the names that a store has kept.
  package init(_ names: NameBook) { self.names = names }

  /// Lends the names to a writer, which alone holds them then.
  mutating func take() -> NameBook {
    let taken = names
    names = NameBook()
    return taken
  }

  mutating func give(_ writer: consuming StepWriter) { names = writer.names }

  /// The number of a name, which is new if the name is.
  package mutating func number(of name: String) -> Int { names.number(of: name) }

  private mutating func piece(_ body: (inout StepWriter) -> Void) -> [UInt8] {
    var writer = StepWriter(take())
    writer.byte(StepCodec.version)
    body(&writer)
    let bytes = writer.bytes
    give(writer)
    return bytes
  }

  private func reading<Value>(
    _ bytes: [UInt8], _ what: String,
    _ body: (inout StepReader) throws(StepCodecError) -> Value
  ) throws(StepCodecError) -> Value {
    var reader = StepReader(bytes, names)
    let found = try reader.byte("codec number")
    guard found == StepCodec.version else {
      throw StepCodecError(
        "Stored \(what) are of codec \(found); this program reads codec \(StepCodec.version).")
    }
    let value = try body(&reader)
    guard reader.rest == 0 else {
      throw StepCodecError("Stored \(what) end \(reader.rest) bytes too early.")
    }
    return value
  }

  // MARK: - Changes

  /// The bytes of what a part of a step changed.
  package mutating func bytes(of changes: StepChanges) -> [UInt8] {
    piece { $0.write(changes) }
  }

  /// The changes of some bytes.
  ///
  /// - Throws: ``StepCodecError`` for bytes that are no changes.
  package func changes(_ bytes: [UInt8]) throws(StepCodecError) -> StepChanges {
    try reading(bytes, "changes") { reader throws(StepCodecError) in try reader.read() }
  }

  // MARK: - Cores

  /// The bytes of a core, as ``CoreCodec`` writes it.
  package mutating func bytes(of core: StoredCore) -> [UInt8] {
    var taken = take()
    let bytes = CoreCodec.encode(core, &taken)
    names = taken
    return bytes
  }

  /// The core of some bytes.
  ///
  /// - Throws: ``StepCodecError`` for bytes that are no core.
  package func core(_ bytes: [UInt8]) throws(StepCodecError) -> StoredCore {
    try CoreCodec.decode(bytes, names)
  }

  // MARK: - Inputs

  /// The bytes of a step's input; what the step's own events and entries say too is left out.
  package mutating func bytes(of step: StoredStep) -> [UInt8] {
    piece { writer in
      let known = KnownInput(step)
      writer.byte(known?.tag ?? 0)
      guard let known else { return writer.write(step.input) }
      writer.byte(step.input.origin.rawValue)
      writer.write(step.input.instant)
      known.write(to: &writer)
    }
  }

  /// The input of some bytes and the parts of its step.
  ///
  /// - Throws: ``StepCodecError`` for bytes that are no input, or not of this step.
  package func input(
    _ bytes: [UInt8], of parts: [StoredStep.Part]
  ) throws(StepCodecError) -> RecordedInput {
    try reading(bytes, "inputs") { reader throws(StepCodecError) in
      let tag = try reader.tag()
      guard tag > 0 else { return try reader.read() }
      guard let origin = InputOrigin(rawValue: try reader.byte()) else {
        throw reader.error("origin of an input")
      }
      let instant = try reader.optional(Instant.self)
      let known = try KnownInput(tag, from: &reader)
      return RecordedInput(try known.action(parts, reader), by: origin, at: instant)
    }
  }
}

extension StepChanges: StepCoded {
  func write(to writer: inout StepWriter) {
    writer.count(appended)
    writer.count(kept)
    writer.count(draws)
    writer.write(others)
  }

  init(from reader: inout StepReader) throws(StepCodecError) {
    let (appended, kept, draws) = (try reader.count(), try reader.count(), try reader.count())
    self.init(appended: appended, kept: kept, draws: draws, others: try reader.list())
  }
}
