import EventicleCore

extension ClientContract {
  private static func taking(_ policy: ErrorPolicy, parallel: Int = 1) -> ConsumerOptions {
    ConsumerOptions(policy: policy, parallel: parallel)
  }

  static let policies: [ContractCase] = [
    .client("a failed delivery is parked, and the group goes on") { stage in
      stage.failing = ["b1"]
      try stage.hot()
      try stage.emit("b1", "b2")
      try stage.emit("b3")
      try expect(stage.lines, ["b1", "b2", "b3"])
      try expect(stage.client.parked.map(\.reason), ["cannot handle b1"])
      try expect(try stage.report().status, .live)
    },
    .client("a skipped delivery is counted and not kept") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.skip))
      try stage.emit("1", "2")
      try expect(stage.lines, ["1", "2"])
      try expect(stage.client.parked.count, 0)
      try expect(try stage.report().tally.skipped, 1)
    },
    .client("a group that stops stays before the failing event") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.stop))
      try stage.emit("1", "2")
      try stage.emit("3")
      try expect(stage.lines, ["1"])
      try expect(try stage.report().status, .stopped("cannot handle 1"))
      stage.failing = []
      try stage.client.resume("g")
      try expect(stage.lines, ["1", "1", "2", "3"])
      try expect(try stage.report().status, .live)
    },
    .client("a stopped group leaves the others at work") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.stop))
      try stage.client.hotStream("s", group: "other") { stage.note("other \($0.id)") }
      try stage.emit("1", "2")
      try expect(stage.lines, ["1", "other 1", "other 2"])
    },
    .client("a stopped group that is moved past the event resumes after it") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.stop))
      try stage.emit("1", "2")
      try stage.client.replay("g", from: .after(Position(1)))
      try stage.client.resume("g")
      try expect(stage.lines, ["1", "2"])
    },
    .client("a retry waits on the engine's clock") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.retry(1, after: .seconds(1))))
      try stage.emit("1")
      try expect(stage.lines, ["1"])
      try stage.app.advance(by: .milliseconds(999))
      try expect(stage.lines, ["1"])
      stage.failing = []
      try stage.app.advance(by: .milliseconds(1))
      try expect(stage.lines, ["1", "1"])
      try expect(stage.client.parked.count, 0)
      try stage.app.advance(by: .hours(1))
      try expect(stage.lines, ["1", "1"])
    },
    .client("after the last retry, the delivery is parked with its attempts") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.retry(2, after: .seconds(1))))
      try stage.emit("1")
      try stage.app.advance(by: .seconds(10))
      try expect(stage.lines, ["1", "1", "1"])
      try expect(stage.client.parked.map(\.attempts), [3])
      let tally = try stage.report().tally
      try expect([tally.retried, tally.failed, tally.handled], [2, 1, 0])
    },
    .client("after the last retry, the delivery is skipped if declared so") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.retry(1, after: .seconds(1), then: .skip)))
      try stage.emit("1", "2")
      try stage.app.advance(by: .seconds(1))
      try expect(stage.lines, ["1", "1", "2"])
      try expect(stage.client.parked.count, 0)
    },
    .client("after the last retry, the group stops if declared so") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.retry(1, after: .seconds(1), then: .stop)))
      try stage.emit("1", "2")
      try stage.app.advance(by: .seconds(1))
      try expect(stage.lines, ["1", "1"])
      try expect(try stage.report().status, .stopped("cannot handle 1"))
    },
    .client("the delays of a backoff grow") { stage in
      stage.failing = ["1"]
      let backoff = Backoff.exponential(.seconds(1), factor: 2, cap: .seconds(3))
      try stage.hot("s", "g", taking(.retry(3, backoff)))
      try stage.emit("1")
      var counts: [Int] = []
      for _ in 0..<7 {
        try stage.app.advance(by: .seconds(1))
        counts.append(stage.lines.count)
      }
      // The retries happen after 1, 1 + 2 and 1 + 2 + 3 seconds.
      try expect(counts, [2, 2, 3, 3, 3, 4, 4])
      try expect(stage.client.parked.count, 1)
    },
    .client("during a retry, a group with one worker waits") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.retry(1, after: .seconds(1))))
      try stage.emit(of: "1/a", "2/b", "3/a")
      try expect(stage.lines, ["1"])
      try expect(try stage.report().waitingKeys, 1)
      stage.failing = []
      try stage.app.advance(by: .seconds(1))
      try expect(stage.lines, ["1", "1", "2", "3"])
    },
    .client("during a retry, other keys go on and its own key keeps its order") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "g", taking(.retry(1, after: .seconds(1)), parallel: 2))
      try stage.emit(of: "1/a", "2/b", "3/a", "4/b")
      try expect(stage.lines, ["1", "2", "4"])
      stage.failing = []
      try stage.app.advance(by: .seconds(1))
      try expect(stage.lines, ["1", "2", "4", "1", "3"])
    },
    .client("no more keys wait for retries than the group has workers") { stage in
      stage.failing = ["1", "2"]
      try stage.hot("s", "g", taking(.retry(1, after: .seconds(1)), parallel: 2))
      try stage.emit(of: "1/a", "2/b", "3/c")
      try expect(stage.lines, ["1", "2"])
      try expect(try stage.report().waitingKeys, 2)
      stage.failing = []
      try stage.app.advance(by: .seconds(1))
      try expect(stage.lines, ["1", "2", "1", "2", "3"])
    },
    .client("a failed event is offered again when it is emitted again") { stage in
      stage.failing = ["9"]
      try stage.coldHot("s", "g", from: .beginning, ConsumerOptions(isIdempotent: true))
      try stage.emit("9")
      stage.failing = []
      try stage.emit("9")
      try expect(stage.lines, ["9", "9"])
      try expect(stage.client.parked.count, 0)
      try stage.emit("9")
      try expect(stage.lines, ["9", "9"])
    },
    .client("the error policy applies to raw handlers too") { stage in
      try stage.client.hotRawStream("s", group: "r") { raw in
        throw Rejection("cannot read \(raw[header: "id"])")
      }
      try stage.emit("1")
      try expect(stage.client.parked.map(\.reason), ["cannot read 1"])
    },
    .client("a handler is never reentered") { stage in
      try stage.client.hotStream("s", group: "g") { event in
        stage.note("+\(event.id)")
        if event.id == "k1" {
          for number in 2...6 { try stage.emit("k\(number)") }
        }
        stage.note("-\(event.id)")
      }
      try stage.emit("k1")
      try expect(stage.lines, (1...6).flatMap { ["+k\($0)", "-k\($0)"] })
    },
    .client("history is delivered one event at a time") { stage in
      try stage.emit("1", "2", "3")
      try stage.client.coldHotStream("s", group: "g") { event in
        stage.note("+\(event.id)")
        stage.note("-\(event.id)")
      }
      try expect(stage.lines, ["+1", "-1", "+2", "-2", "+3", "-3"])
    },
  ]

  static let parkedWork: [ContractCase] = [
    .client("a parked delivery that is retried with success is removed") { stage in
      stage.failing = ["1"]
      try stage.hot()
      try stage.emit("1", "2")
      let number = stage.client.parked[0].number
      stage.failing = []
      try stage.client.redrive(number)
      try expect(stage.lines, ["1", "2", "1"])
      try expect(stage.client.parked.count, 0)
      try expect(try stage.report().tally.handled, 2)
    },
    .client("a failed retry stays parked, with the new reason and one more attempt") { stage in
      stage.failing = ["1"]
      try stage.hot()
      try stage.emit("1")
      let number = stage.client.parked[0].number
      try expectRefusal("cannot handle 1") {
        do { try stage.client.redrive(number) } catch { throw Rejection("\(error).") }
      }
      try expect(stage.client.parked.map(\.number), [number])
      try expect(stage.client.parked.map(\.attempts), [2])
    },
    .client("retrying with edited data leaves the event as it is") { stage in
      try stage.client.hotStream("s", group: "g") { event in
        guard event.data["n"].integer != nil else { throw Rejection("n is missing") }
        stage.note("\(event.data)")
      }
      try stage.client.emit([NewEvent("T", data: ["m": 1], id: "1")], to: "s")
      try stage.client.redrive(stage.client.parked[0].number, with: ["n": 1])
      try expect(stage.lines, ["{\"n\":1}"])
      try expect(try stage.events().map(\.data.value), [["m": 1]])
    },
    .client("a dropped delivery is neither retried nor kept") { stage in
      stage.failing = ["1"]
      try stage.hot()
      try stage.emit("1")
      let number = stage.client.parked[0].number
      try stage.client.dropParked(number)
      try expect(stage.lines, ["1"])
      try expect(stage.client.parked.count, 0)
      try expectRefusal("Nothing is parked under \(number); nothing is") {
        try stage.client.redrive(number)
      }
      try expectRefusal("Nothing is parked") { try stage.client.dropParked(number) }
    },
    .client("each group parks its own deliveries") { stage in
      stage.failing = ["1"]
      try stage.hot("s", "a")
      try stage.hot("s", "b")
      try stage.emit("1")
      try expect(stage.client.parked.count, 2)
      stage.failing = []
      try stage.client.redrive(stage.client.parked[0].number)
      try expect(stage.client.parked.count, 1)
    },
  ]
}
