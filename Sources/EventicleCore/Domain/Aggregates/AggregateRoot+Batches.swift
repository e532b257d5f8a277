extension AggregateRoot {
  /// The states of an aggregate at some versions, folded in one batch; O(events).
  ///
  /// For tools: an error of a reducer is ignored, so that what can be shown is shown. Version 0 has
  /// an empty state.
  ///
  /// - Parameters:
  ///   - versions: Ascending; those beyond the last event stand for the last one.
  ///   - opening: Reads an event; `nil` leaves the event out.
  ///   - calls: Counts how many events are folded, for tests that bound the work.
  /// - Returns: One state for each version.
  /// - Throws: The error of a folder.
  package func states(
    of key: AggregateKey, at versions: [Version], in world: World,
    opening: @escaping (Event) -> Event?, counting calls: (Int) -> Void = { _ in }
  ) throws -> [JSON] {
    let last = Version(
      min(versions.last?.number ?? 0, world.histories.version(of: key).number))
    let history = history(of: key, upTo: last, in: world, opening: opening)
    calls(last.number)
    var wanted: [Version] = []
    for version in versions {
      let count = history.counts[min(max(version.number, 0), last.number)]
      if count > 0, wanted.last?.number != count { wanted.append(Version(count)) }
    }
    let folded = try fold(history.events, of: key, at: wanted, isForTools: true)
    return versions.map { version in
      let count = history.counts[min(max(version.number, 0), last.number)]
      let place = wanted.partitioningIndex { $0.number >= count }
      return count == 0 ? .emptyObject : folded[place]
    }
  }

  /// The state after some events that begin with the first one.
  func state(after events: [Event], of key: AggregateKey) throws -> JSON {
    guard !events.isEmpty else { return .emptyObject }
    return try fold(events, of: key, at: [Version(events.count)]).first ?? .emptyObject
  }

  /// Folds events from the first one on, by the folder or the reducers.
  private func fold(
    _ events: [Event], of key: AggregateKey, at versions: [Version], isForTools: Bool = false
  ) throws -> [JSON] {
    guard !versions.isEmpty else { return [] }
    guard let folder else {
      return try ReducerFolder(root: self, ignoresErrors: isForTools).fold(
        events, of: key, at: versions)
    }
    let states = try folder.fold(events, of: key, at: versions)
    guard states.count == versions.count else {
      throw FolderAnswerError(key: key, asked: versions.count, answered: states.count)
    }
    return states
  }

  /// The events of an aggregate as they are read, and how many of them there are up to each
  /// version from 0 on: an event that is left out counts for a version all the same.
  private func history(
    of key: AggregateKey, upTo last: Version, in world: World, opening: ((Event) -> Event?)?
  ) -> (events: [Event], counts: [Int]) {
    var events: [Event] = []
    var counts = [0]
    events.reserveCapacity(last.number)
    counts.reserveCapacity(last.number + 1)
    world.forEachEvent(of: key, upTo: last) { event, _ in
      if let opening {
        if let event = opening(event) { events.append(event) }
      } else {
        events.append(event)
      }
      counts.append(events.count)
    }
    return (events, counts)
  }

  /// Folds a stored aggregate by its folder, unless the state at this version is kept.
  func foldInBatch(
    _ key: AggregateKey, in world: World, upTo last: Version, usesKept: Bool,
    opening: ((Event) -> Event?)?
  ) -> (state: JSON, version: Version, folded: Int, failure: (any Error)?) {
    if usesKept, let kept = world.foldedState(of: key, by: identity), kept.version == last {
      return (kept.state, last, 0, nil)
    }
    let events = history(of: key, upTo: last, in: world, opening: opening).events
    do {
      return (try state(after: events, of: key), last, last.number, nil)
    } catch {
      return (.null, last, last.number, error)
    }
  }
}

extension Transaction {
  /// Loads an aggregate whose folder folds its stored events and those of this step in one batch.
  func loadInBatch(
    _ root: AggregateRoot, _ key: AggregateKey, at version: Version?
  ) -> AggregateInstance? {
    let stored = world.histories.version(of: key)
    let staged = stagedEvents(of: key)
    let known = Version(stored.number + staged.count)
    let last = version.map { min($0, known) } ?? known
    guard last.number > 0 else { return nil }
    let own = staged.prefix(max(0, last.number - stored.number))
    var events: [Event] = []
    world.forEachEvent(of: key, upTo: min(last, stored)) { event, _ in
      if let event = opened(event) { events.append(event) }
    }
    events += own
    var state = JSON.null
    let kept =
      own.isEmpty && services.keepsFoldedStates
      ? world.foldedState(of: key, by: root.identity) : nil
    if let kept, kept.version == last {
      state = kept.state
    } else {
      foldedEvents += events.count
      do {
        state = try root.state(after: events, of: key)
        if own.isEmpty, last == stored, services.keepsFoldedStates, root.snapshotEvery != nil,
          readingError == nil
        {
          world.keepFolded(state, last, of: key, by: root.identity)
        }
      } catch {
        if readingError == nil { readingError = error }
      }
    }
    return AggregateInstance(
      root: root, id: key.id, loadedVersion: last, state: state, workspace: key.workspace,
      history: events)
  }
}
