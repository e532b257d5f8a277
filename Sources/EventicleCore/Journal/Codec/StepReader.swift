/// Reads the parts of a stored step; any bytes are answered with a value or an error.
package struct StepReader {
  private let bytes: [UInt8]
  private(set) var place = 0
  private let names: NameBook

  init(_ bytes: [UInt8], _ names: NameBook) {
    self.bytes = bytes
    self.names = names
  }

  /// The number of bytes that are still to be read.
  var rest: Int { bytes.count - place }

  func error(_ expected: String) -> StepCodecError {
    StepCodecError("A stored step has no \(expected) at byte \(place) of \(bytes.count).")
  }

  mutating func byte(_ what: String = "byte") throws(StepCodecError) -> UInt8 {
    guard place < bytes.count else { throw error(what) }
    place += 1
    return bytes[place - 1]
  }

  mutating func unsigned() throws(StepCodecError) -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while true {
      let next = try byte("number")
      guard shift < 63 || next <= 1 else { throw error("number that fits") }
      value |= UInt64(next & 0x7F) << shift
      guard next > 0x7F else { return value }
      shift += 7
    }
  }

  mutating func signed() throws(StepCodecError) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
  }

  /// A number that counts something or names a place.
  mutating func count() throws(StepCodecError) -> Int {
    guard let count = Int(exactly: try unsigned()) else { throw error("count that fits") }
    return count
  }

  /// The number of parts that follow, each at least one byte long.
  mutating func length() throws(StepCodecError) -> Int {
    let length = try count()
    guard length <= rest else { throw error("room for \(length) parts") }
    return length
  }

  mutating func flag() throws(StepCodecError) -> Bool {
    switch try byte("flag") {
    case 0: return false
    case 1: return true
    default: throw error("flag")
    }
  }

  private mutating func slice() throws(StepCodecError) -> ArraySlice<UInt8> {
    let length = try length()
    place += length
    return bytes[(place - length)..<place]
  }

  mutating func text() throws(StepCodecError) -> String {
    guard let text = String(validating: try slice(), as: UTF8.self) else {
      throw error("text in UTF-8 before the place")
    }
    return text
  }

  mutating func name() throws(StepCodecError) -> String {
    let number = try count()
    guard number < names.names.count else { throw error("known name, but number \(number),") }
    return names.names[number]
  }

  mutating func data() throws(StepCodecError) -> JSONBytes {
    let slice = try slice()
    do throws(JSONError) { return try JSONBytes(checking: Array(slice)) } catch {
      throw self.error("JSON before the place")
    }
  }

  mutating func read<Value: StepCoded>(
    _ type: Value.Type = Value.self
  ) throws(StepCodecError) -> Value {
    try Value(from: &self)
  }

  mutating func optional<Value: StepCoded>(
    _ type: Value.Type = Value.self
  ) throws(StepCodecError) -> Value? {
    try flag() ? try Value(from: &self) : nil
  }

  mutating func list<Value: StepCoded>(
    _ type: Value.Type = Value.self
  ) throws(StepCodecError) -> [Value] {
    let length = try length()
    var values: [Value] = []
    values.reserveCapacity(length)
    for _ in 0..<length { values.append(try Value(from: &self)) }
    return values
  }

  /// A case of an enumeration by its tag.
  mutating func tag() throws(StepCodecError) -> UInt8 { try byte("tag") }
}
