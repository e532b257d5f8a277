internal import EventicleCore

/// The children of forks: what one branch of history holds in the memory of node is not seen in
/// another.
struct NodeForks {
  /// The most children besides that of the main history; the one that was used longest ago ends for
  /// a new one, and starts again when it is needed.
  static let most = 3

  private(set) var children: [(branch: String, child: NodeChild)] = []

  /// The child of a branch, which counts as used; `nil` when it has none.
  mutating func child(of branch: String) -> NodeChild? {
    guard let place = children.firstIndex(where: { $0.branch == branch }) else { return nil }
    let known = children.remove(at: place)
    guard known.child.failure == nil else { return nil }
    children.append(known)
    return known.child
  }

  /// Keeps the child of a branch.
  mutating func keep(_ child: NodeChild, of branch: String) {
    children.append((branch, child))
    if children.count > NodeForks.most { children.removeFirst().child.kill() }
  }

  /// Ends all children.
  mutating func end() {
    for (_, child) in children { child.kill() }
    children = []
  }
}

extension NodeHost {
  /// The child of the branch whose handlers run, started and loaded if need be.
  func forkChild(_ branch: String) throws -> NodeChild {
    if let known = forks.child(of: branch) { return known }
    let child = try started()
    forks.keep(child, of: branch)
    do { try finishLoading(child) } catch {
      note(death: error, of: child, isTold: true)
      throw error
    }
    return child
  }

  /// The key under which a child knows a declaration of the main history's child.
  ///
  /// Views that keep what they know in memory have another name in each child.
  func key(_ key: String, in child: NodeChild) -> String {
    guard child !== current, !child.declarations.has(key), let current else { return key }
    let (own, other) = (memoryViews(of: current), memoryViews(of: child))
    guard let place = own.firstIndex(where: { $0.key == key }), other.indices.contains(place) else {
      return key
    }
    return other[place].key
  }

  private func memoryViews(of child: NodeChild) -> [NodeDeclaration] {
    child.declarations.all.filter(\.isInMemory)
  }

  /// Gives the views of a new child that keep what they know in memory the history that those of the
  /// branch have read.
  func feed(_ child: NodeChild, _ transaction: Transaction) {
    guard child !== current, !child.isFed, let current else { return }
    child.isFed = true
    for (known, view) in zip(memoryViews(of: current), memoryViews(of: child)) {
      let group = GroupName(known.text("group"))
      let last = transaction.world.group(group)?.position.number ?? 0
      let streams = view.texts("streams").map { StreamName($0) }
      var after = 0
      while after < last {
        let positions = NodeCalls.positions(
          of: streams, after: after, limit: 256, in: transaction.world
        ).filter { $0.number <= last }
        guard let end = positions.last else { break }
        after = end.number
        let events = positions.compactMap { transaction.world.log.event(at: $0) }
        // Its error would have been that of another step.
        guard (try? deliver(events, to: view, of: child, transaction)) != nil else { break }
      }
    }
  }

  /// Delivers history without a transaction, so that nothing is written a second time.
  private func deliver(
    _ events: [Event], to view: NodeDeclaration, of child: NodeChild, _ transaction: Transaction
  ) throws {
    let handler = HandlerID(.view, view.text("name"), .on(nil))
    _ = try child.request(
      "deliver", handler, in: nil, (options.handlerDeadline, nil)
    ) { message in
      message.member("d", .string(view.key))
      NodeContext(handler, transaction).write(to: &message)
      message.member("events", events)
    }
  }

  /// Hears what the children of forks have written; what they ask for by themselves is refused.
  func hearForks() {
    for (_, child) in forks.children where child.failure == nil && !child.isBusy {
      child.readAvailable()
      for descriptor in child.pipes.finished { gathering.remove(descriptor) }
      for call in child.takeOutsideCalls() {
        child.answer(
          call, .failure(NodeCallError("A fork is silent: nothing is done by itself in it.")))
      }
      keepLines(of: child)
    }
  }
}
