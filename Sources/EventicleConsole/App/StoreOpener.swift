public import EventicleCore
import EventicleWorkbench

/// Opens the stores that people name, for a console that need not know what they are made of.
public struct StoreOpener: Sendable {
  /// Opens a store by its path, and makes it when there is none.
  ///
  /// - Throws: ``StoreError`` with a sentence.
  public let open: @Sendable (_ path: String) throws -> Store

  /// Opens a store for reading, whoever writes; of a damaged one what is whole.
  ///
  /// - Throws: ``StoreError`` with a sentence.
  public let look: @Sendable (_ path: String) throws -> Store

  /// Copies the store at a path, which may be in use, to a new file.
  ///
  /// - Returns: The number of journal entries in the copy.
  /// - Throws: ``StoreError`` with a sentence.
  public let backup: @Sendable (_ path: String, _ copy: String) throws -> Int

  /// Creates an opener.
  public init(
    open: @escaping @Sendable (_ path: String) throws -> Store,
    look: @escaping @Sendable (_ path: String) throws -> Store,
    backup: @escaping @Sendable (_ path: String, _ copy: String) throws -> Int
  ) {
    (self.open, self.look, self.backup) = (open, look, backup)
  }

  /// Begins with a store to go on with it; only to look when somebody else writes, or it is damaged.
  func openOrLook<Result>(_ path: String, _ begin: (Store) throws -> Result) throws -> Result {
    do {
      let store = try open(path)
      do { return try begin(store) } catch {
        store.close()
        throw error
      }
    } catch let error as StoreError where error.leavesReading {
      return try begin(look(path))
    }
  }

  /// The name of a store for a header: that of its file, without what all stores end with.
  static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.dropLast(file.hasSuffix(ending) ? ending.utf8.count : 0))
  }

  private static let ending = ".eventicle"

  /// Whether a path is that of a store that is there, or of what SQLite and this program keep beside
  /// one.
  package static func isBesideStore(_ path: String) -> Bool {
    if isStore(path) { return Files.isThere(path) }
    for other in Store.endingsBeside + [SessionPlace.ending] where path.hasSuffix(other) {
      if Files.isThere(String(path.dropLast(other.count))) { return true }
    }
    return false
  }

  /// Whether a path is meant as that of a store.
  static func isStore(_ path: String) -> Bool { path.hasSuffix(ending) }
}

extension StatusMessage {
  /// What a person is told of a store that is only read.
  init(of status: StoreNotice) {
    let kind: Kind =
      switch status.standing {
      case .damaged, .tablesDamaged, .gone, .unread, .failed: .problem
      case .writing, .following, .reading: .warning
      }
    self.init(status.sentence(), kind)
  }
}

extension Session {
  /// Whether the store that keeps its history is only looked at.
  var isStoreReadOnly: Bool { storeNotice?.isReadOnly ?? false }

  /// Opens a session on a store.
  ///
  /// - Parameters:
  ///   - clock: The time at which a history that begins here starts.
  ///   - options: Its store and how it is opened, and the seed of a history that begins here.
  /// - Throws: ``ConsoleError`` with a sentence.
  init(
    _ domain: Domain, startingAt clock: Instant, store path: String, _ options: ConsoleOptions
  ) throws {
    guard let stores = options.stores else {
      throw ConsoleError("\(path) cannot be opened: this program has no stores.", isAboutFile: true)
    }
    do {
      func begin(_ store: Store) throws -> Session {
        try Session(domain, startingAt: clock, seed: options.seed, store: store)
      }
      self =
        options.isReadOnly ? try begin(stores.look(path)) : try stores.openOrLook(path, begin)
    } catch {
      throw ConsoleError(sentence(of: error, with: path), isAboutFile: true)
    }
  }
}
