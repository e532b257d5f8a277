@testable import EventicleCore

/// A transaction outside any engine.
func transaction(
  _ world: World = World(startingAt: .standardStart, seed: 1), of domain: Domain = Domain("test")
) throws -> Transaction {
  var world = world
  return Transaction(
    taking: &world, services: try Registry(domain), firstEntry: JournalIndex(1))
}

extension Transaction {
  /// Ends the step and returns the new world.
  func commit() -> (World, StepChanges) {
    var world = World.nothing
    let changes = commit(to: &world)
    return (world, changes)
  }

  /// Ends the step and returns the world as it was before.
  func rollBack() -> World {
    var world = World.nothing
    rollBack(to: &world)
    return world
  }
}
