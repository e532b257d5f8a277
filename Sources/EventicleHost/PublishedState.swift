internal import EventicleCore

/// How things stand between two batches of work.
struct PublishedState: Sendable {
  var world: World
  var connection: ConnectionState
  /// A handler that keeps the engine from going on.
  var hung: HungHandler?
}
