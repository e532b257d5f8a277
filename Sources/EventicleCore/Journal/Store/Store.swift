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

  /// What may be relied on, such as that what is acknowledged survives a power cut.
  public var capabilities: Capabilities { file.capabilities }

  /// Ends the work with it, after what was done is kept; nothing can be asked of it any more.
  public func close() { file.close() }
}

/// Why a store cannot be opened or used.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A sentence: what was expected, what was found, and the way out.
  public let description: String

  /// Creates an error from a sentence.
  package init(_ description: String) { self.description = description }

  /// The error of a fault.
  package init(_ fault: StoreFault) { description = fault.description }
}

/// A journal store that outlives the program.
package protocol JournalFile: JournalStore, StatePages {
  /// The name of the domain whose history it keeps; `nil` before ``begin(_:of:)``.
  var domain: String? { get }

  /// Why nothing can be written; `nil` when it can be.
  var refusal: StoreFault? { get }

  /// Makes a world the one before the first step, for good.
  func begin(_ world: World, of domain: String) -> StoreFault?

  /// Ends the work with the file.
  func close()
}

extension Store {
  /// The journal for the history of a domain, which begins with a world if the store is new.
  ///
  /// - Throws: ``StoreError`` for the history of another domain.
  package func journal(
    of domain: String, beginningWith world: @autoclosure () -> World
  ) throws(StoreError) -> any JournalFile {
    guard let known = file.domain else {
      if let fault = file.begin(world(), of: domain) { throw StoreError(fault) }
      return file
    }
    guard isSameText(known, domain) else {
      throw StoreError(
        "The store has the history of the domain \(known), not of \(domain); open it with its own "
          + "domain, or open another store.")
    }
    return file
  }
}
