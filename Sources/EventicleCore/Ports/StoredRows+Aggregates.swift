extension StoredRows {
  /// The history of an aggregate, as its row keeps it.
  package struct AggregateRow: Sendable, Hashable {
    /// The row's id.
    package let id: String
    /// Whose aggregate it is.
    package let workspace: Workspace
    /// The type of the aggregate, after which its stream is named here.
    package let type: String
    /// The aggregate's id; `nil` when it was never set.
    package let domainID: DomainID?
    /// The events, oldest first.
    package private(set) var history: [KeptEvent]
    /// The state that the aggregate saves beside its history, if it does.
    package let checkpoint: JSONObject
    /// What is odd about the row.
    package let oddities: [Oddity]
    /// What stands in the place of the history, when it is no array.
    private let taken: JSONBytes?
    private let hasHistory: Bool
    private let hasRowID: Bool

    /// A row to be made for a new aggregate.
    package init(
      id: String, workspace: Workspace, type: String, domainID: DomainID, events: [Event],
      checkpoint: JSONObject = JSONObject()
    ) {
      self.id = id
      self.workspace = workspace
      self.type = type
      self.domainID = domainID
      self.checkpoint = checkpoint
      history = events.map { KeptEvent($0, .history) }
      oddities = []
      taken = nil
      hasHistory = true
      hasRowID = true
    }

    init(_ row: Row, _ type: String, _ content: Members) {
      var (members, oddities) = (content, [Oddity]())
      id = row.id
      workspace = row.workspace
      self.type = type
      hasRowID = StoredRows.takeRowID(row, &members, &oddities)
      domainID = members.take("domainId")?.exactText.map { DomainID($0) }
      let value = members.take("history")
      hasHistory = value != nil
      if let elements = value?.elementTexts {
        var reader = EventsReader(
          rowID: row.id, stream: row.workspace.stream(StreamName(type)), form: .history)
        reader.readAll(elements)
        history = reader.events
        oddities += reader.oddities
        taken = nil
      } else {
        history = []
        taken = value
        oddities.append(.noHistory(found: value?.value.kindName ?? "not there"))
      }
      checkpoint = members.object
      if domainID == nil { oddities.append(.noDomainID) }
      let others = history.lazy.compactMap(\.event?.domainID)
      if let domainID, let other = others.first(where: { $0 != domainID }) {
        oddities.append(.otherDomainID(row: domainID.text, event: other.text))
      }
      self.oddities = oddities
    }

    /// The aggregate's key; `nil` when its id was never set.
    package var key: AggregateKey? { domainID.map { AggregateKey(type, $0, in: workspace) } }

    /// The events that could be read, oldest first, in a stream named after the type.
    package var events: [Event] { history.compactMap(\.event) }

    /// The number of events, unreadable ones included.
    package var version: Version { Version(history.count) }

    /// Adds new events to the end of the history.
    package mutating func append(_ events: [Event]) {
      history += events.map { KeptEvent($0, .history) }
    }

    /// The row with its content; what was read is written as it was.
    package func row(writtenAt: String = "") -> Row {
      var object = RowText()
      if hasRowID { object.add("id", id) }
      object.add(checkpoint)
      if let taken {
        object.add("history", taken)
      } else if hasHistory || !history.isEmpty {
        object.add("history", history.map(\.text))
      }
      if let domainID { object.add("domainId", domainID.text) }
      return Row(
        id: id, type: StoredRows.aggregatePrefix + type, workspace: workspace,
        writtenAt: writtenAt, content: object.bytes)
    }
  }

  /// Takes the row's id out of its content, and says whether it was there as it should be.
  static func takeRowID(
    _ row: Row, _ members: inout Members, _ oddities: inout [Oddity]
  ) -> Bool {
    guard let value = members.take("id") else {
      oddities.append(.noRowID)
      return false
    }
    let text = value.exactText ?? value.description
    if !isSameText(text, row.id) { oddities.append(.otherRowID(text)) }
    return true
  }
}
