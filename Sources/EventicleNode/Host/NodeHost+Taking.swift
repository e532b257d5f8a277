public import EventicleCore

extension NodeHost: DomainHost {
  /// The domain as the code declares it now.
  public var domain: Domain {
    lock.with {
      NodeDomain(host: self, current?.declarations ?? NodeDeclarations()).domain
    }
  }

  /// A descriptor that can be read when node says something by itself, has ended, or a file of the
  /// domain was saved.
  public var readableDescriptor: Int32? {
    gathering.descriptor < 0 ? nil : gathering.descriptor
  }

  /// Takes what the code wants by itself and what it has written; starts and finishes the loading of
  /// what was saved.
  public func take() -> [HostRequest] {
    lock.with {
      guard current?.isBusy != true else { return [] }
      burst.rest()
      hearChanges()
      hear(\.next)
      hear(\.current)
      hearForks()
      if let child = next { replace(by: child) }
      var requests: [HostRequest] = []
      if let child = current { requests += wishes(of: child) }
      if let child = current { keepLines(of: child) }
      return log.take().map { .log($0) } + requests
    }
  }

  /// Waits until there is something to take.
  ///
  /// - Returns: Whether there is.
  public func waitForNews(_ interval: Interval) -> Bool {
    gathering.wait(milliseconds: Int32(clamping: interval.milliseconds))
  }

  /// Why the domain could not be loaded at first, in a sentence; `nil` unless that failed.
  public var failure: String? {
    lock.with { loadedAt == nil ? lastDeath?.description : nil }
  }

  /// Hears what a child has to say, and takes leave of it when it has ended.
  private func hear(_ place: ReferenceWritableKeyPath<NodeHost, NodeChild?>) {
    guard var child = self[keyPath: place], !child.isBuried else { return }
    child.readAvailable()
    for descriptor in child.pipes.finished { gathering.remove(descriptor) }
    do throws(NodeError) {
      let wasLoading = !child.isLoaded
      // Loading may go on in another child, which takes this one's place.
      _ = try advance(&child)
      if wasLoading, child.isLoaded, child === current {
        settle(child)
        forgetDeaths()
      }
    } catch {
      if child === current {
        let late = lateLoading(options.loadDeadline ?? .seconds(0))
        note(death: child.isLate ? late : error, of: child)
      } else {
        refuse(child, because: error)
      }
    }
  }

  /// The requests of a child: its domain when that has changed, and its calls.
  private func wishes(of child: NodeChild) -> [HostRequest] {
    guard child.failure == nil, !child.isBuried else { return [] }
    var requests: [HostRequest] = []
    let isReady = child.isLoaded || child.hasOutsideCalls || child.hasAnsweredCalls
    if isReady, adoptsAnew || adopted != child.declarations.revision {
      adoptsAnew = false
      adopted = child.declarations.revision
      requests.append(
        .adopt(domain) { [weak self] result in
          guard case .failure(let error) = result else { return }
          self?.tell(LogLine(.error, error.description))
        })
    }
    for call in child.takeOutsideCalls() { requests += serveOutside(call, of: child) }
    return requests
  }

  private func tell(_ line: LogLine) { lock.with { log.add(line) } }

  // MARK: - Loading again

  /// Loads the code anew, as after a file was saved; the old code goes on until the new one is
  /// loaded.
  public func reload() {
    lock.with {
      next?.kill()
      next = nil
      startNext()
    }
  }

  private func hearChanges() {
    guard let watching else { return }
    if watching.takeChanges() { changed = Stopwatch() }
    guard changed != nil else { return }
    changed = nil
    let isChanged = !FileStamps(watched(current)).changes(from: stamps).isEmpty
    guard isChanged || current?.isBuried ?? true else { return }
    next?.kill()
    startNext()
  }

  private func watched(_ child: NodeChild?) -> [String] {
    guard let child, !child.files.isEmpty else { return [files.entry] }
    return child.files
  }

  private func startNext() {
    do throws(NodeError) {
      let child = try started()
      next = child
      giveUp(child)
    } catch {
      log.add(LogLine(.error, error.description))
    }
  }

  /// Ends a child that has not loaded its code in time; heard by its closed pipes.
  func giveUp(_ child: NodeChild) {
    guard let limit = options.loadDeadline else { return }
    NodeAlarm.after(milliseconds: Int(limit.milliseconds)) { [weak self, weak child] in
      guard let self, let child else { return }
      self.lock.with {
        guard !child.isLoaded, child.failure == nil, !child.hasAnsweredCalls else { return }
        child.isLate = true
        child.process.signalEnd()
      }
    }
  }

  /// Lets a child take over whose code is loaded, or that wants something already.
  private func replace(by child: NodeChild) {
    guard child.failure == nil, !child.isBuried, child.isLoaded || child.hasOutsideCalls else {
      return
    }
    let changes = FileStamps(watched(child)).changes(from: stamps)
    if let old = current {
      keepLines(of: old)
      old.kill()
    }
    current = child
    next = nil
    forks.end()
    adopted = nil
    adoptsAnew = true
    persisted = PersistedStates()
    thrown = [:]
    forgetDeaths()
    settle(child)
    let first = changes.first.map { NodeLog.relative($0, to: files.folder) } ?? ""
    let news =
      switch changes.count {
      case 0: "Loaded again."
      case 1: "Loaded again: 1 file has changed (\(first))."
      case let count: "Loaded again: \(count) files have changed (\(first) first)."
      }
    log.add(LogLine(.info, news))
  }

  /// Goes on with the old code, because the new one cannot be loaded.
  private func refuse(_ child: NodeChild, because error: NodeError) {
    keepLines(of: child)
    child.isBuried = true
    child.kill()
    next = nil
    stamps = FileStamps(watched(current))
    let reason =
      child.isLate
      ? lateLoading(options.loadDeadline ?? .seconds(0)).description
      : error.description
    let standing =
      current?.failure == nil && current != nil
      ? loadedAt.map { " – still running what was loaded at \($0)" } ?? "" : ""
    var lines = reason.split(separator: "\n", maxSplits: 1).map(String.init)
    if !lines.isEmpty { lines[0] += standing }
    log.add(LogLine(.error, lines.joined(separator: "\n")))
  }
}
