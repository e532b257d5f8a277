import Foundation
import TestSupport
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// What `kcat -J` and `kafka-console-consumer` write.
@Suite struct KafkaRecordTests {
  private func imported(
    _ lines: [String], as format: EventFormat = .detected
  ) throws -> [String] {
    var options = ImportOptions()
    options.format = format
    var session = try Session(Domain("empty"))
    var work = session.beginImport(options)
    work.add(Array(lines.joined(separator: "\n").utf8))
    work.finish()
    while try session.continueImport(&work) {}
    try session.endImport(work)
    return String(decoding: EventFile.bytes(of: session.head.log), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  private func reason(_ line: String, as format: EventFormat = .detected) -> String {
    do { return try imported([line], as: format).joined() } catch {
      return (error as? EventFileError)?.finding ?? "\(error)"
    }
  }

  private func text(_ value: String) -> String {
    String(decoding: JSON.string(value).utf8, as: UTF8.self)
  }

  private func envelope(
    _ payload: String, offset: Int = 3, headers: String = "[]", key: String = "\"k\""
  ) -> String {
    #"{"topic":"orders","partition":1,"offset":\#(offset),"tstype":"create","ts":1767258000040,"#
      + #""broker":0,"headers":\#(headers),"key":\#(key),"payload":\#(payload)}"#
  }

  @Test(arguments: seeds(100))
  func `the events in envelopes come out byte for byte`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let count = random.number(1...6)
    let events = (1...count).map { ByteIdentityTests.line(&random, id: $0) }
    let lines = events.enumerated().map { place, event in
      // As a text, or as JSON, which kcat writes with -s value=… of some codecs.
      envelope(random.number(0...1) == 0 ? text(event) : event, offset: place)
    }
    #expect(try imported(lines) == events)
    // The console consumer prints the value alone, or much in front of it.
    let printed = events.map { "CreateTime:1\tPartition:0\tOffset:5\ttype:T,id:x\torder-1\t\($0)" }
    #expect(try imported(printed) == events)
    #expect(try imported(events, as: .console) == events)
  }

  @Test func `what an event lacks comes from its record`() throws {
    // As eventiclejs writes it: its own order, and no id, stream or createdAt.
    let body = #"{"type":"bare","domainId":"o-1","data":{"n":1.0},"source":"shop","x":[1.0]}"#
    let headers = #"["id","abc","createdAt","1767258000099","type","bare"]"#
    #expect(
      try imported([envelope(text(body), headers: headers)]) == [
        #"{"id":"abc","type":"bare","source":"shop","stream":"orders","domainId":"o-1","#
          + #""createdAt":1767258000099,"data":{"n":1.0},"x":[1.0]}"#
      ])
    #expect(
      try imported([envelope(body)]) == [
        #"{"id":"orders/1/3","type":"bare","source":"shop","stream":"orders","domainId":"o-1","#
          + #""createdAt":1767258000040,"data":{"n":1.0},"x":[1.0]}"#
      ])
  }

  @Test func `any other value is the data of an event that headers describe`() throws {
    let headers = #"["type","Paid","source","till","traceparent","t","region","eu","createdAt",""]"#
    #expect(
      try imported([envelope(#""{\"total\":1.50}""#, headers: headers, key: "\"order-7\"")]) == [
        #"{"id":"orders/1/3","type":"Paid","source":"till","stream":"orders","domainId":"order-7","#
          + #""createdAt":1767258000040,"data":{"total":1.50},"apmTrace":"t","#
          + #""headers":{"region":"eu"}}"#
      ])
    #expect(
      try imported([envelope(#""paid 5""#, headers: headers)]).first?.contains(#""data":"paid 5""#)
        == true)
  }

  @Test func `the console's forms are told apart`() throws {
    let headers = "type:Paid,ce_id:5,note:a,b"
    let data = #"{"a":"x\ty"}"#
    // No topic is printed, so that the stream must be in the event; a mapping helps.
    #expect(
      reason("CreateTime:7\t\(headers)\torder-1\t\(data)")
        .contains("neither its stream nor its topic"))
    let event = #"{"id":"5","type":"Paid","stream":"orders","createdAt":7,"data":{}}"#
    for line in [
      "CreateTime:7\t\(event)", "CreateTime:7\tNO_HEADERS\tkey\t\(event)", "key\t\(event)",
      "null\t\(event)", "NO_TIMESTAMP\tPartition:0\tOffset:9\t\(event)", "\(headers)\t\(event)",
      #"{"k":1}\#t\#(event)"#,
    ] {
      #expect(
        reason(line, as: .console)
          == #"{"id":"5","type":"Paid","source":"","stream":"orders","createdAt":7,"data":{}}"#,
        "\(line)")
    }
  }

  @Test func `what is no event is refused in a sentence`() {
    #expect(reason(envelope("null")).contains("no value (a tombstone)"))
    #expect(reason(envelope(#""{}""#)).contains("no header says its type"))
    #expect(reason(envelope(#""\ud800""#)).contains("half of a surrogate pair"))
    #expect(reason(envelope(#""a""#, headers: #"["type"]"#)).contains("names and values in turn"))
    #expect(reason(#"{"topic":"t","partition":0,"offset":0}"#).contains("no payload"))
    #expect(reason(#"{"topic":"t","topic":"u","payload":1}"#, as: .kcat).contains("there twice"))
    #expect(reason("x", as: .kcat).contains("line 1, column 1"))
    #expect(reason("k\tnull", as: .console).contains("tombstone"))
    #expect(
      reason(envelope(#"{"id":"a","id":"b","type":"T","stream":"s","createdAt":1}"#))
        .contains("no event comes of this: the member id is there twice"))
  }

  @Test func `an event with a topic, a partition and an offset beside it is an event`() throws {
    let line =
      #"{"id":"a","type":"T","source":"","stream":"s","createdAt":1,"data":{},"topic":"t","#
      + #""partition":0,"offset":1,"payload":{}}"#
    #expect(try imported([line]) == [line])
  }

  @Test func `many tabs cost no time`() {
    let line = String(repeating: "\t", count: 300_000) + "x"
    #expect(reason(line).contains("line 1"))
  }

  @Test func `the names of formats are those that lines can say`() {
    #expect(EventFormat.named.map(\.name) == ImportedFile.formats)
  }
}
