internal import EventicleCore

/// How things stand between two batches of work.
struct PublishedState: Sendable {
  var world: World
  var connection: ConnectionState
}
