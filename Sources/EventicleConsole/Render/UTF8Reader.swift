/// Reads UTF-8 strictly and reports every byte that is not part of it.
///
/// Overlong forms, surrogates and values above U+10FFFF are invalid, byte by byte.
struct UTF8Reader<Bytes: IteratorProtocol<UInt8>>: IteratorProtocol {
  /// One thing that is read.
  enum Unit: Hashable {
    case scalar(Unicode.Scalar)
    case invalid(UInt8)
  }

  private var bytes: Bytes
  private var pending: [UInt8] = []
  private var ended = false

  /// A reader over bytes.
  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// The next scalar or invalid byte; `nil` at the end.
  mutating func next() -> Unit? {
    guard look(at: 0) else { return nil }
    let lead = pending[0]
    if lead < 0x80 { return take(1, value: UInt32(lead)) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard (0xC2...0xF4).contains(lead) else { return .invalid(pending.removeFirst()) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<length {
      guard look(at: index), pending[index] & 0xC0 == 0x80 else {
        return .invalid(pending.removeFirst())
      }
      value = value << 6 | UInt32(pending[index] & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest else { return .invalid(pending.removeFirst()) }
    return take(length, value: value)
  }

  private mutating func take(_ length: Int, value: UInt32) -> Unit {
    guard let scalar = Unicode.Scalar(value) else { return .invalid(pending.removeFirst()) }
    pending.removeFirst(length)
    return .scalar(scalar)
  }

  private mutating func look(at index: Int) -> Bool {
    while pending.count <= index, !ended {
      if let byte = bytes.next() { pending.append(byte) } else { ended = true }
    }
    return pending.count > index
  }
}
