extension Saga {
  /// Brings an instance's data to the version of this saga.
  ///
  /// - Throws: ``SagaError``, and what the migration throws; the instance is unchanged then.
  func takeOver(_ instance: inout SagaInstance) throws {
    let found = instance.version
    guard found != version else { return }
    guard found < version else {
      throw SagaError.instanceNewer(
        saga: name, instance: instance.key.instanceID, found: found, version: version)
    }
    guard let migration else {
      throw SagaError.migrationMissing(
        saga: name, instance: instance.key.instanceID, found: found, version: version)
    }
    var data = instance.data
    try migration(&data, found)
    instance.data = data
    instance.version = version
  }
}

extension Engine {
  /// Whether instances of a saga may be of an older version than it is; O(1).
  func hasOlderInstances(_ saga: Saga, _ world: World) -> Bool {
    max(world.counter(Engine.versionCounter(saga)), 1) < saga.version
  }

  /// Takes over the instances of a saga that are of an older version, so that events find them by
  /// what they are called now; those that cannot be taken over stay as they are.
  func takeOverAll(of saga: Saga, _ transaction: Transaction) {
    let counter = Engine.versionCounter(saga)
    var taken = 0
    let note = transaction.note(.group(saga.group, .migrated(instances: 0)), parent: nil)
    for offset in 0..<transaction.world.sagas.count(of: saga.name) {
      guard let old = transaction.world.sagas.instance(of: saga.name, at: offset) else { continue }
      var new = old
      do { try saga.takeOver(&new) } catch { continue }
      guard new.version != old.version else { continue }
      new.correlation = saga.correlation(of: new.data)
      transaction.make(.saga(old: old, new: new))
      taken += 1
    }
    let known = transaction.world.counter(counter)
    transaction.make(.counter(counter, old: known, new: saga.version))
    transaction.revise(note, .group(saga.group, .migrated(instances: taken)))
  }

  /// The counter that says up to which version a saga's instances were taken over.
  static func versionCounter(_ saga: Saga) -> String { "saga-version:\(saga.name)" }
}
