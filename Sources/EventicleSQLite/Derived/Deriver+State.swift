internal import EventicleCore

extension Deriver {
  /// Adds the rows of the changes of a part that begins at an entry.
  func add(_ changes: [Change], at entry: Int) throws(SQLiteError) {
    for change in changes {
      switch change {
      case .record(let key, _, let new): try add(key, new, at: entry)
      case .saga(let old, let new):
        guard let key = (new ?? old)?.key else { continue }
        try add(key, new, at: entry)
      case .timer(let key, _, let new): try add(key, new, at: entry)
      case .processed(let consumer, let position):
        let known = try database.statement(
          "SELECT 1 FROM processed WHERE consumer = ?1 AND position = ?2")
        known.bind(1, Int(consumer))
        known.bind(2, position.number)
        let isKnown = try known.next()
        known.reset()
        if isKnown { continue }
        try insert(
          DerivedTables.processed, [.int(Int(consumer)), .int(position.number), .int(entry)])
      default: break
      }
    }
  }

  private func add(_ key: RecordKey, _ new: Record?, at entry: Int) throws(SQLiteError) {
    guard let new else {
      guard let number = try newest(key) else { return }
      return try insert(DerivedTables.recordChange, [.int(number), .int(entry), .int(1)])
    }
    if try isNewRecord(new.sequence) {
      try insert(
        DerivedTables.record,
        [
          .int(new.sequence), .text(key.workspace.text), .text(key.type), .text(key.id),
          .int(entry),
        ])
    }
    try insert(DerivedTables.recordChange, [.int(new.sequence), .int(entry), .int(0)])
  }

  /// The number of the record that last had a key.
  private func newest(_ key: RecordKey) throws(SQLiteError) -> Int? {
    let row = try database.statement(
      """
      SELECT number FROM record WHERE workspace = ?1 AND type = ?2 AND id = ?3 \
      ORDER BY number DESC LIMIT 1
      """)
    defer { row.reset() }
    row.bind(1, key.workspace.text)
    row.bind(2, key.type)
    row.bind(3, key.id)
    return try row.next() ? row.int(0) : nil
  }

  private func add(_ key: SagaKey, _ new: SagaInstance?, at entry: Int) throws(SQLiteError) {
    let owner = try number(of: key)
    guard let new else {
      let row = try database.statement(
        "SELECT number FROM instance WHERE owner = ?1 ORDER BY number DESC LIMIT 1")
      row.bind(1, owner)
      let number = try row.next() ? row.int(0) : nil
      row.reset()
      guard let number else { return }
      return try insert(DerivedTables.instanceChange, [.int(number), .int(entry), .int(1)])
    }
    if try isNewInstance(new.sequence) {
      try insert(
        DerivedTables.instance,
        [.int(new.sequence), .int(owner), .text(key.saga), .int(entry)])
    }
    try insert(DerivedTables.instanceChange, [.int(new.sequence), .int(entry), .int(0)])
    for member in new.data.object?.members ?? [] {
      let word = SagaMatch.word(key.saga, member.key, member.value, new.workspace)
      try insert(DerivedTables.instanceMatch, [.int(word), .int(new.sequence)])
    }
  }

  private func add(_ key: TimerKey, _ new: Timer?, at entry: Int) throws(SQLiteError) {
    let owner = try number(of: key.owner)
    let row = try database.statement(
      "SELECT number FROM timer WHERE owner = ?1 AND name = ?2 ORDER BY number DESC LIMIT 1")
    row.bind(1, owner)
    row.bind(2, key.name)
    let old = try row.next() ? row.int(0) : nil
    row.reset()
    if let old, old != new?.sequence,
      try !isThere("SELECT 1 FROM timer_gone WHERE timer = ?1", old)
    {
      try insert(DerivedTables.timerGone, [.int(old), .int(entry)])
    }
    guard let new else { return }
    try insert(
      DerivedTables.timer, [.int(new.sequence), .int(owner), .text(key.name), .int(entry)])
  }
}
