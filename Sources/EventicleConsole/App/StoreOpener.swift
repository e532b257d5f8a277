public import EventicleCore
import EventicleWorkbench

/// Opens the stores that people name, for a console that need not know what they are made of.
public struct StoreOpener: Sendable {
  /// Opens a store by its path, and makes it when there is none.
  ///
  /// - Throws: ``StoreError`` with a sentence.
  public let open: @Sendable (_ path: String) throws -> Store

  /// Copies the store at a path, which may be in use, to a new file.
  ///
  /// - Returns: The number of journal entries in the copy.
  /// - Throws: ``StoreError`` with a sentence.
  public let backup: @Sendable (_ path: String, _ copy: String) throws -> Int

  /// Creates an opener.
  public init(
    open: @escaping @Sendable (_ path: String) throws -> Store,
    backup: @escaping @Sendable (_ path: String, _ copy: String) throws -> Int
  ) {
    (self.open, self.backup) = (open, backup)
  }

  /// The name of a store for a header: that of its file, without what all stores end with.
  static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.dropLast(file.hasSuffix(ending) ? ending.utf8.count : 0))
  }

  private static let ending = ".eventicle"

  /// Whether a path is meant as that of a store.
  static func isStore(_ path: String) -> Bool { path.hasSuffix(ending) }
}

extension Session {
  /// Opens a session on a store.
  ///
  /// - Parameters:
  ///   - clock: The time at which a history that begins here starts.
  ///   - seed: The seed of generated ids of a history that begins here.
  /// - Throws: ``ConsoleError`` with a sentence.
  init(
    _ domain: Domain, startingAt clock: Instant, seed: UInt64, store path: String,
    _ stores: StoreOpener?
  ) throws {
    guard let stores else {
      throw ConsoleError("\(path) cannot be opened: this program has no stores.", isAboutFile: true)
    }
    do {
      try self.init(domain, startingAt: clock, seed: seed, store: stores.open(path))
    } catch {
      throw ConsoleError(sentence(of: error, with: path), isAboutFile: true)
    }
  }
}
