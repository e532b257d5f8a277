import EventicleCore

/// How the screen was laid out for each domain, kept among the console's state for the next console
/// that opens the domain.
///
/// One JSON file a domain, readable by its owner only. What a store keeps of its own session goes
/// before it.
struct KeptLayouts: Sendable {
  private let folder: String

  /// The most bytes that are read of a layout.
  private static let most = 64 << 10

  /// The layouts in a folder of the console's state, which is made when it is needed.
  init(state: String) { folder = "\(state)/layouts" }

  /// The path of a domain's layout; whatever its name is, it is one name of a file.
  private func path(of domain: String) -> String {
    let letters = domain.utf8.prefix(40).map { byte -> Character in
      let isPlain = byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
      return isPlain ? Character(UnicodeScalar(byte)) : "_"
    }
    return "\(folder)/\(String(letters))-\(domain.fileNameHash)"
  }

  /// The layout that was kept for a domain; `nil` when none was, or when it cannot be read.
  func look(of domain: String) -> KeptLook? {
    guard let bytes = try? Files.bytes(path(of: domain), limit: Self.most),
      let json = try? JSON(parsing: bytes), json.object != nil
    else { return nil }
    return KeptLook(json).layout
  }

  /// Keeps the layout of a look for a domain; one that cannot be written costs only the layout.
  func keep(_ look: KeptLook, of domain: String) {
    Files.makeFolder(folder)
    let bytes = Array(look.layout.json.description.utf8)
    _ = try? Files.write(bytes, to: path(of: domain), mode: 0o600)
  }
}
