/// A store that was opened: it keeps what a session or a service does, and has what they did before.
///
/// A copy is the same store. It is used by one session or service at a time.
public struct Store: Sendable {
  package let file: any JournalFile

  package init(_ file: any JournalFile) { self.file = file }

  /// Whether nothing has been kept in it yet.
  public var isNew: Bool { file.domain == nil }

  /// The name of the domain whose history it keeps; `nil` while it is new.
  public var domain: String? { file.domain }

  /// The number of journal entries in it.
  public var entryCount: Int { file.last.number }

  /// Why nothing can be written to it, as a sentence; `nil` when it can be.
  public var readOnlyReason: String? { file.refusal?.description }

  /// Who else writes to it, as last looked; `nil` when nobody does, or this process does.
  public var holder: StoreHolder? { file.holder }

  /// What of it can be trusted when not all can; `nil` when nothing is known to be wrong.
  ///
  /// Only who opened it to read what is whole gets to see a damaged store.
  public var damage: StoreDamage? { file.damage }

  /// What may be relied on, such as that what is acknowledged survives a power cut.
  public var capabilities: Capabilities { file.capabilities }

  /// What the names of the files that are kept beside a store's have after its name.
  package static let endingsBeside = ["-wal", "-shm", "-journal", "-lock"]

  /// Ends the work with it, after what was done is kept; nothing can be asked of it any more.
  public func close() { _ = file.close() }
}

/// Why a store cannot be opened or used.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A sentence: what was expected, what was found, and the way out.
  public let description: String

  /// Creates an error from a sentence.
  package init(_ description: String) { (self.description, fault) = (description, nil) }

  /// The error of a fault.
  package init(_ fault: StoreFault) { (description, self.fault) = (fault.description, fault) }

  /// The fault behind it, if there is one.
  private let fault: StoreFault?

  /// Whether the store can be opened to read what is whole of it.
  package var leavesReading: Bool {
    switch fault {
    case .heldBy, .broken, .damaged, .derivedDamaged: true
    default: false
    }
  }
}

/// A journal store that outlives the program.
package protocol JournalFile: JournalStore, StatePages {
  /// The name of the domain whose history it keeps; `nil` before ``begin(_:of:)``.
  var domain: String? { get }

  /// Why nothing can be written; `nil` when it can be.
  var refusal: StoreFault? { get }

  /// The run of a program that wrote last before this one; `nil` when none did.
  var previousRun: StoreRun? { get }

  /// This run, which is noted with the first step that it writes.
  var run: StoreRun { get }

  /// Says what the domain declares in this run.
  func declare(shape: String)

  /// Makes a world the one before the first step, for good.
  func begin(_ world: World, of domain: String) -> StoreFault?

  /// Makes another domain the one whose history it keeps.
  func adopt(domain: String) -> StoreFault?

  /// Ends the work with the file.
  ///
  /// - Returns: Why something that was acknowledged may not survive a power cut.
  @discardableResult func close() -> StoreFault?

  // MARK: At rest

  /// How long after the last commit ``upkeep()`` is wanted; `nil` when there is nothing to do.
  var upkeepDelay: Interval? { get }

  /// Does what can wait until nobody works, such as bringing the tables for finding things up to
  /// the last step.
  ///
  /// - Returns: Why it could not be done.
  func upkeep() -> StoreFault?

  /// How long a commit may wait until it survives a power cut; `nil` when each one does at once.
  var syncWindow: Interval? { get }

  // MARK: Following

  /// The path of the file as it was opened.
  var path: String { get }

  /// Whether somebody else may write to the file, so that there may be news in it.
  var isFollower: Bool { get }

  /// Who writes to it, as last looked; `nil` for nobody else.
  var holder: StoreHolder? { get }

  /// What can be trusted of a file that is damaged; `nil` when nothing is known to be wrong.
  var damage: StoreDamage? { get }

  /// Takes what another process has committed since, and looks who writes.
  ///
  /// - Parameters:
  ///   - limit: Takes no further step after so many entries.
  ///   - body: Receives each new step.
  /// - Returns: Whether more may be there.
  func takeNews(_ limit: Int, _ body: (StoredStep) -> Void) -> Bool
}

extension JournalFile {
  /// The name of the file, without its folder.
  package var name: String { String(path.split(separator: "/").last ?? "") }
}

/// A run of a program that wrote to a store.
package struct StoreRun: Sendable, Hashable {
  /// The last entry before it.
  package var entry = JournalIndex(0)
  /// The name of the program.
  package var program: String
  /// What tells one build of the program from another; `nil` when nothing does.
  package var code: String?
  /// What its domain declared, as a ``DomainShape`` says it; `nil` when that is not known.
  package var shape: String?

  /// Creates a run.
  package init(
    after entry: JournalIndex = JournalIndex(0), of program: String, code: String? = nil,
    shape: String? = nil
  ) {
    (self.entry, self.program, self.code, self.shape) = (entry, program, code, shape)
  }
}

extension Store {
  /// Goes on with the history for another domain, which is its own from now on.
  ///
  /// What the history has of consumers that the domain does not declare is closed when an engine is
  /// opened on it.
  ///
  /// - Parameter domain: The name of the domain.
  /// - Throws: ``StoreError`` when the store is new or cannot be written.
  public func adopt(_ domain: String) throws(StoreError) {
    guard let known = file.domain else {
      throw StoreError("The store has no history yet; any domain can begin one in it.")
    }
    guard !isSameText(known, domain) else { return }
    if let fault = file.adopt(domain: domain) { throw StoreError(fault) }
  }

  /// The journal for the history of a domain, which begins with a world if the store is new.
  ///
  /// - Parameter shape: What the domain declares.
  /// - Throws: ``StoreError`` for the history of another domain.
  package func journal(
    of domain: String, shape: String, beginningWith world: @autoclosure () -> World
  ) throws(StoreError) -> any JournalFile {
    file.declare(shape: shape)
    guard let known = file.domain else {
      guard file.refusal == nil else {
        throw StoreError(
          "\(file.name) has no history yet, so that there is nothing to show; open it for writing, or "
            + "later.")
      }
      if let fault = file.begin(world(), of: domain) { throw StoreError(fault) }
      return file
    }
    guard isSameText(known, domain) else {
      throw StoreError(
        "The store has the history of the domain \(known), not of \(domain); open it with its own "
          + "domain, or open another store. To go on with this one as \(domain), adopt it (--adopt)."
      )
    }
    return file
  }
}
