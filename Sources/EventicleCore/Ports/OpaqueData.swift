/// The data of what is no event: its bytes, and why it is none.
package enum OpaqueData {
  /// The data for some bytes.
  ///
  /// - Parameter why: The reason, without a full stop.
  package static func data(_ bytes: [UInt8], because why: String) -> JSONBytes {
    JSONBytes(["$bytes": .string(Base64.text(of: bytes)), "$why": .string(why + ".")])
  }

  /// Whether data are such data.
  package static func isOpaque(_ data: JSONBytes) -> Bool {
    data.utf8.starts(with: beginning)
  }

  private static let beginning = Array("{\"$bytes\":".utf8)
}
