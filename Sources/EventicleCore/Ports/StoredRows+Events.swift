extension StoredRows {
  /// An event inside a row.
  package struct KeptEvent: Sendable, Hashable {
    /// The event; `nil` when what is kept is none.
    package let event: Event?
    /// What is kept, byte for byte; for a new event what is to be.
    package let text: JSONBytes

    /// The form in which a row keeps an event.
    package enum Form: Sendable {
      /// As histories have it: without its stream and its place in a trace.
      case history
      /// As instances and streams have it: whole.
      case whole
    }

    init(event: Event?, text: JSONBytes) {
      self.event = event
      self.text = text
    }

    /// A new event, in the form of the rows that are to keep it.
    package init(_ event: Event, _ form: Form) {
      self.event = event
      text = JSONBytes(trusted: KeptEvent.encoded(event, form))
    }

    /// The event with its members in Eventicle's order; a tenant's stream has its whole name.
    private static func encoded(_ event: Event, _ form: Form) -> [UInt8] {
      var object = RowText()
      object.add("id", event.id.text)
      object.add("type", event.type.text)
      object.add("source", event.source)
      if let id = event.causedByID { object.add("causedById", id.text) }
      if let type = event.causedByType { object.add("causedByType", type.text) }
      if form == .whole { object.add("stream", event.stream.text) }
      if let id = event.domainID { object.add("domainId", id.text) }
      object.add("createdAt", JSON.int(Int(event.createdAt.milliseconds)))
      object.add("data", event.data)
      if form == .whole, let trace = event.apmTrace { object.add("apmTrace", trace) }
      for member in event.additionalMembers?.memberTexts ?? [] {
        object.add(member.name, member.value)
      }
      return object.bytes
    }
  }

  /// Reads the events of a row, whatever stands where they should be.
  struct EventsReader {
    /// The row's own id, of which ids are made for events that have none.
    let rowID: String
    /// The stream of events that name none.
    let stream: StreamName
    /// Whether events are expected to name their stream.
    let form: KeptEvent.Form
    private(set) var events: [KeptEvent] = []
    private(set) var oddities: [Oddity] = []
    /// The last moment that was read; what comes before the first one waits for it.
    private var moment: Instant?

    init(rowID: String, stream: StreamName, form: KeptEvent.Form) {
      self.rowID = rowID
      self.stream = stream
      self.form = form
    }

    /// Reads an array of events.
    mutating func readAll(_ values: [JSONBytes]) {
      var waiting: [Int] = []
      for (index, value) in values.enumerated() {
        let reading = Fields(value)
        guard let reading else {
          oddities.append(.noEvent(index, found: value.value.kindName))
          events.append(KeptEvent(event: nil, text: value))
          continue
        }
        if let read = moment(of: reading, index) {
          moment = read
        } else if moment == nil {
          waiting.append(index)
        }
        events.append(
          KeptEvent(
            event: event(reading, index, madeID: "\(rowID)/\(index + 1)", at: moment), text: value))
      }
      guard let moment = firstMoment(after: waiting) else { return }
      for index in waiting {
        guard var event = events[index].event else { continue }
        event.createdAt = moment
        events[index] = KeptEvent(event: event, text: events[index].text)
      }
    }

    /// Reads one event, whose row has an id that can stand in for its own.
    mutating func readOne(_ value: JSONBytes) {
      guard let reading = Fields(value) else {
        oddities.append(.noEvent(0, found: value.value.kindName))
        events.append(KeptEvent(event: nil, text: value))
        return
      }
      let read = moment(of: reading, 0)
      events.append(
        KeptEvent(event: event(reading, 0, madeID: rowID, at: read), text: value))
    }

    private func firstMoment(after waiting: [Int]) -> Instant? {
      guard let last = waiting.last else { return nil }
      return events[(last + 1)...].lazy.compactMap(\.event?.createdAt).first
    }

    private mutating func moment(of fields: Fields, _ index: Int) -> Instant? {
      guard let text = fields.createdAt else {
        oddities.append(.noMoment(index))
        return nil
      }
      let found = text.withBytes { EventMoment.read($0) }
      switch found {
      case .exact(let instant) where instant.isInCommonYears: return instant
      case .tooFine(let instant) where instant.isInCommonYears:
        oddities.append(.fineMoment(index))
        return instant
      default:
        oddities.append(.noMoment(index))
        return nil
      }
    }

    private mutating func event(
      _ fields: Fields, _ index: Int, madeID: String, at moment: Instant?
    ) -> Event {
      if fields.id == nil { oddities.append(.noEventID(index, made: madeID)) }
      if fields.type == nil { oddities.append(.noEventType(index)) }
      if let named = fields.stream, !isSameText(named, stream.text) {
        switch form {
        case .history: oddities.append(.namedStream(index, named))
        case .whole: break
        }
      }
      var event = Event(
        id: EventID(fields.id ?? madeID), type: EventType(fields.type ?? "?"),
        source: fields.source ?? "", causedByID: fields.causedByID.map { EventID($0) },
        causedByType: fields.causedByType.map { EventType($0) },
        stream: form == .whole ? fields.stream.map { StreamName($0) } ?? stream : stream,
        domainID: fields.domainID.map { DomainID($0) },
        createdAt: moment ?? Instant(milliseconds: 0), data: fields.data,
        apmTrace: form == .whole ? fields.trace : nil)
      event.additionalMembers = fields.additional
      return event
    }
  }

  /// The members of an event's object, those that are texts with at least one character.
  struct Fields {
    var id: String?
    var type: String?
    var source: String?
    var causedByID: String?
    var causedByType: String?
    var stream: String?
    var domainID: String?
    var trace: String?
    var createdAt: JSONBytes?
    /// `null` when the event has none, as eventiclejs reads it.
    var data: JSONBytes
    /// The members that are no event's own, as one object.
    var additional: JSONBytes?

    /// The members of an object; `nil` for any other value.
    init?(_ value: JSONBytes) {
      guard let texts = value.memberTexts else { return nil }
      var members = Members(texts)
      func text(_ name: String) -> String? {
        guard let text = members.take(name)?.exactText, !text.isEmpty else { return nil }
        return text
      }
      id = text("id")
      type = text("type")
      source = text("source")
      causedByID = text("causedById")
      causedByType = text("causedByType")
      stream = text("stream")
      domainID = text("domainId")
      trace = text("apmTrace")
      createdAt = members.take("createdAt")
      data = members.take("data") ?? JSONBytes(trusted: Array("null".utf8))
      guard !members.rest.isEmpty else { return }
      var object = RowText()
      for member in members.rest { object.add(member.name, member.value) }
      additional = JSONBytes(trusted: object.bytes)
    }
  }
}
