public import EventicleCore

/// A requirement on every backend, identified by its name.
///
/// The cases are a table, so a backend is tested by running the table on it:
///
/// ```swift
/// @Test(arguments: StoreContract.cases)
/// func `memory keeps the contract`(row: ContractCase) throws {
///   try row.run(on: MemoryBackend())
/// }
/// ```
public struct ContractCase: Sendable, CustomStringConvertible {
  /// The outcome of a run that did not fail.
  public enum Outcome: Sendable, Hashable {
    case passed
    /// The backend lacks these capabilities, which the case needs.
    case skipped([Capability])
  }

  /// The requirement as a sentence.
  public let name: String
  /// The capabilities without which the case does not apply.
  public let needs: Set<Capability>
  private let body: @Sendable (any BackendUnderTest) throws -> Void

  /// Creates a case from a closure that throws when the backend fails the requirement.
  public init(
    _ name: String, needs: Set<Capability> = [],
    _ body: @escaping @Sendable (any BackendUnderTest) throws -> Void
  ) {
    self.name = name
    self.needs = needs
    self.body = body
  }

  /// Creates a case about the data store; its store is new and empty.
  public static func store(
    _ name: String, indexes: [RecordIndex] = [], needs: Set<Capability> = [],
    _ body: @escaping @Sendable (any StoreUnderTest) throws -> Void
  ) -> ContractCase {
    ContractCase(name, needs: needs) { backend in
      try body(try backend.openStore(Domain("contract", indexes: indexes)))
    }
  }

  /// The name of the case.
  public var description: String { name }

  /// Runs the case on a backend.
  ///
  /// - Returns: Whether it passed or was skipped; only missing capabilities skip a case.
  /// - Throws: ``ContractFailure``, or the error that the backend threw.
  @discardableResult
  public func run(on backend: any BackendUnderTest) throws -> Outcome {
    let lacks = backend.capabilities.lacks(of: needs)
    guard lacks.isEmpty else { return .skipped(lacks) }
    try body(backend)
    return .passed
  }
}

/// A backend under test.
public protocol BackendUnderTest: Sendable {
  /// The capabilities of the backend; cases that need more are skipped.
  var capabilities: Capabilities { get }
  /// Opens an empty store of a domain, separate from all other stores.
  func openStore(_ domain: Domain) throws -> any StoreUnderTest
  /// Opens an empty engine of a domain, for its event client.
  func openClient(_ domain: Domain) throws -> Eventicle
  /// Reopens what an engine persisted before it was shut down; called only on backends that promise
  /// to persist.
  func reopenClient(_ app: Eventicle) throws -> Eventicle
}

/// The data store of a backend under test.
public protocol StoreUnderTest: AnyObject {
  /// Runs a body as one step, which is undone completely when the body throws.
  func transact<Result>(_ body: (Transaction) throws -> Result) throws -> Result
  /// Advances the clock.
  func pass(_ interval: Interval) throws
  /// The current world.
  var world: World { get }
  /// The world before the last `count` steps.
  func world(stepsAgo count: Int) throws -> World
}

/// A requirement that a backend does not meet.
public struct ContractFailure: Error, CustomStringConvertible {
  /// The expected and the found value, and the place of the check.
  public let description: String

  init(_ reason: String, _ file: StaticString, _ line: Int) {
    description = "\(reason) (\(file):\(line))"
  }
}

/// Fails unless two values are equal.
func expect<Value: Equatable>(
  _ found: Value, _ wanted: Value, _ about: String = "", file: StaticString = #fileID,
  line: Int = #line
) throws {
  guard found != wanted else { return }
  throw ContractFailure(
    "\(about.isEmpty ? "" : "\(about): ")expected \(wanted), found \(found)", file, line)
}

/// Fails unless a body throws an error whose description contains a text; returns the description.
@discardableResult
func expectRefusal(
  _ text: String, file: StaticString = #fileID, line: Int = #line, _ body: () throws -> Void
) throws -> String {
  do {
    try body()
  } catch {
    let sentence = "\(error)"
    guard sentence.contains(text), sentence.hasSuffix(".") else {
      throw ContractFailure(
        "expected a sentence with \"\(text)\", found \"\(sentence)\"", file, line)
    }
    return sentence
  }
  throw ContractFailure("expected a refusal with \"\(text)\", but nothing was thrown", file, line)
}

/// Parses JSON from text, so that numbers keep their digits as written.
func json(_ text: String) throws -> JSON { try JSON(parsing: text) }
