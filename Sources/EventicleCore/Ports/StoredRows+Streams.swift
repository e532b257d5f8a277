extension StoredRows {
  /// An event of a stream, as the event client on a datastore keeps it.
  package struct StreamRow: Sendable, Hashable {
    /// The row's id.
    package let id: String
    /// The workspace of the row, which is the system's whatever the stream is.
    package let workspace: Workspace
    /// The stream under which it was kept.
    package let stream: StreamName
    /// The text of the column `createdat`, by which rows follow one another.
    package let writtenAt: String
    /// The event; one that cannot be read has the type of its headers, or ?, and its bytes as data.
    package let event: Event
    /// What is odd about the row.
    package let oddities: [Oddity]
    private let text: JSONBytes
    private let hasRowID: Bool
    private let rest: JSONObject

    /// The row to be made for an event.
    package init(id: String, _ event: Event, writtenAt: String = "") {
      self.id = id
      workspace = .system
      stream = event.stream
      self.event = event
      self.writtenAt = writtenAt
      text = KeptEvent(event, .whole).text
      oddities = []
      hasRowID = true
      rest = JSONObject()
    }

    init(_ row: Row, _ content: Members) throws(Unreadable) {
      var (members, oddities) = (content, [Oddity]())
      id = row.id
      workspace = row.workspace
      writtenAt = row.writtenAt
      let stream = StreamName(try members.takeText("streamId"))
      self.stream = stream
      hasRowID = StoredRows.takeRowID(row, &members, &oddities)
      guard let value = members.take("internal") else {
        throw Unreadable(reason: "The member internal must be an event, but it is not there.")
      }
      text = value
      rest = members.object
      if let raw = RawEvent(value) {
        oddities.append(.rawEvent)
        event = raw.event(of: stream, rowID: row.id, &oddities)
      } else {
        var reader = EventsReader(rowID: row.id, stream: stream, form: .whole)
        reader.readOne(value)
        guard var read = reader.events.first?.event else {
          throw Unreadable(
            reason: "The member internal must be an event, but it is \(value.value.kindName).")
        }
        if read.stream != stream {
          oddities.append(.otherStream(row: stream.text, event: read.stream.text))
          read.stream = stream
        }
        event = read
        oddities += reader.oddities
      }
      self.oddities = oddities
    }

    /// The row with its content; what was read is written as it was.
    package var row: Row {
      var object = RowText()
      if hasRowID { object.add("id", id) }
      object.add("internal", text)
      object.add("streamId", stream.text)
      object.add(rest)
      return Row(
        id: id, type: StoredRows.streamType, workspace: workspace, writtenAt: writtenAt,
        content: object.bytes)
    }
  }

  /// An event in the form of a transport: its body as bytes, with headers beside it.
  struct RawEvent {
    let body: [UInt8]
    let headers: JSON
    let timestamp: JSON

    /// The parts of an object whose `buffer` holds bytes; `nil` for any other value.
    init?(_ value: JSONBytes) {
      guard let bytes = value.value["buffer"]["data"].array else { return nil }
      var body: [UInt8] = []
      for byte in bytes {
        guard let number = byte.integer, let byte = UInt8(exactly: number) else { return nil }
        body.append(byte)
      }
      self.body = body
      headers = value["headers"]
      timestamp = value["timestamp"]
    }

    /// The event of the body; what it lacks comes from the headers, and what is none is opaque.
    func event(of stream: StreamName, rowID: String, _ oddities: inout [Oddity]) -> Event {
      let reason: String
      do throws(JSONError) {
        let text = try JSONBytes(checking: body)
        let madeID = headers["id"].string.flatMap { $0.isEmpty ? nil : $0 } ?? rowID
        var reader = EventsReader(rowID: madeID, stream: stream, form: .whole)
        reader.readOne(text)
        if var event = reader.events.first?.event {
          if reader.oddities.contains(.noMoment(0)) { event.createdAt = moment }
          event.stream = stream
          // The form of a raw event never names its stream in the body by rule.
          oddities += reader.oddities.filter { $0 != .noMoment(0) }
          return event
        }
        reason = "The body must be an object, but it is \(text.value.kindName)."
      } catch {
        reason = "The body is no JSON: \(error)."
      }
      oddities.append(.opaque(reason))
      let type = headers["type"].string.flatMap { $0.isEmpty ? nil : $0 } ?? "?"
      let data: JSON = ["$bytes": .string(Base64.text(of: body)), "$why": .string(reason)]
      return Event(
        id: EventID(headers["id"].string.flatMap { $0.isEmpty ? nil : $0 } ?? rowID),
        type: EventType(type), source: headers["source"].string ?? "", stream: stream,
        domainID: headers["domainId"].string.flatMap { $0.isEmpty ? nil : DomainID($0) },
        createdAt: moment, data: JSONBytes(data))
    }

    /// The moment that the record has, else the one in the headers, else the year 1970.
    private var moment: Instant {
      let header = headers["createdAt"].string.flatMap { Int64($0) }
      let instant = Instant(milliseconds: timestamp.integer.map(Int64.init) ?? header ?? 0)
      return instant.isInCommonYears ? instant : Instant(milliseconds: 0)
    }
  }
}
