extension Saga {
  /// Migrates an instance's data to the current version of its saga.
  ///
  /// - Throws: ``SagaError``, and what the migration throws; the instance is then unchanged.
  func takeOver(_ instance: inout SagaInstance) throws {
    let found = instance.version
    guard found != version else { return }
    guard found < version else {
      throw SagaError.instanceNewer(
        saga: name, instance: instance.correlation ?? instance.key.instanceID,
        found: found, version: version)
    }
    guard let migration else {
      throw SagaError.migrationMissing(
        saga: name, instance: instance.correlation ?? instance.key.instanceID,
        found: found, version: version)
    }
    var data = instance.data
    try migration(&data, found)
    instance.data = data
    instance.version = version
  }
}

extension Engine {
  /// Whether a saga may have instances of an older version; O(1).
  func hasOlderInstances(_ saga: Saga, _ world: World) -> Bool {
    max(world.counter(Engine.versionCounter(saga)), 1) < saga.version
  }

  /// Migrates the instances of a saga that have an older version, so that events find them by their
  /// new properties; those that cannot be migrated stay as they are.
  func takeOverAll(of saga: Saga, _ transaction: Transaction) {
    let counter = Engine.versionCounter(saga)
    var taken = 0
    let note = transaction.note(.group(saga.group, .migrated(instances: 0)), parent: nil)
    for offset in 0..<transaction.world.sagas.count(of: saga.name) {
      guard let old = transaction.world.sagas.instance(of: saga.name, at: offset) else { continue }
      var new = old
      do { try saga.takeOver(&new) } catch { continue }
      guard new.version != old.version else { continue }
      new.correlation = saga.correlation(of: new.data) {
        transaction.world.sagas.matchProperties(of: saga.name)
      }
      transaction.make(.saga(old: old, new: new))
      taken += 1
    }
    let known = transaction.world.counter(counter)
    transaction.make(.counter(counter, old: known, new: saga.version))
    transaction.revise(note, .group(saga.group, .migrated(instances: taken)))
  }

  /// The counter of the version up to which a saga's instances are migrated.
  static func versionCounter(_ saga: Saga) -> String { "saga-version:\(saga.name)" }
}
