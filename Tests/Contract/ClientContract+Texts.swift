import EventicleCore

extension ClientContract {
  /// Names that programs often handle wrongly.
  private static let names = [
    "a b", "a/b", "..", "'; DROP TABLE events; --", "\"quoted\"", "tab\there", "new\nline",
    "\u{0}", "\u{1B}[2J", "\u{202E}abc", "caf\u{E9}", "cafe\u{301}", "漢字", "👨‍👩‍👧", "%s", "{}",
    String(repeating: "x", count: 2_000),
  ]

  /// Event data in its written form, every byte of which must be preserved.
  private static let bodies = [
    #"{"b":1,"a":2}"#, #"{"n":1.0}"#, #"{"n":1e400}"#, #"{"n":12345678901234567890}"#,
    #"{"n":-0}"#, #"{"a":1,"a":2}"#, #"{"\u00e9":"\ud83d\ude00"}"#, #"{"s":"\u0000\u001b"}"#,
    #"{"deep":[[[[[[[[]]]]]]]]}"#, "{}", "[]", "null", "0", #""text""#, "true",
  ]

  static let texts: [ContractCase] =
    names.map { name in
      .client("names with \(name.debugDescription.prefix(40)) are kept as they are") { stage in
        let (stream, id) = (StreamName("s\(name)"), EventID("i\(name)"))
        try stage.client.hotStream(stream, group: GroupName("g\(name)")) { try stage.handle($0) }
        let new = NewEvent(EventType("T\(name)"), DomainID("d\(name)"), data: .emptyObject, id: id)
        try stage.client.emit([new], to: stream)
        let event = try stage.events(stream).first
        try expect(event?.type, new.type)
        try expect(event?.domainID, new.domainID)
        try expect(event?.id, id)
        try expect(event?.stream, stream)
        try expect(stage.lines.map { Array($0.utf8) }, [Array("i\(name)".utf8)])
        try expect(stage.app.world.log.position(of: id), Position(1))
      }
    }
    + bodies.map { body in
      .client("data written \(body) comes back byte for byte") { stage in
        var new = NewEvent("T", nil, data: .emptyObject, id: "1")
        new.data = try JSONBytes(checking: Array(body.utf8))
        try stage.client.emit([new], to: "s")
        try expect(try stage.events().map { Array($0.data.utf8) }, [Array(body.utf8)])
        let raw = JSONEventCodec().encode(try stage.events()[0])
        try expect(try JSONEventCodec().decode(raw).data, new.data)
      }
    }
    + [
      .client("streams whose names look alike are two streams") { stage in
        try stage.emit("1", to: "caf\u{E9}")
        try stage.emit("2", to: "cafe\u{301}")
        try expect(try stage.ids("caf\u{E9}"), ["1"])
        try expect(try stage.ids("cafe\u{301}"), ["2"])
      },
      .client("ids that look alike are two ids") { stage in
        try stage.emit("caf\u{E9}", "cafe\u{301}")
        try expect(stage.app.world.log.count, 2)
      },
      .client("a megabyte of data comes back whole") { stage in
        let text = String(repeating: "x", count: 1_048_576)
        try stage.client.emit([NewEvent("T", data: ["text": .string(text)], id: "1")], to: "s")
        try expect(try stage.events().map(\.data.utf8.count), [text.utf8.count + 11])
      },
      .client("data over the limit is refused with the limit, and its batch too") { stage in
        var large = NewEvent("T", nil, data: .emptyObject, id: "large")
        let middle = [UInt8](repeating: 0x20, count: Limits.eventBytes - 1)
        large.data = try JSONBytes(checking: [0x5B] + middle + [0x5D])
        try expectRefusal("\(Limits.eventBytes)") {
          try stage.client.emit([NewEvent("T", id: "small"), large], to: "s")
        }
        try expect(try stage.ids(), [])
      },
    ]

  static let endings: [ContractCase] = [
    .client("a client is connected until it is shut down") { stage in
      try expect(stage.client.isConnected, true)
      try stage.hot()
      try stage.emit("1")
      try expect(stage.client.isConnected, true)
      try stage.app.shutdown()
      try expect(stage.client.isConnected, false)
      try expect(stage.app.connection, .closed)
    },
    .client("after a shutdown, writes are refused") { stage in
      try stage.hot()
      try stage.app.shutdown()
      let asked: [() throws -> Void] = [
        { try stage.emit("1") }, { try stage.hot("s", "new") }, { try stage.client.close("g") },
        { try stage.client.pause("g") }, { try stage.client.retain("s", newest: 0) },
      ]
      for body in asked { try expectRefusal("Event Client is not Connected", body) }
      try expect(stage.lines, [])
      try expect(stage.app.world.log.count, 0)
    },
    .client("events can be read after a shutdown") { stage in
      try stage.emit("1")
      try stage.app.shutdown()
      try expect(try stage.ids(), ["1"])
    },
    .client("a second shutdown changes nothing") { stage in
      try expect(try stage.app.shutdown(), 0)
      try expect(try stage.app.shutdown(), 0)
    },
    .client("a handler cannot shut down, subscribe or close") { stage in
      try stage.client.hotStream("s", group: "g") { _ in
        let asked: [() throws -> Void] = [
          { try stage.app.shutdown() }, { try stage.hot("s", "new") },
          { try stage.client.close("g") }, { try stage.app.advance(by: .seconds(1)) },
        ]
        for body in asked { stage.note(try expectRefusal("outside of handlers", body)) }
      }
      try stage.emit("1")
      try expect(stage.lines.count, 4)
      try expect(stage.client.parked.count, 0)
      try expect(stage.client.isConnected, true)
    },
  ]
}
