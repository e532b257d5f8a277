import EventicleCore

extension ClientContract {
  static let groups: [ContractCase] = [
    .client("a group has one subscription at a time, whatever its kind") { stage in
      try stage.hot()
      for stream: StreamName in ["s", "other"] {
        for attempt in [{ try stage.hot(stream) }, { try stage.coldHot(stream) }] {
          let sentence = try expectRefusal("Consumer Group has subscribed multiple times", attempt)
          try expect(sentence.contains("g"), true)
        }
      }
      try stage.emit("1")
      try expect(stage.lines, ["1"])
      try stage.client.close("g")
      try stage.hot()
      try stage.emit("2")
      try expect(stage.lines, ["1", "2"])
    },
    .client("a refused subscription leaves the first as it was") { stage in
      try stage.emit("1")
      try stage.hot()
      let before = try stage.report()
      try expectRefusal("subscribed multiple times") { try stage.coldHot("other") }
      try expect(try stage.report(), before)
      try expect(stage.lines, [])
    },
    .client("independent groups receive every event once") { stage in
      try stage.hot("s", "a")
      try stage.client.hotStream("s", group: "b") { stage.note("b \($0.id)") }
      try stage.emit("1", "2")
      try expect(stage.lines, ["1", "b 1", "2", "b 2"])
    },
    .client("groups whose names look alike are two groups") { stage in
      try stage.hot("s", "caf\u{E9}")
      try stage.hot("s", "cafe\u{301}")
      try stage.emit("1")
      try expect(stage.lines, ["1", "1"])
    },
    .client("a closed group resumes where it stopped") { stage in
      try stage.emit("1")
      try stage.coldHot()
      try stage.client.close("g")
      try stage.emit("2")
      try expect(stage.lines, ["1"])
      try stage.coldHot()
      try stage.emit("3")
      try expect(stage.lines, ["1", "2", "3"])
    },
    .client("a hot group that was closed before its first event skips nothing") { stage in
      try stage.emit("1")
      try stage.hot()
      try stage.client.close("g")
      try stage.emit("2", "3")
      try stage.hot()
      try expect(stage.lines, ["2", "3"])
    },
    .client("a group resumes where it stopped after a restart", needs: [.durableOnAcknowledge]) {
      stage in
      try stage.emit("1", "2")
      try stage.coldHot()
      try stage.client.close("g")
      try stage.emit("3")
      try stage.reopen()
      try stage.coldHot()
      try expect(stage.lines, ["1", "2", "3"])
    },
    .client("acknowledged events survive a restart", needs: [.durableOnAcknowledge]) {
      stage in
      try stage.emit("1", "2")
      let before = try stage.events()
      try stage.reopen()
      try expect(try stage.events(), before)
    },
    .client("a group that is deleted on close starts anew") { stage in
      try stage.client.hotStream("s", group: "g", deletingOnClose: true) { try stage.handle($0) }
      try stage.emit("1")
      try stage.client.close("g")
      try expect(stage.app.world.group("g"), nil)
      try stage.emit("2")
      try stage.hot()
      try stage.emit("3")
      try expect(stage.lines, ["1", "3"])
    },
    .client("a closed group is in no report and is offered nothing") { stage in
      try stage.hot("s", "a")
      try stage.hot("s", "b")
      try stage.client.close("a")
      try expect(stage.client.groups.map(\.group), ["b"])
      try stage.emit("1")
      try expect(stage.lines, ["1"])
    },
    .client("closing an unknown group is refused") { stage in
      try expectRefusal("Nobody consumes for the group g") { try stage.client.close("g") }
    },
    .client("closing one group leaves the client connected") { stage in
      try stage.hot("s", "a")
      try stage.hot("s", "b")
      try stage.client.close("a")
      try expect(stage.client.isConnected, true)
    },
    .client("a paused group receives the events it missed when it resumes") { stage in
      try stage.hot()
      try stage.client.pause("g")
      try stage.emit("1", "2")
      try expect(stage.lines, [])
      try expect(try stage.report().status, .paused)
      try stage.client.resume("g")
      try expect(stage.lines, ["1", "2"])
      try expect(try stage.report().status, .live)
    },
    .client("pausing one group leaves the others at work") { stage in
      try stage.hot("s", "a")
      try stage.client.hotStream("s", group: "b") { stage.note("b \($0.id)") }
      try stage.client.pause("a")
      try stage.emit("1")
      try expect(stage.lines, ["b 1"])
      try stage.client.resume("a")
      try expect(stage.lines, ["b 1", "1"])
    },
    .client("pausing or resuming an unknown group is refused") { stage in
      try expectRefusal("Nobody consumes") { try stage.client.pause("g") }
      try expectRefusal("Nobody consumes") { try stage.client.resume("g") }
    },
    .client("a group reports its position and how far it lags") { stage in
      try stage.emit("1", to: "other")
      try stage.hot()
      try expect(try stage.report().position, Position(1))
      try stage.emit("2", "3")
      try stage.emit("4", to: "other")
      try expect(try stage.report().lag, 0)
      try stage.client.pause("g")
      try stage.emit("5", "6", "7")
      try expect(try stage.report().lag, 3)
      try stage.client.resume("g")
      try expect(try stage.report().lag, 0)
      try expect(try stage.report().position, Position(7))
    },
    .client("a report counts the outcomes of deliveries") { stage in
      stage.failing = ["2"]
      try stage.hot()
      try stage.emit("1", "2", "3")
      let tally = try stage.report().tally
      try expect([tally.handled, tally.failed, tally.retried, tally.skipped], [2, 1, 0, 0])
    },
    .client("reports come in the order of delivery") { stage in
      for group: GroupName in ["c", "a", "b"] { try stage.hot("s", group) }
      try expect(stage.client.groups.map(\.group), ["c", "a", "b"])
      try expect(stage.client.groups.map(\.streams), [["s"], ["s"], ["s"]])
    },
    .client("a group that is moved back receives everything again") { stage in
      try stage.hot()
      try stage.emit("1", "2", "3")
      try stage.client.replay("g", from: .after(Position(1)))
      try expect(stage.lines, ["1", "2", "3", "2", "3"])
      try stage.emit("4")
      try expect(stage.lines.last, "4")
    },
    .client("a group that is moved to a moment receives the events since then") { stage in
      try stage.hot()
      try stage.emit("1")
      try stage.app.advance(by: .seconds(1))
      try stage.emit("2")
      stage.forget()
      try stage.client.replay("g", from: .at(.standardStart + .seconds(1)))
      try expect(stage.lines, ["2"])
    },
    .client("a paused group that is moved to the end skips its waiting events") { stage in
      try stage.hot()
      try stage.client.pause("g")
      try stage.emit("1", "2")
      try stage.client.replay("g", from: .end)
      try stage.client.resume("g")
      try stage.emit("3")
      try expect(stage.lines, ["3"])
    },
    .client("an idempotent group handles each event once, even if moved back") { stage in
      try stage.coldHot("s", "g", from: .beginning, ConsumerOptions(isIdempotent: true))
      try stage.emit("1")
      try stage.emit("1")
      try stage.emit("2")
      try stage.client.replay("g", from: .beginning)
      try expect(stage.lines, ["1", "2"])
      try expect(try stage.report().tally.duplicates, 2)
    },
    .client("retention never passes a lagging group, unless it is forced") {
      stage in
      try stage.hot()
      try stage.client.pause("g")
      try stage.emit("1", "2", "3")
      try expect(try stage.ids(), ["1", "2", "3"])
      try stage.client.retain("s", newest: 1)
      try expect(try stage.ids(), ["1", "2", "3"])
      try stage.client.retain("s", newest: 1, evenUnread: true)
      try stage.client.resume("g")
      try expect(stage.lines, ["3"])
    },
  ]
}
