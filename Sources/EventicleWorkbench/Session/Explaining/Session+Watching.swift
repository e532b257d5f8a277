import EventicleCore

/// What a person watches, and what is known of each.
struct Watches: Sendable {
  /// One of them.
  struct Item: Sendable {
    let field: FieldReference
    /// What the state depends on that was looked at last; `nil` before the first look.
    var seen: Seen?
    var notice: WatchNotice
  }

  /// What tells whether something changed, without folding it.
  struct Seen: Sendable, Equatable {
    let branch: String
    let version: Int
    let content: JSON?
  }

  var items: [Item] = []
}

extension Session {
  /// `watch TYPE/ID.path`, `watch off [N]`, `watch`: pins a value, takes it away, lists all.
  mutating func watch(_ change: WatchChange) throws(LanguageError) -> Reply {
    var reply = Reply()
    switch change {
    case .add(let field):
      // A mistyped name is said at once.
      _ = try whyNotice(field)
      let subject = Self.subject(of: field.value)
      guard watches.items.count < Limits.watches else {
        throw field.error(
          "\(Limits.watches) values are watched already; watch off N takes one away.")
      }
      if !watches.items.contains(where: { $0.notice.subject == subject }) {
        watches.items.append(
          Watches.Item(
            field: field.value,
            notice: WatchNotice(
              subject: subject, value: nil, changed: nil, before: nil, numbers: [])))
      }
      refreshWatches()
      let notice = watches.items.first { $0.notice.subject == subject }?.notice
      reply.output = notice?.json
      reply.message = notice.map { Self.words(for: $0) } ?? ""
    case .remove(let number?):
      guard watches.items.indices.contains(number.value - 1) else {
        throw number.error(
          "There is no watch \(number.value); "
            + (watches.items.isEmpty ? "none is set." : "there are 1 to \(watches.items.count)."))
      }
      let item = watches.items.remove(at: number.value - 1)
      reply.message = "\(item.notice.subject) is watched no longer"
    case .remove(nil):
      watches.items = []
      reply.message = "nothing is watched any more"
    case .list:
      reply.output = .array(watches.items.map(\.notice.json))
      reply.message =
        watches.items.isEmpty
        ? "nothing is watched; watch Order/order-1.status pins a value"
        : watches.items.map { Self.words(for: $0.notice) }.joined(separator: " · ")
    }
    return reply
  }

  private static func words(for notice: WatchNotice) -> String {
    let value = notice.value.map { StepReader.word($0) } ?? "nothing"
    let change = notice.changed.map { moment in
      " since \(moment)" + (notice.before.map { ", before \(StepReader.word($0))" } ?? "")
    }
    return "\(notice.subject) is \(value)\(change ?? "")"
  }

  static func subject(of field: FieldReference) -> String {
    "\(Quoting.word(field.name))/\(Quoting.word(field.key))"
      + (field.path.steps.isEmpty ? "" : ".\(field.path.description)")
  }

  /// Looks at what is watched again, where it may have changed.
  mutating func refreshWatches() {
    for place in watches.items.indices {
      let field = watches.items[place].field
      let seen = seen(field)
      guard watches.items[place].seen != seen else { continue }
      watches.items[place].seen = seen
      watches.items[place].notice = notice(of: field, seen)
    }
  }

  private func seen(_ field: FieldReference) -> Watches.Seen {
    let branch = "\(used.branch.name) \(used.beforeEdits.count)"
    if domain.aggregate(field.name) != nil {
      let key = AggregateKey(stored: field.name, DomainID(field.key))
      return Watches.Seen(
        branch: branch, version: shown.histories.version(of: key).number, content: nil)
    }
    if let instance = shown.sagas.find(field.name, field.key) {
      return Watches.Seen(branch: branch, version: instance.steps, content: instance.data)
    }
    let content = shown.record(RecordKey(field.name, field.key))?.content
    return Watches.Seen(branch: branch, version: -1, content: content)
  }

  private func notice(of field: FieldReference, _ seen: Watches.Seen) -> WatchNotice {
    let subject = Self.subject(of: field)
    let found = try? whyNotice(Located(field, .start))
    let changes = found?.rows.flatMap { row in row.changes.map { (row.moment, $0) } } ?? []
    let own = changes.filter { $0.1.path == field.path.description }
    let last = own.last ?? changes.last
    let numbers = own.suffix(WatchNotice.mostNumbers).map { $0.1.new?.double }
    let value: JSON? =
      seen.version < 0 || domain.aggregate(field.name) == nil
      ? seen.content?.value(at: field.path) : last?.1.new
    return WatchNotice(
      subject: subject, value: value, changed: last?.0, before: last?.1.old,
      numbers: numbers.contains { $0 == nil } ? [] : numbers.compactMap { $0 })
  }
}
