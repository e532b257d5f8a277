import EventicleCore
import EventicleRedis
import TestSupport
import Testing

@Suite struct WireReaderTests {
  @Test func `every recorded entry is read as the library reads it`() throws {
    let entries = try WireFixture.entries()
    #expect(entries.count == 98)
    for entry in entries {
      let reading = WireReader.read(entry.event, arrival: WireFixture.arrival)
      let comment = Comment(rawValue: entry.title)
      let event = reading.event
      #expect(event.stream.text == entry.event.stream, comment)
      guard let text = entry.libraryReads["eventJSON"].string,
        let theirs = try? JSON(parsing: text), case .object = theirs
      else {
        // What the library fails at is opaque here; a body that it did not print is large.
        let isLarge = !entry.libraryReads["body"].isNull
        #expect(reading.isOpaque == !isLarge, comment)
        continue
      }
      #expect(!reading.isOpaque, comment)
      #expect(event.type.text == theirs["type"].string, comment)
      #expect((event.domainID?.text ?? "") == (theirs["domainId"].string ?? ""), comment)
      if let id = theirs["id"].string { #expect(event.id.text == id, comment) }
      if let source = theirs["source"].string { #expect(event.source == source, comment) }
      #expect(event.causedByID?.text == theirs["causedById"].string, comment)
      #expect(event.causedByType?.text == theirs["causedByType"].string, comment)
      if let time = theirs["createdAt"].integer {
        #expect(event.createdAt.milliseconds == Int64(time), comment)
      }
      if let object = theirs.object, let data = object["data"] {
        // Numbers are not rounded here as they are there.
        let isRounded = entry.title.contains("raw text") || entry.title.contains("surrogate")
        #expect(isRounded || event.data.value == data, comment)
      } else {
        #expect(event.data.value == .null, comment)
      }
    }
  }

  @Test func `an event without an id gets that of its header, and one without any of its place`()
    throws
  {
    let reading = try #require(try WireFixture.readings("no id, no domainId, no source").first)
    guard case .event(let event, let quirks) = reading else {
      Issue.record("it is an event")
      return
    }
    #expect(event.id.text == "34842644-6052-489f-90af-0617eea3eb14")
    #expect(quirks == [.idOfHeader])
    #expect(quirks.marks == ["id:header"])

    var bare = try #require(try WireFixture.entries("no id, no domainId, no source").first).event
    bare.headers = []
    let first = WireReader.read(bare, arrival: WireFixture.arrival)
    #expect(first == WireReader.read(bare, arrival: WireFixture.arrival))
    let id = first.event.id.text
    #expect(id.utf8.count == 36)
    #expect(Array(id.utf8)[14] == UInt8(ascii: "5"))
    bare.place = bare.place.nextRedis
    #expect(WireReader.read(bare, arrival: WireFixture.arrival).event.id.text != id)
  }

  @Test(arguments: [
    ("no createdAt (encoded", "w.quirks", 1_795_864_845_741, Quirks.timeOfRecord),
    ("createdAt negative", "w.quirks", -86_400_000, Quirks()),
    ("createdAt with a fraction", "w.quirks", 1_795_862_441_876, Quirks.fineTime),
    ("createdAt a text", "w.quirks", 1_767_258_000_000, Quirks()),
    ("createdAt far ahead", "w.quirks", 253_402_300_799_999, Quirks()),
    ("timestamp NaN", "w.raw", 1_795_862_441_876, Quirks.timeOfHeader),
    ("ts is not a number", "w.hand", 1_795_862_441_876, Quirks.timeOfHeader),
    ("only buf", "w.hand", 1_795_864_848_846, Quirks.timeOfRecord),
  ])
  func `the time is the body's, else the header's, else that of the record`(
    title: String, stream: String, time: Int64, quirk: Quirks
  ) throws {
    let reading = try #require(try WireFixture.readings(title).first)
    guard case .event(let event, let quirks) = reading else {
      Issue.record("\(title) is an event")
      return
    }
    #expect(event.createdAt.milliseconds == time)
    let times: Quirks = [.timeOfHeader, .timeOfRecord, .timeOfArrival, .fineTime]
    #expect(quirks.intersection(times) == quirk)
  }

  @Test func `a record of another century does not tell the time`() throws {
    let entry = try #require(try WireFixture.entries("entry id chosen by hand").first)
    var event = entry.event
    event.headers = []
    event.recordTime = nil
    event.body = Array(#"{"type":"hand","data":{}}"#.utf8)
    let reading = WireReader.read(event, arrival: WireFixture.arrival)
    #expect(reading.event.createdAt == WireFixture.arrival)
    guard case .event(_, let quirks) = reading else {
      Issue.record("it is an event")
      return
    }
    #expect(quirks.contains(.timeOfArrival))
  }

  @Test func `the stream that it was read from counts`() throws {
    let readings = try WireFixture.readings("emitted to one stream, passed on raw")
    #expect(readings.map(\.event.stream.text) == ["w.passed", "w.again"])
    guard case .event(_, let quirks) = readings[0] else {
      Issue.record("it is an event")
      return
    }
    #expect(quirks.contains(.otherStream))
  }

  @Test func `headers may be bytes as Node spells buffers`() throws {
    let entry = try #require(try WireFixture.entries("passed on with Buffer headers (a raw").first)
    #expect(entry.event.header("type") == "from-kafka")
    #expect(entry.event.header("id") == "77777777-7777-4777-8777-777777777777")
    #expect(!WireReader.read(entry.event, arrival: WireFixture.arrival).isOpaque)
  }

  @Test(arguments: [
    ("body is not JSON (binary", "avro-body", "its body is no event"),
    ("empty body", "empty-body", "its body is empty"),
    ("body begins with a byte order mark", "bom", "byte order mark"),
    ("body is the JSON null", "null-body", "expected an event as a JSON object"),
    ("no buf", "hand", "no field buf"),
    ("foreign fields only", "?", "no field buf"),
    ("hdrs is not JSON", "?", "its headers are no JSON"),
    ("hdrs is null", "?", "its headers are null"),
  ])
  func `what is no event is shown with its bytes and the reason`(
    title: String, type: String, why: String
  ) throws {
    let entry = try #require(try WireFixture.entries(title).first)
    let reading = WireReader.read(entry.event, arrival: WireFixture.arrival)
    guard case .opaque(let event, let reason) = reading else {
      Issue.record("\(title) is no event")
      return
    }
    #expect(event.type.text == type)
    #expect(reason.contains(why), "\(reason)")
    #expect(event.data.value["$why"].string == reason + ".")
    #expect(Base64.bytes(of: event.data.value["$bytes"].string ?? "") == entry.event.body ?? [])
    #expect(OpaqueData.isOpaque(event.data))
  }

  @Test func `unusual members are told and nothing is lost`() throws {
    func quirks(_ title: String) throws -> Quirks {
      guard case .event(_, let quirks)? = try WireFixture.readings(title).first else { return [] }
      return quirks
    }
    #expect(try quirks("members twice in the body").contains(.repeated))
    #expect(try quirks("body with bytes that are not UTF-8").contains(.replaced))
    #expect(try quirks("lone surrogate in domainId").contains(.replaced))
    #expect(try quirks("body and headers disagree").contains(.otherHeader))
    #expect(try quirks("data absent").contains(.noData))
    let extra = try #require(try WireFixture.readings("unknown members, apmTrace").first).event
    #expect(extra.additionalMembers?.description == #"{"version":3,"tags":["a"]}"#)
    #expect(extra.apmTrace?.hasPrefix("00-4bf92f35") == true)
    let big = try #require(try WireFixture.readings("64-bit numbers as raw text").first).event
    #expect(big.data.description.contains("9223372036854775807"))
  }

  @Test(arguments: seeds(60))
  func `whatever the bytes, they are read or shown`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let entries = try WireFixture.entries()
    for _ in 0..<40 {
      var event = random.pick(entries).event
      var body = event.body ?? []
      for _ in 0..<random.number(1...4) where !body.isEmpty {
        switch random.below(3) {
        case 0: body[random.below(body.count)] = UInt8(random.below(256))
        case 1: body.removeLast(min(body.count, random.number(1...20)))
        default: body.insert(UInt8(random.below(256)), at: random.below(body.count + 1))
        }
      }
      event.body = body
      let reading = WireReader.read(event, arrival: WireFixture.arrival)
      // What is taken as JSON is JSON.
      #expect(throws: Never.self) { try JSONBytes(checking: Array(reading.event.data.utf8)) }
      #expect(throws: Never.self) { try JSON(parsing: reading.event.json) }
    }
  }
}
