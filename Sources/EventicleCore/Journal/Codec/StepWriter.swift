/// Writes the parts of a stored step as bytes.
package struct StepWriter: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var names: NameBook

  init(_ names: NameBook) { self.names = names }

  /// Begins anew with the names so far.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// Seven bits a byte, lowest first; the high bit says that more follow.
  mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A signed number, with the sign in the lowest bit.
  mutating func signed(_ value: Int64) {
    unsigned(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

  mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// UTF-8 with its length before it.
  mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { utf8 in
      count(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  /// A text that many steps mention, as its number.
  mutating func name(_ value: String) { count(names.number(of: value)) }

  mutating func data(_ value: JSONBytes) {
    value.withBytes { utf8 in
      count(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  /// JSON text with its length before it, as ``data(_:)``.
  mutating func json(_ value: JSON) {
    let start = bytes.count
    bytes.append(0)
    JSONWriter.append(value, to: &bytes)
    var rest = bytes.count - start - 1
    // Most lengths are one byte; others make room for theirs.
    var place = start
    while rest > 0x7F {
      bytes[place] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      place += 1
      bytes.insert(0, at: place)
    }
    bytes[place] = UInt8(rest)
  }

  mutating func write<Value: StepCoded>(_ value: Value) { value.write(to: &self) }

  mutating func write<Value: StepCoded>(_ value: Value?) {
    flag(value != nil)
    value?.write(to: &self)
  }

  mutating func write<Value: StepCoded>(_ values: [Value]) {
    count(values.count)
    for value in values { value.write(to: &self) }
  }
}

/// What a stored step can contain.
protocol StepCoded {
  /// Writes the value.
  func write(to writer: inout StepWriter)

  /// Reads a value.
  ///
  /// - Throws: ``StepCodecError`` when the bytes say something else.
  init(from reader: inout StepReader) throws(StepCodecError)
}
