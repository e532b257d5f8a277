internal import EventicleCore

extension DatastoreFeed {
  /// The types of instances and timers.
  static let stateTypes = [StoredRows.sagaType, StoredRows.timeoutType, StoredRows.cronType]
  /// How many changed rows are fetched at once.
  static let changedRows = 200

  /// What reads all instances and timers again, and the histories that changed.
  var reading: [Step] {
    readsHistories ? [.versions(after: nil), .states(after: nil)] : [.states(after: nil)]
  }

  /// What a step asks the server.
  func statement(of step: Step) -> PostgresStatement {
    switch step {
    case .columns: table.columns
    case .listening: PostgresStatement("LISTEN \(DatastoreFeed.channel)")
    case .asking: table.hasEvents
    case .newest: table.newestEvents(newest ?? DatastoreTable.pageRows)
    case .tail(let after?): table.events(after: after.writtenAt, after.id)
    case .tail(nil):
      if let tailPlace {
        table.events(after: tailPlace.writtenAt, tailPlace.id, back: DatastoreFeed.tailSeconds)
      } else {
        table.newestEvents(newest ?? DatastoreTable.pageRows)
      }
    case .digest: table.digest(ofTypes: DatastoreFeed.stateTypes, histories: readsHistories)
    case .states(let after): table.rows(ofTypes: DatastoreFeed.stateTypes, after: after)
    case .histories(let after): table.histories(after: after)
    case .versions(let after): table.versions(ofTypes: [], histories: true, after: after)
    case .changed(let ids): table.rows(withIDs: ids)
    }
  }

  /// Takes what a step's statement gave, and plans what follows.
  func finish(_ step: Step, now: Instant) -> [Notice] {
    defer { rows = [] }
    switch step {
    case .columns: return finishColumns()
    case .listening: return []
    case .asking:
      planAll(hasEvents: rows.first?[0] == "true")
      return []
    case .newest, .tail: return finishTail(step, now: now)
    case .digest:
      finishDigest(now: now)
      return []
    case .states: return finishStates(now: now)
    case .histories: return finishHistories()
    case .versions:
      finishVersions()
      return []
    case .changed: return finishChanged()
    }
  }

  private func finishColumns() -> [Notice] {
    let names = rows.compactMap { $0[0] }
    let missing = DatastoreTable.neededColumns.filter { !names.contains($0) }
    guard !missing.isEmpty else {
      table = DatastoreTable(table.name, hasWorkspaces: names.contains("workspace_id"))
      return []
    }
    close()
    return [.refused(table.problem(missing: missing, of: names, at: link.settings.address))]
  }

  private func planAll(hasEvents: Bool) {
    if !hasCaughtUp { readsHistories = !hasEvents }
    plan.append(.digest)
    if readsHistories {
      plan += versions.isEmpty ? [.histories(after: nil), .states(after: nil)] : reading
    } else {
      recentNow = []
      let all = Step.tail(after: Place(writtenAt: "-infinity", id: DatastoreTable.firstID))
      let first = newest == nil ? all : .newest
      plan += [tailPlace == nil ? first : .tail(after: nil), .states(after: nil)]
    }
  }

  // MARK: - Events of streams

  private func finishTail(_ step: Step, now: Instant) -> [Notice] {
    var found: [Found] = []
    var survey = StoredRows.Survey()
    let isBackwards = step == .newest || step == .tail(after: nil) && tailPlace == nil
    let read = (isBackwards ? rows.reversed() : rows).compactMap { DatastoreRow($0) }
    if step == .newest, rows.count == newest, let first = read.first {
      floor = Place(writtenAt: first.row.writtenAt, id: first.row.id)
    }
    for stored in read {
      let row = stored.row
      let place = Place(writtenAt: row.writtenAt, id: row.id)
      let isNew = recentNow.insert(row.id).inserted && !recent.contains(row.id)
      if tailPlace.map({ DatastoreFeed.isBefore($0, place) }) ?? true { tailPlace = place }
      guard isNew, !(floor.map { DatastoreFeed.isBefore(place, $0) } ?? false) else { continue }
      let reading = stored.reading
      survey.add(row, reading)
      guard case .event(let event) = reading else { continue }
      found.append(Found(event: event.event, row: row.id, isFromHistory: false))
    }
    if !isBackwards, rows.count == DatastoreTable.pageRows, let last = read.last {
      plan.insert(
        .tail(after: Place(writtenAt: last.row.writtenAt, id: last.row.id)), at: 0)
    } else {
      recent = recentNow
      if hasCaughtUp { nextTail = now + DatastoreFeed.tailInterval }
    }
    return told(found) + (survey.findings.isEmpty ? [] : [.findings(survey.findings)])
  }

