/// The journal entries that concern each saga instance.
///
/// Entries of one instance are linked backwards, so that adding one is O(1) however many instances
/// there are; listing is O(entries of the instance). Every link also points far back, at distances
/// that grow so that an earlier one is found in O(log entries).
struct SagaEntries: Sendable {
  private struct Link: Sendable {
    let entry: Int32
    /// The index of the link before it, from 1; 0 when there is none.
    let before: Int32
    /// The index of a link further back; 0 when there is none.
    let far: Int32
    /// The number of entries up to and with this one.
    let depth: Int32
    /// The number of steps up to and with this one.
    let steps: Int32
    /// The number of failed steps among them.
    let failures: Int32
  }

  /// How a step of an instance ended.
  enum StepResult: Sendable {
    case succeeded
    case failed
  }

  private struct Instance: Sendable {
    let key: SagaKey
    /// Its index in `heads`.
    let place: Int32
  }

  /// The newest entries of instances, at twice an instance's number in the world; the odd places
  /// are for instances that ended in the step that started them and never were in a world.
  ///
  /// Each is the index of the newest link, from 1; 0 when there is none.
  private var heads = PersistentArray<Int32>()
  private var links = PersistentArray<Link>()
  private var instances = PersistentArray<Instance>()
  private var index = HashIndex()
  private var strangers = 0

  /// Records that an entry concerns an instance; entries come in order.
  ///
  /// - Parameters:
  ///   - number: The number of the instance in the world, if it is or was there.
  ///   - step: Whether the entry is a step of the instance, and if so whether it failed.
  mutating func append(_ entry: Int32, of key: SagaKey, number: Int?, step: StepResult?) {
    let place = number.map { 2 * $0 } ?? place(of: key) ?? 2 * strangers + 1
    while heads.count <= place { heads.append(0) }
    let last = heads[place]
    if last == 0 {
      if number == nil { strangers += 1 }
      instances.append(Instance(key: key, place: Int32(place)))
      index.insert(Int32(instances.count), under: key.quickHash)
    }
    let depth = depth(last)
    let (steps, failures) =
      last == 0 ? (0, 0) : (links[Int(last) - 1].steps, links[Int(last) - 1].failures)
    links.append(
      Link(
        entry: entry, before: last, far: far(behind: last), depth: depth + 1,
        steps: steps + (step == nil ? 0 : 1), failures: failures + (step == .failed ? 1 : 0)))
    heads[place] = Int32(links.count)
  }

  /// Where a link behind the newest one points far back: twice as far as that one when it and the
  /// one that it points to reach equally far, else to its neighbour.
  private func far(behind last: Int32) -> Int32 {
    guard last > 0 else { return 0 }
    let first = links[Int(last) - 1].far
    guard first > 0 else { return last }
    let second = links[Int(first) - 1].far
    return depth(last) - depth(first) == depth(first) - depth(second) ? second : last
  }

  private func depth(_ link: Int32) -> Int32 { link > 0 ? links[Int(link) - 1].depth : 0 }

  private func place(of key: SagaKey) -> Int? {
    let found = index.last(under: key.quickHash) {
      instances.address(of: Int($0) - 1).pointee.key == key
    }
    return found.map { Int(instances[Int($0) - 1].place) }
  }

  /// The newest link of an instance for which something holds that, once it holds for a link,
  /// holds for all before it; O(log entries).
  private func newest(of key: SagaKey, where holds: (Link) -> Bool) -> Link? {
    guard let place = place(of: key) else { return nil }
    var next = heads[place]
    while next > 0 {
      let link = links[Int(next) - 1]
      if holds(link) { return link }
      let isTooFar = link.far == 0 || holds(links[Int(link.far) - 1])
      next = isTooFar ? link.before : link.far
    }
    return nil
  }

  /// The number of entries that concern an instance.
  func count(of key: SagaKey) -> Int {
    place(of: key).map { Int(depth(heads[$0])) } ?? 0
  }

  /// The numbers of steps and of failed steps of an instance up to an entry; O(log entries).
  func steps(of key: SagaKey, upTo end: Int) -> (all: Int, failed: Int) {
    newest(of: key) { Int($0.entry) <= end }.map { (Int($0.steps), Int($0.failures)) } ?? (0, 0)
  }

  /// The entry of a step by its number, from 1; O(log entries).
  func step(_ number: Int, of key: SagaKey) -> Int? {
    guard number >= 1, var link = newest(of: key, where: { Int($0.steps) <= number }),
      Int(link.steps) == number
    else { return nil }
    // Timers that the step armed follow it with the same number.
    while link.before > 0, Int(links[Int(link.before) - 1].steps) == number {
      link = links[Int(link.before) - 1]
    }
    return Int(link.entry)
  }

  /// The entries that concern an instance up to one, in order.
  func entries(of key: SagaKey, upTo end: Int) -> [Int] {
    var found: [Int] = []
    var link = newest(of: key) { Int($0.entry) <= end }
    while let here = link {
      found.append(Int(here.entry))
      link = here.before > 0 ? links[Int(here.before) - 1] : nil
    }
    return found.reversed()
  }
}
