extension StoredRows {
  /// An instance of a saga, as its row keeps it.
  package struct SagaRow: Sendable, Hashable {
    /// A timer that an instance names.
    package struct ActiveTimer: Sendable, Hashable {
      /// The timer's name.
      package let name: String
      /// Whether it fires by a cron expression, again and again.
      package let isCron: Bool

      /// A timer with a name.
      package init(_ name: String, isCron: Bool) {
        self.name = name
        self.isCron = isCron
      }
    }

    /// The row's id.
    package let id: String
    /// The workspace of the row; sagas know no tenant, so it is the system's.
    package let workspace: Workspace
    /// The saga and the instance's own id, which is another one than the row's.
    package let key: SagaKey
    /// Whether it has ended; then it is here because it is preserved.
    package let hasEnded: Bool
    /// Whether the row says that it stays when the instance ends.
    package let isPreserved: Bool
    /// The events that its handlers took, in that order.
    package let events: [KeptEvent]
    /// The timers that it names; those of an instance that has ended will never fire.
    package let activeTimers: [ActiveTimer]
    /// What the saga keeps itself.
    package let data: JSONObject
    /// What only this engine keeps in the row: a member `_eventicle`, if there is one.
    package let bookkeeping: JSON?
    /// What is odd about the row.
    package let oddities: [Oddity]
    private let hasRowID: Bool
    private let hasInstanceID: Bool
    private let hasEventsMember: Bool

    /// The names that saga data may not use, because the row's own members have them.
    package static let reserved = [
      "id", "saga", "instanceId", "ended", "events", "activeTimers", "preserveInstanceData",
      "_eventicle",
    ]

    /// The row to be made for an instance.
    ///
    /// - Parameters:
    ///   - events: The events that its handlers took.
    ///   - recurring: The names of those of its timers that recur.
    package init(
      id: String, _ instance: SagaInstance, events: [Event], recurring: Set<String> = [],
      isPreserved: Bool = false
    ) {
      self.id = id
      workspace = instance.workspace
      key = instance.key
      hasEnded = instance.hasEnded
      self.isPreserved = isPreserved
      self.events = events.map { KeptEvent($0, .whole) }
      activeTimers = instance.timers.map { ActiveTimer($0, isCron: recurring.contains($0)) }
      data = instance.data.object ?? JSONObject()
      bookkeeping = SagaBookkeeping(instance).json
      oddities = []
      hasRowID = true
      hasInstanceID = true
      hasEventsMember = true
    }

    init(_ row: Row, _ content: Members) throws(Unreadable) {
      var (members, oddities) = (content, [Oddity]())
      id = row.id
      workspace = row.workspace
      let saga = try members.takeText("saga")
      hasRowID = StoredRows.takeRowID(row, &members, &oddities)
      let instanceID = members.take("instanceId")?.exactText.flatMap { $0.isEmpty ? nil : $0 }
      hasInstanceID = instanceID != nil
      if instanceID == nil { oddities.append(.noInstanceID) }
      key = SagaKey(saga, instanceID ?? row.id)
      hasEnded = members.take("ended")?.value.bool ?? false
      isPreserved = members.take("preserveInstanceData")?.value.bool ?? false
      let value = members.take("events")
      hasEventsMember = value != nil
      var reader = EventsReader(rowID: row.id, stream: StreamName("?"), form: .whole)
      if let elements = value?.elementTexts {
        reader.readAll(elements)
      } else {
        oddities.append(.noSagaEvents(found: value?.value.kindName ?? "not there"))
      }
      events = reader.events
      oddities += reader.oddities
      let timers = members.take("activeTimers")?.value.object
      activeTimers = (timers?.members ?? []).map {
        ActiveTimer($0.key, isCron: $0.value.string == "cron")
      }
      bookkeeping = members.take("_eventicle")?.value
      data = members.object
      if hasEnded, !activeTimers.isEmpty { oddities.append(.staleTimers(activeTimers.map(\.name))) }
      self.oddities = oddities
    }

    /// The timers that will fire: those it names, unless it has ended.
    package var armedTimers: [ActiveTimer] { hasEnded ? [] : activeTimers }

    /// The ids of the events that its handlers took.
    package var eventIDs: [EventID] { events.compactMap(\.event?.id) }

    /// The instance, as an engine has it.
    ///
    /// A row does not say when timers were handled: only events count as steps, and its beginning and
    /// last change are the moments of the first and the last of them.
    package func instance(sequence: Int) -> SagaInstance {
      let taken = events.compactMap(\.event)
      let own = SagaBookkeeping(bookkeeping ?? .null)
      let began = taken.first?.createdAt ?? Instant(milliseconds: 0)
      return SagaInstance(
        key: key, workspace: workspace, version: own.version ?? 1, data: .object(data),
        hasEnded: hasEnded, startedAt: began, changedAt: taken.last?.createdAt ?? began,
        steps: own.steps ?? taken.count, lastEventID: taken.last?.id,
        correlation: own.correlation, timers: armedTimers.map(\.name), undos: own.undos,
        firing: own.firing, recent: RecentSteps(), sequence: sequence)
    }

    /// The row with its content; what was read is written as it was.
    package func row(writtenAt: String = "") -> Row {
      var object = RowText()
      if hasRowID { object.add("id", id) }
      object.add("saga", key.saga)
      object.add("ended", JSON.bool(hasEnded))
      if hasEventsMember { object.add("events", events.map(\.text)) }
      object.add(data)
      if hasInstanceID { object.add("instanceId", key.instanceID) }
      object.add(
        "activeTimers",
        .object(
          JSONObject(
            activeTimers.map { ($0.name, .string($0.isCron ? "cron" : "timeout")) })))
      if isPreserved { object.add("preserveInstanceData", JSON.bool(true)) }
      if let bookkeeping { object.add("_eventicle", bookkeeping) }
      return Row(
        id: id, type: StoredRows.sagaType, workspace: workspace, writtenAt: writtenAt,
        content: object.bytes)
    }
  }
}
