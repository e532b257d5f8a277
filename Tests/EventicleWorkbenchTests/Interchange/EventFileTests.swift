import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

@Suite struct EventFileTests {
  private func line(_ id: String) -> String {
    #"{"id":"\#(id)","type":"T","stream":"s","createdAt":1767258000001,"data":{"n":1}}"#
  }

  private func failure(_ text: String, known: EventID? = nil) -> EventFileError? {
    do throws(EventFileError) {
      _ = try EventFile.read(Array(text.utf8)) { $0.id == known }
      return nil
    } catch {
      return error
    }
  }

  @Test func `a byte order mark, empty lines and other line ends are skipped`() throws {
    let text = "\u{FEFF}\n\(line("a"))\r\n \t\r\n\n\(line("b"))"
    let events = try EventFile.read(Array(text.utf8))
    #expect(events.map(\.id) == ["a", "b"])
    #expect(events.map(\.data.value) == [["n": 1], ["n": 1]])
    #expect(try EventFile.read([]).isEmpty)
  }

  @Test func `a repeated id is refused with both lines`() {
    let error = failure("\(line("a"))\n\n\(line("b"))\n\(line("a"))\n")
    #expect(error?.line == 4)
    #expect(error?.column == nil)
    #expect(
      error?.description
        == "line 4: the id a is the same as in line 1. Nothing of the file was taken; mend the "
        + "line and import again.")
  }

  @Test func `an id already in the log is refused`() {
    let error = failure("\(line("a"))\n\(line("b"))", known: "b")
    #expect(error?.line == 2)
    #expect(error?.reason == "an event with the id b is in the log already")
    #expect(failure("\(line("a"))\n\(line("b"))", known: "c") == nil)
  }

  @Test func `an invalid event is refused at its column`() {
    let error = failure("\(line("a"))\n{\"id\":\"b\",,}")
    #expect(error?.line == 2)
    #expect(error?.column == 11)
    #expect(error?.description.hasPrefix("line 2, column 11: ") == true)
  }
}
