public import EventicleCore

/// One thing that every backend must do, told apart by its name.
///
/// The cases are a table, so that a backend is tested by running the table on it:
///
/// ```swift
/// @Test(arguments: StoreContract.cases) func `memory keeps the contract`(row: ContractCase) throws {
///   try row.run(on: MemoryBackend())
/// }
/// ```
public struct ContractCase: Sendable, CustomStringConvertible {
  /// How a run went, when it did not fail.
  public enum Outcome: Sendable, Hashable {
    case passed
    /// The backend does not promise what the case needs.
    case skipped([Capability])
  }

  /// What must hold, as a sentence.
  public let name: String
  /// What a backend must promise for the case to make sense.
  public let needs: Set<Capability>
  private let body: @Sendable (any BackendUnderTest) throws -> Void

  /// A case with its closure, which throws when the backend falls short.
  public init(
    _ name: String, needs: Set<Capability> = [],
    _ body: @escaping @Sendable (any BackendUnderTest) throws -> Void
  ) {
    self.name = name
    self.needs = needs
    self.body = body
  }

  /// A case about the data store, with a fresh one of a domain without anything in it.
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
  /// - Returns: Whether it passed or was skipped; only what the backend's capabilities lack skips.
  /// - Throws: ``ContractFailure``, or what the backend threw.
  @discardableResult
  public func run(on backend: any BackendUnderTest) throws -> Outcome {
    let lacks = backend.capabilities.lacks(of: needs)
    guard lacks.isEmpty else { return .skipped(lacks) }
    try body(backend)
    return .passed
  }
}

/// A backend that is put to the test.
public protocol BackendUnderTest: Sendable {
  /// What it promises; cases that need more are skipped.
  var capabilities: Capabilities { get }
  /// A store of a domain with nothing in it, apart from all others.
  func openStore(_ domain: Domain) throws -> any StoreUnderTest
  /// An engine of a domain with nothing in it, whose event client is used.
  func openClient(_ domain: Domain) throws -> Eventicle
  /// What an engine that was shut down has kept, opened again; asked only of those that promise
  /// to keep.
  func reopenClient(_ app: Eventicle) throws -> Eventicle
}

/// The data store of a backend that is put to the test.
public protocol StoreUnderTest: AnyObject {
  /// Runs a body as one step: all of it, or none of it when it throws.
  func transact<Result>(_ body: (Transaction) throws -> Result) throws -> Result
  /// Moves the clock.
  func pass(_ interval: Interval) throws
  /// The current world.
  var world: World { get }
  /// The world before the last `count` steps.
  func world(stepsAgo count: Int) throws -> World
}

/// Where a backend falls short.
public struct ContractFailure: Error, CustomStringConvertible {
  /// What was expected and what was found, and where that is asked.
  public let description: String

  init(_ reason: String, _ file: StaticString, _ line: Int) {
    description = "\(reason) (\(file):\(line))"
  }
}

/// Fails unless two values are the same.
func expect<Value: Equatable>(
  _ found: Value, _ wanted: Value, _ about: String = "", file: StaticString = #fileID,
  line: Int = #line
) throws {
  guard found != wanted else { return }
  throw ContractFailure(
    "\(about.isEmpty ? "" : "\(about): ")expected \(wanted), found \(found)", file, line)
}

/// Fails unless a body throws an error whose sentence has some text, and returns the sentence.
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

/// JSON from its text, so that numbers keep the digits they are written with.
func json(_ text: String) throws -> JSON { try JSON(parsing: text) }
