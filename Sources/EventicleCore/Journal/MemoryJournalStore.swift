/// A store in memory: it keeps steps as the bytes that a file would have.
///
/// What was not committed is lost on ``reload()``, as it is in a file after a crash.
// Used by one thread at a time, as a session is.
package final class MemoryJournalStore: JournalStore, @unchecked Sendable {
  /// What a commit makes permanent.
  private struct Content {
    var steps: [(first: JournalIndex, bytes: [UInt8])] = []
    var lines: [(after: JournalIndex, line: String)] = []
    var last = JournalIndex(0)
    var names = NameBook()
    var cores: [(entry: JournalIndex, bytes: [UInt8])] = []
    var states = StateHistory()
    var lookups = JournalLookups()
    var head: World
  }

  package let start: World
  private var permanent: Content
  private var open: Content
  package private(set) var fault: StoreFault?

  /// Creates an empty store of a history that begins with a world.
  package init(startingWith world: World) {
    start = world
    permanent = Content(head: world)
    open = permanent
  }

  package var capabilities: Capabilities { .memory }

  package var last: JournalIndex { open.last }

  /// What state was as of any entry; `nil` when nothing can be read.
  var history: StateHistory? { fault == nil ? open.states : nil }

  // MARK: - Writing

  package func append(_ step: StoredStep) {
    guard fault == nil else { return }
    guard step.first == open.last.next else {
      fault = .notAtHead(last: open.last, step: step.first)
      return
    }
    open.steps.append((step.first, StepCodec.encode(step, &open.names)))
    let complete = open.head.replay(completing: step)
    for part in complete.parts {
      open.states.append(part.changes.others, at: open.last.next)
      for entry in part.entries {
        open.last = open.last.next
        open.lookups.append(entry, at: Int32(open.last.number), part.changes.others, open.head)
      }
    }
  }

  package func append(line: String) {
    guard fault == nil else { return }
    open.lines.append((open.last, line))
  }

  package func commit() -> StoreFault? {
    guard fault == nil else { return fault }
    permanent = open
    return nil
  }

  package func reload() -> StoreFault? {
    open = permanent
    fault = nil
    return nil
  }

  package func offer(_ core: StoredCore) {
    guard fault == nil else { return }
    open.cores.append((core.entry, CoreCodec.encode(core, &open.names)))
    (permanent.cores, permanent.names) = (open.cores, open.names)
  }

  // MARK: - Reading

  package var lines: [(after: JournalIndex, line: String)] { fault == nil ? open.lines : [] }

  package func forEachStep(
    after low: JournalIndex, upTo high: JournalIndex, _ body: (StoredStep) -> Bool
  ) {
    guard fault == nil else { return }
    let start = open.steps.partitioningIndex { $0.first > low }
    for (first, bytes) in open.steps[start...] where first <= high {
      do throws(StepCodecError) {
        guard body(try StepCodec.decode(bytes, open.names)) else { return }
      } catch {
        fault = .damaged(JournalIndex(first.number - 1), "a step cannot be read: \(error)")
        return
      }
    }
  }

  package func core(atOrBefore entry: JournalIndex) -> StoredCore? {
    guard fault == nil else { return nil }
    guard let (index, bytes) = open.cores.last(where: { $0.entry <= entry }) else {
      return start.core(after: JournalIndex(0))
    }
    do throws(StepCodecError) { return try CoreCodec.decode(bytes, open.names) } catch {
      fault = .damaged(index, "a core cannot be read: \(error)")
      return nil
    }
  }

  package func deliveries(of position: Position) -> [JournalIndex] {
    fault == nil ? open.lookups.deliveries(of: position) : []
  }

  package func entries(of saga: SagaKey, upTo end: JournalIndex) -> [JournalIndex] {
    fault == nil ? open.lookups.entries(of: saga, upTo: end) : []
  }

  package func effects(of entry: JournalIndex, limit: Int) -> [JournalIndex] {
    fault == nil ? open.lookups.effects(of: entry, limit: limit) : []
  }

  package func effects(of position: Position, limit: Int) -> [Position] {
    fault == nil ? open.lookups.effects(of: position, limit: limit) : []
  }

  package func problems(upTo end: JournalIndex) -> Int {
    fault == nil ? open.lookups.problems(upTo: end) : 0
  }

  package func problem(at index: Int) -> JournalIndex? {
    fault == nil ? open.lookups.problem(at: index) : nil
  }
}
