internal import EventicleCore

/// The state of a host after a batch of work.
struct PublishedState: Sendable {
  var world: World
  var connection: ConnectionState
  /// The handler that blocks the engine, if one does.
  var hung: HungHandler?
  /// Why the store did not keep the last batch; the host is closed then.
  var storeFault: StoreFault?
}
