import EventicleCore

extension ClientContract {
  static let reading: [ContractCase] = [
    .client("a cold replay delivers the emitted events in order, then ends once") { stage in
      try stage.emit("a1")
      try stage.emit("x1", to: "other")
      try stage.emit("a2", "a3")
      var ends = 0
      let count = try stage.client.coldStream(
        "s", { stage.note($0.id.text) }, onDone: { ends += 1 })
      try expect(stage.lines, ["a1", "a2", "a3"])
      try expect([count, ends], [3, 1])
    },
    .client("a cold replay of an unknown stream ends at once") { stage in
      var ends = 0
      try expect(try stage.client.coldStream("nope", { _ in }, onDone: { ends += 1 }), 0)
      try expect(ends, 1)
    },
    .client("a cold replay whose handler fails throws and does not end") { stage in
      try stage.emit("a", "b")
      stage.failing = ["a"]
      var ends = 0
      try expectRefusal("cannot handle") {
        try stage.client.coldStream(
          "s", { do { try stage.handle($0) } catch { throw Rejection("\(error).") } },
          onDone: { ends += 1 })
      }
      try expect(stage.lines, ["a"])
      try expect(ends, 0)
    },
    .client("a cold replay ends at the head it began with") { stage in
      try stage.emit("a", "b")
      var count = 0
      try stage.client.coldStream("s") { event in
        count += 1
        try stage.emit("again-\(event.id)")
      }
      try expect(count, 2)
      try expect(try stage.ids(), ["a", "b", "again-a", "again-b"])
    },
    .client("a cold replay of several streams follows the order of the log") { stage in
      for (id, stream) in [("1", "x"), ("2", "y"), ("3", "x"), ("4", "z"), ("5", "y")] {
        try stage.emit(id, to: StreamName(stream))
      }
      try stage.client.coldStream(["y", "x"], { stage.note($0.id.text) })
      try expect(stage.lines, ["1", "2", "3", "5"])
    },
    .client("a cold replay of a pattern reads every matching stream") { stage in
      try stage.emit("1", to: "acme.orders")
      try stage.emit("2", to: "orders")
      try stage.emit("3", to: "umbrella.orders")
      try stage.client.coldStream(["*.orders"], { stage.note($0.id.text) })
      try expect(stage.lines, ["1", "3"])
    },
    .client("a cold replay starts after a position") { stage in
      try stage.emit("1", "2", "3")
      try expect(try stage.ids(from: .after(Position(1))), ["2", "3"])
      try expect(try stage.ids(from: .after(Position(3))), [])
      try expect(try stage.ids(from: .after(Position(99))), [])
    },
    .client("a cold replay starts at a moment") { stage in
      try stage.emit("1")
      try stage.app.advance(by: .seconds(10))
      try stage.emit("2")
      try stage.app.advance(by: .seconds(10))
      try stage.emit("3")
      let start = Instant.standardStart
      try expect(try stage.ids(from: .at(start)), ["1", "2", "3"])
      try expect(try stage.ids(from: .at(start + .milliseconds(1))), ["2", "3"])
      try expect(try stage.ids(from: .at(start + .seconds(10))), ["2", "3"])
      try expect(try stage.ids(from: .at(start + .seconds(21))), [])
    },
    .client("a cold replay from the end delivers nothing") { stage in
      try stage.emit("1")
      try expect(try stage.ids(from: .end), [])
    },
    .client("a new hot group receives only new events") { stage in
      try stage.emit("a1", "a2")
      try stage.hot()
      try expect(stage.lines, [])
      try stage.emit("a3")
      try expect(stage.lines, ["a3"])
    },
    .client("a new cold-hot group receives history, then new events, each once") { stage in
      try stage.emit("a1", "a2")
      try stage.coldHot()
      try expect(stage.lines, ["a1", "a2"])
      try stage.emit("a3")
      try expect(stage.lines, ["a1", "a2", "a3"])
    },
    .client("a cold-hot group on an empty stream waits for its first event") { stage in
      try stage.coldHot()
      try stage.emit("x", to: "other")
      try stage.emit("a1")
      try expect(stage.lines, ["a1"])
    },
    .client("a cold-hot group starts where it is told to") { stage in
      try stage.emit("1", "2", "3")
      try stage.coldHot(from: .after(Position(2)))
      try stage.coldHot("s", "end", from: .end)
      try expect(stage.lines, ["3"])
    },
    .client("history is delivered without an emit") { stage in
      try stage.emit("1")
      try stage.coldHot("s", "one")
      try stage.coldHot("s", "two")
      try expect(stage.lines, ["1", "1"])
    },
    .client("one hot group follows several streams") { stage in
      try stage.client.hotStream("x", "y", group: "g") { stage.note("\($0.id) \($0.stream)") }
      try stage.emit("m1", to: "x")
      try stage.emit("m2", to: "y")
      try stage.emit("m3", to: "z")
      try expect(stage.lines, ["m1 x", "m2 y"])
    },
    .client("one cold-hot group reads several streams in the order of the log") { stage in
      try stage.emit("1", to: "y")
      try stage.emit("2", to: "x")
      try stage.emit("3", to: "y")
      try stage.client.coldHotStream("x", "y", group: "g") { stage.note($0.id.text) }
      try stage.emit("4", to: "x")
      try expect(stage.lines, ["1", "2", "3", "4"])
    },
    .client("a pattern follows streams that are created later") { stage in
      try stage.client.hotStream("*.orders", group: "g") { stage.note("\($0.stream)") }
      try stage.emit("1", to: "acme.orders")
      try stage.emit("2", to: "orders")
      try stage.emit("3", to: "umbrella.orders")
      try expect(stage.lines, ["acme.orders", "umbrella.orders"])
    },
    .client("a pattern reads the history of every matching stream") { stage in
      try stage.emit("1", to: "a.x")
      try stage.emit("2", to: "b.x")
      try stage.emit("3", to: "b.y")
      try stage.coldHot("*.x")
      try expect(stage.lines, ["1", "2"])
    },
    .client("a raw group receives encoded events") { stage in
      try stage.client.hotRawStream("s", group: "r") { raw in
        stage.note("\(raw.key) \(raw[header: "type"]) \(raw.headers.count)")
        stage.note(try JSONEventCodec().decode(raw).id.text)
      }
      try stage.client.emit([NewEvent("raw.event", "d1", id: "q1")], to: "s")
      try expect(stage.lines, ["d1 raw.event 8", "q1"])
    },
    .client("a raw cold-hot group receives history as encoded events") { stage in
      try stage.emit("1", "2")
      try stage.client.coldHotRawStream("s", group: "r") { stage.note($0[header: "id"]) }
      try stage.emit("3")
      try expect(stage.lines, ["1", "2", "3"])
    },
    .client("a raw emit stores the decoded event") { stage in
      let event = Event(
        id: "1", type: "T", source: "far", stream: "elsewhere", domainID: "d",
        createdAt: Instant(milliseconds: 5),
        data: try JSONBytes(checking: Array(#"{"b":1.0}"#.utf8)))
      try stage.client.emit(encoded: [JSONEventCodec().encode(event)], to: "s")
      var wanted = event
      wanted.stream = "s"
      try expect(try stage.events(), [wanted])
    },
  ]
}
