#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the session of a store is kept: beside it, or among the console's state.
struct SessionPlace: Hashable, Sendable {
  /// The path of the file.
  let path: String
  /// The folder that has to be made for it.
  let folder: String?
  /// What its name has after a store's where it is beside one.
  static let ending = "-session"

  /// The place for a store.
  ///
  /// It is beside the store, as `shop.eventicle-session`. Who only reads a store has a session of
  /// their own, in a folder of the console's state, and so has who may write nothing beside it.
  ///
  /// - Parameters:
  ///   - isReadOnly: Whether the store is only read here.
  ///   - state: The folder of the console's state.
  init(store path: String, isReadOnly: Bool = false, state: String) {
    let store = Files.realPath(of: path) ?? path
    let slash = store.utf8.lastIndex(of: UInt8(ascii: "/"))
    let beside = slash.map { String(store[...$0]) } ?? "./"
    guard isReadOnly || access(beside, W_OK) != 0 else {
      self.path = store + Self.ending
      folder = nil
      return
    }
    let name = slash.map { String(store[store.index(after: $0)...]) } ?? store
    let sessions = state + "/sessions"
    // Stores of the same name in other folders have sessions of their own.
    self.path = "\(sessions)/\(name)-\(store.fileNameHash)"
    folder = sessions
  }
}
