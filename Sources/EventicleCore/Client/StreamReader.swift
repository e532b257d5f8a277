/// Reads the events of some streams as handlers see them, in parts, from any world of one engine.
///
/// It keeps only the names of streams, so it can be used on any thread while the engine runs.
package struct StreamReader: Sendable {
  /// Some events with their positions, and how far the reader has come.
  package struct Part: Sendable {
    /// The events, oldest first.
    package var events: [Event] = []
    /// The position of each event in the whole log.
    package var positions: [Position] = []
    /// The position up to which the log has been read.
    package var reached: Position
  }

  private let registry: Registry
  private let choice: StreamChoice

  init(_ registry: Registry, _ streams: [StreamName]) {
    self.registry = registry
    choice = registry.choice(of: streams)
  }

  /// Reads up to `limit` events after a position.
  ///
  /// - Complexity: O(limit) for one stream; for several, O(events passed over).
  package func part(
    of world: World, after position: Position, upTo end: Position, limit: Int
  ) -> Part {
    var part = Part(reached: position)
    if choice.isPlain, choice.names.count == 1, world.tenantCount == 0 {
      take(from: choice.names[0], of: world, upTo: end, limit: limit, into: &part)
    } else {
      take(from: world, upTo: end, limit: limit, into: &part)
    }
    return part
  }

  /// Whether there may be events after a position, so that reading is worthwhile.
  ///
  /// - Complexity: O(streams · log n).
  package func hasNews(in world: World, after position: Position) -> Bool {
    guard choice.isPlain, world.tenantCount == 0 else { return world.log.last > position }
    return choice.names.contains { stream in
      world.log.place(in: stream, after: position).number <= world.log.count(of: stream)
    }
  }

  private func take(
    from stream: StreamName, of world: World, upTo end: Position, limit: Int, into part: inout Part
  ) {
    var place = max(
      world.log.place(in: stream, after: part.reached),
      StreamPosition(world.trimmed(stream).number + 1))
    while let found = world.log.position(of: stream, at: place), found <= end {
      guard part.events.count < limit else { return }
      add(found, of: world, to: &part)
      place = place.next
    }
    part.reached = max(part.reached, end)
  }

  private func take(from world: World, upTo end: Position, limit: Int, into part: inout Part) {
    // For each stream of interest, its last event that is no longer handed out; `nil` for other
    // streams.
    var known: [StreamName: Position?] = [:]
    let last = min(end, world.log.last)
    while part.reached < last, part.events.count < limit {
      let next = part.reached.next
      part.reached = next
      guard let stream = world.log.stream(at: next) else { continue }
      let trim: Position?
      if let seen = known[stream] {
        trim = seen
      } else {
        trim =
          choice.means(stream)
          ? world.log.position(of: stream, at: world.trimmed(stream)) ?? Position(0) : nil
        known[stream] = .some(trim)
      }
      if let trim, next > trim { add(next, of: world, to: &part) }
    }
    if part.events.count < limit { part.reached = max(part.reached, end) }
  }

  private func add(_ position: Position, of world: World, to part: inout Part) {
    part.reached = position
    guard let stored = world.log.event(at: position) else { return }
    let event: Event
    do {
      // An event that an upcaster drops is not handed over.
      guard let opened = try registry.opened(stored) else { return }
      event = opened
    } catch {
      // An event that cannot be upcast is handed over as stored, rather than left out.
      event = stored
    }
    part.events.append(event)
    part.positions.append(position)
  }
}

extension StreamStart {
  /// The last event of a world's log that a reader with this start is not offered.
  package func position(in world: World) -> Position { position(in: world.log) }
}

/// Makes readers without holding an engine, whose storage is changed in place only while unshared.
package struct StreamReaders: Sendable {
  let registry: Registry

  /// Makes readers for the worlds of this engine.
  package init(_ engine: Engine) { registry = engine.registry }

  /// The codec of raw events.
  package var codec: any EventCodec { registry.codec }

  /// Makes a reader of streams; a `*` in a name stands for any characters.
  package func reader(of streams: [StreamName]) -> StreamReader { StreamReader(registry, streams) }
}
