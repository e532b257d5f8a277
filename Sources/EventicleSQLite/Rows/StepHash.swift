internal import EventicleCore

/// A hash of rows, each after the ones before it, so that no row can change, vanish or move without
/// a trace.
///
/// It finds accidents, not forgers. What it gives for some values never changes.
struct StepHash: Equatable {
  private(set) var value: UInt64

  private static let first: UInt64 = 0xA076_1D64_78BD_642F
  private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

  /// Goes on after a hash.
  init(after value: Int) { self.value = UInt64(bitPattern: Int64(value)) }

  /// The hash as a column holds it.
  var stored: Int { Int(Int64(bitPattern: value)) }

  private mutating func mix(_ word: UInt64) {
    let product = (value ^ word ^ StepHash.first).multipliedFullWidth(by: StepHash.second)
    value = product.high ^ product.low
  }

  mutating func add(_ number: Int?) {
    guard let number else { return mix(1) }
    mix(2)
    mix(UInt64(bitPattern: Int64(number)))
  }

  mutating func add(_ text: String?) {
    guard var text else { return mix(1) }
    mix(3)
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ json: JSONBytes?) {
    guard let json else { return mix(1) }
    mix(3)
    if json.utf8.withContiguousStorageIfAvailable({ add(UnsafeRawBufferPointer($0)) }) == nil {
      Array(json.utf8).withUnsafeBytes { add($0) }
    }
  }

  mutating func add(_ bytes: [UInt8]?) {
    guard let bytes else { return mix(1) }
    mix(4)
    bytes.withUnsafeBytes { add($0) }
  }

  /// Eight bytes at a time, the first in the lowest place; the length comes first.
  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    var place = 0
    while place + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
      place += 8
    }
    guard place < bytes.count else { return }
    var word: UInt64 = 0
    for (shift, byte) in bytes[place...].enumerated() { word |= UInt64(byte) << (8 * shift) }
    mix(word)
  }
}
