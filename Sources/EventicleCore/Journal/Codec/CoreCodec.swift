/// Turns cores of worlds into bytes and back, as ``StepCodec`` does with steps.
///
/// The bytes begin with the number of the codec; the page <doc:StoredSteps> describes them.
package enum CoreCodec {
  /// The number of the present codec.
  package static let version: UInt8 = 1

  /// The bytes of a core; names that the book does not have yet are added to it.
  package static func encode(_ core: StoredCore, _ names: inout NameBook) -> [UInt8] {
    var writer = StepWriter(names)
    writer.byte(version)
    writer.write(core)
    names = writer.names
    return writer.bytes
  }

  /// The core of some bytes.
  ///
  /// - Throws: ``StepCodecError`` for bytes that are no core.
  package static func decode(
    _ bytes: [UInt8], _ names: NameBook
  ) throws(StepCodecError) -> StoredCore {
    var reader = StepReader(bytes, names)
    let found = try reader.byte("codec number")
    guard found == version else {
      throw StepCodecError(
        "A stored core is of codec \(found); this program reads codec \(version).")
    }
    let core = try reader.read(StoredCore.self)
    guard reader.rest == 0 else {
      throw StepCodecError("A stored core ends \(reader.rest) bytes too early.")
    }
    return core
  }

  /// The bytes of a core with all the names in it, for comparing and for tests.
  package static func encodeAlone(_ core: StoredCore) -> [UInt8] {
    var names = NameBook()
    let body = encode(core, &names)
    var head = StepWriter(NameBook())
    head.write(names.names)
    return head.bytes + body
  }

  /// The core of bytes that ``encodeAlone(_:)`` made.
  ///
  /// - Throws: ``StepCodecError`` for bytes that are no core.
  package static func decodeAlone(_ bytes: [UInt8]) throws(StepCodecError) -> StoredCore {
    var reader = StepReader(bytes, NameBook())
    let names = try reader.list(String.self)
    return try decode(Array(bytes[reader.place...]), NameBook(names))
  }
}