  private static func isBefore(_ left: Place, _ right: Place) -> Bool {
    (left.writtenAt, left.id) < (right.writtenAt, right.id)
  }

  private func told(_ found: [Found]) -> [Notice] { found.isEmpty ? [] : [.events(found)] }

  // MARK: - Instances and timers

  private func finishDigest(now: Instant) {
    let text = rows.first.map { row in "\(row[0] ?? "") \(row[2] ?? "")" }
    let count = rows.first.flatMap { $0[1] }.flatMap { Int($0) } ?? 0
    refreshesItself = count < DatastoreFeed.refreshedRows
    let hasChanged = digest != text
    if hasCaughtUp, hasChanged, refreshesItself || wasAnnounced {
      plan += reading
      wasAnnounced = false
    }
    digest = text
    nextDigest = refreshesItself ? now + DatastoreFeed.refreshInterval : nil
  }

  private func finishStates(now: Instant) -> [Notice] {
    for stored in rows.compactMap({ DatastoreRow($0) }) {
      let reading = stored.reading
      survey.add(stored.row, reading)
      switch reading {
      case .saga(let saga): sagas.append(saga)
      case .timer(let timer): timers.append(timer)
      case .aggregate, .event, .passed, .unreadable: break
      }
    }
    if rows.count == DatastoreTable.pageRows, let last = rows.last?[0] {
      plan.insert(.states(after: last), at: 0)
      return []
    }
    var notices: [Notice] = [.states(sagas, timers)]
    let findings = survey.findings
    if findings != toldFindings { notices.append(.findings(findings)) }
    toldFindings = findings
    (sagas, timers, survey) = ([], [], StoredRows.Survey())
    if !hasCaughtUp {
      hasCaughtUp = true
      notices.append(.caughtUp)
    }
    if !readsHistories, nextTail == nil { nextTail = now + DatastoreFeed.tailInterval }
    return notices
  }

  // MARK: - Histories

  private func finishHistories() -> [Notice] {
    takeHistories()
    if rows.count == DatastoreTable.pageRows, let last = rows.last?[0] {
      trimHistories()
      plan.insert(.histories(after: last), at: 0)
      return []
    }
    return tellHistories(atMost: newest ?? Int.max)
  }

  /// Takes the events of the rows that were not told before.
  private func takeHistories() {
    for stored in rows.compactMap({ DatastoreRow($0) }) {
      let reading = stored.reading
      survey.add(stored.row, reading)
      versions[stored.row.id] = stored.version
      guard case .aggregate(let aggregate) = reading else { continue }
      let items = aggregate.events.filter { told.insert($0.id).inserted }
        .map { HistoryMerge.Item($0, row: aggregate.id) }
      if !items.isEmpty { histories.append(items) }
    }
  }

  /// Forgets all but the newest events, so that memory depends on what is told.
  private func trimHistories() {
    guard let newest, histories.reduce(0, { $0 + $1.count }) > 4 * newest else { return }
    let kept = HistoryMerge.merged(histories).suffix(newest)
    var places: [String: Int] = [:]
    histories = []
    for item in kept {
      if let place = places[item.row] {
        histories[place].append(item)
      } else {
        places[item.row] = histories.count
        histories.append([item])
      }
    }
  }

  private func tellHistories(atMost limit: Int) -> [Notice] {
    let merged = HistoryMerge.merged(histories).suffix(limit)
    histories = []
    return told(merged.map { Found(event: $0.event, row: $0.row, isFromHistory: true) })
  }

  private func finishVersions() {
    let changed = rows.filter { row in row[0].map { versions[$0] != row[2] } ?? false }
      .compactMap { $0[0] }
    for start in stride(from: 0, to: changed.count, by: DatastoreFeed.changedRows) {
      let ids = changed[start..<min(start + DatastoreFeed.changedRows, changed.count)]
      plan.insert(.changed(Array(ids)), at: 0)
    }
    if rows.count == DatastoreTable.pageRows * 20, let last = rows.last?[0] {
      plan.insert(.versions(after: last), at: 0)
    }
  }

  private func finishChanged() -> [Notice] {
    takeHistories()
    let isLast = !plan.contains { step in if case .changed = step { true } else { false } }
    return isLast ? tellHistories(atMost: Int.max) : []
  }
}

extension DatastoreTable {
  /// Why a table cannot be read.
  func problem(
    missing: [String], of names: [String], at address: PostgresAddress
  ) -> PostgresError {
    if names.isEmpty {
      return PostgresError(
        .missing,
        "\(address) has no table \(name); name the one that eventiclejs uses with --table NAME.")
    }
    return PostgresError(
      .missing,
      "The table \(name) is none of eventiclejs': it lacks \(missing.joined(separator: ", ")).")
  }
}
