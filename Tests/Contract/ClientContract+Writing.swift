import EventicleCore

extension ClientContract {
  static let writing: [ContractCase] = [
    .client("events of one call keep their order") { stage in
      try stage.hot()
      let ids = (0..<10).map { "cg.\($0)" }
      try stage.client.emit(ids.map { NewEvent("T", id: EventID($0)) }, to: "s")
      try expect(stage.lines, ids)
      try expect(try stage.ids(), ids)
    },
    .client("events without ids get unique ones, the same for every consumer") { stage in
      try stage.hot()
      try stage.client.emit([NewEvent("T"), NewEvent("T")], to: "s")
      let ids = try stage.ids()
      try expect(stage.lines, ids)
      try expect(Set(ids).count, 2)
      try expect(ids.allSatisfy { $0.utf8.count == 36 }, true)
    },
    .client("values that the caller gives stay, and only missing ones are filled in") {
      stage in
      var given = NewEvent("M", "d", data: ["a": 1], id: "m1")
      given.createdAt = Instant(milliseconds: 1)
      given.source = "elsewhere"
      given.causedByID = "cause"
      given.causedByType = "Cause"
      try stage.client.emit([given], to: "s")
      let event = try stage.events()[0]
      try expect(NewEvent(event), given)
      try expect(event.stream, "s")
    },
    .client("a missing id, source and moment are filled in") { stage in
      try stage.app.advance(by: .seconds(5))
      try stage.client.emit([NewEvent("T")], to: "s")
      let event = try stage.events()[0]
      try expect(event.createdAt, .standardStart + .seconds(5))
      try expect(event.source, "contract")
      try expect([event.causedByID == nil, event.causedByType == nil], [true, true])
    },
    .client("an event without a moment is encoded with the moment of its emit") { stage in
      try stage.client.hotRawStream("s", group: "r") {
        stage.note("\($0.timestamp.milliseconds) \($0[header: "createdAt"])")
      }
      try stage.emit("1")
      let now = Instant.standardStart.milliseconds
      try expect(stage.lines, ["\(now) \(now)"])
    },
    .client("an empty batch changes nothing") { stage in
      try stage.hot()
      try stage.client.emit([], to: "s")
      try stage.client.emit(encoded: [], to: "s")
      try expect(try stage.ids(), [])
      try expect(stage.lines, [])
    },
    .client("an event without a type is refused, and so is its batch", needs: [.atomicBatch]) {
      stage in
      try stage.hot()
      try expectRefusal("An event needs a type") {
        try stage.client.emit([NewEvent("Fine"), NewEvent("")], to: "s")
      }
      try expect(try stage.ids(), [])
      try expect(stage.lines, [])
    },
    .client("a stream without a name is refused") { stage in
      try expectRefusal("An event needs a stream") { try stage.emit("1", to: "") }
      try expect(stage.app.world.log.count, 0)
    },
    .client("the same id with the same content is one event", needs: [.idempotentAppend]) {
      stage in
      try stage.hot()
      try stage.emit("1")
      try stage.emit("1")
      try expect(stage.lines, ["1"])
      try expect(try stage.ids(), ["1"])
    },
    .client("the same id twice in one call is one event", needs: [.idempotentAppend]) { stage in
      try stage.hot()
      try stage.emit("1", "1", "2")
      try expect(stage.lines, ["1", "2"])
    },
    .client("the same id with other content is refused", needs: [.idempotentAppend]) { stage in
      try stage.client.emit([NewEvent("T", data: ["a": 1], id: "1")], to: "s")
      try expectRefusal("There is another event with the id 1") {
        try stage.client.emit([NewEvent("T", data: ["a": 2], id: "1")], to: "s")
      }
      try expect(try stage.events().map(\.data.value), [["a": 1]])
    },
    .client("the same id of another type is refused", needs: [.idempotentAppend]) { stage in
      try stage.client.emit([NewEvent("T", id: "1")], to: "s")
      try expectRefusal("There is another event with the id 1") {
        try stage.client.emit([NewEvent("Other", id: "1")], to: "s")
      }
    },
    .client("the same id in another stream is refused", needs: [.idempotentAppend]) { stage in
      try stage.emit("1")
      try expectRefusal("There is another event with the id 1") { try stage.emit("1", to: "x") }
      try expect(try stage.ids("x"), [])
    },
    .client(
      "retrying a batch that was partly appended appends the rest", needs: [.idempotentAppend]
    ) {
      stage in
      try stage.hot()
      try stage.emit("1", "2")
      try stage.emit("1", "2", "3", "4")
      try expect(try stage.ids(), ["1", "2", "3", "4"])
      try expect(stage.lines, ["1", "2", "3", "4"])
    },
    .client(
      "a batch that reuses an id for another event appends nothing",
      needs: [.idempotentAppend, .atomicBatch]
    ) { stage in
      try stage.emit("1")
      try expectRefusal("There is another event") {
        try stage.client.emit(
          [NewEvent("T", id: "new"), NewEvent("Other", id: "1"), NewEvent("T", id: "last")],
          to: "s")
      }
      try expect(try stage.ids(), ["1"])
      try stage.emit("new")
      try expect(try stage.ids(), ["1", "new"])
    },
    .client("positions count every event of the log", needs: [.denseGlobalPositions]) { stage in
      try stage.emit("1", to: "x")
      try stage.emit("2", "3", to: "y")
      try stage.emit("4", to: "x")
      let log = stage.app.world.log
      try expect((1...4).map { log.event(at: Position($0))?.id }, ["1", "2", "3", "4"])
      try expect(log.position(of: "4"), Position(4))
      try expect(log.position(of: "x", at: StreamPosition(2)), Position(4))
      try expect(log.count(of: "y"), 2)
    },
    .client("undecodable bytes are refused with the rest of their batch") { stage in
      try stage.emit("1")
      let fine = JSONEventCodec().encode(try stage.events()[0])
      let broken = EncodedEvent(
        buffer: Array("{".utf8), key: "", timestamp: Instant(milliseconds: 0), headers: [])
      do {
        try stage.client.emit(encoded: [fine, broken], to: "t")
      } catch is EventCodecError {
        return try expect(try stage.ids("t"), [])
      }
      throw ContractFailure("broken bytes were taken", #fileID, #line)
    },
    .client("events emitted in handlers are delivered in the order of the calls") { stage in
      try stage.client.hotStream("s", group: "g") { event in
        if event.id == "1" {
          try stage.emit("2", "3")
          try stage.emit("4")
        }
        stage.note(event.id.text)
      }
      try stage.emit("1")
      try expect(stage.lines, ["1", "2", "3", "4"])
    },
    .client("retention keeps the newest events of a stream for later groups") { stage in
      try stage.emit("1", "2", "3", "4")
      try stage.client.retain("s", newest: 2)
      try expect(try stage.ids(), ["3", "4"])
      try stage.coldHot()
      try expect(stage.lines, ["3", "4"])
    },
    .client("retention of one stream leaves the others") { stage in
      try stage.emit("1", "2", to: "x")
      try stage.emit("3", "4", to: "y")
      try stage.client.retain("x", newest: 0)
      try stage.client.coldStream(["x", "y"], { stage.note($0.id.text) })
      try expect(stage.lines, ["3", "4"])
    },
    .client("retention never restores removed events") { stage in
      try stage.emit("1", "2", "3")
      try stage.client.retain("s", newest: 1)
      try stage.client.retain("s", newest: 3)
      try stage.client.retain("s", newest: -1)
      try expect(try stage.ids(), [])
      try stage.emit("4")
      try expect(try stage.ids(), ["4"])
    },
  ]
}
