import EventicleCore

/// A number of bytes as people read it: `512 bytes`, `1.5 KB`, `2 GB`; a KB is 1,024 bytes.
package struct ByteSize: Sendable, Hashable, CustomStringConvertible {
  /// The number of bytes.
  package let bytes: Int

  /// A size of so many bytes.
  package init(_ bytes: Int) { self.bytes = bytes }

  /// The size in the largest unit of which there is at least one, with at most one decimal.
  package var description: String {
    let units = ["KB", "MB", "GB", "TB"]
    guard bytes >= 1_024 else { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
    var size = Double(bytes) / 1_024
    var unit = 0
    while size >= 1_023.95, unit < units.count - 1 {
      size /= 1_024
      unit += 1
    }
    let tenths = Int((size * 10).rounded())
    let text = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return "\(text) \(units[unit])"
  }
}
