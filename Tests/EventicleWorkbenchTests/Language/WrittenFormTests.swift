import EventicleCore
import EventicleWorkbench
import Testing

/// What the language reads is printed the way it was typed.
@Suite struct WrittenFormTests {
  @Test(arguments: [
    "event", "delivery", "entry", "timer", "saga PaymentSaga", "saga PaymentSaga/order-1",
    "saga \"my saga\"/\"a b\"", "agg Order/order-1", "agg Order/\"order 2\"",
  ])
  func `a step unit reads back as written`(unit: String) throws {
    guard case .step(_, let read) = try parsed("step 2 \(unit)") else {
      throw Unexpected("no step: \(unit)")
    }
    #expect(read.value.description == unit)
    guard case .back(_, let again) = try parsed("back \(read.value)") else {
      throw Unexpected("no step: \(unit)")
    }
    #expect(again.value == read.value)
  }

  @Test(arguments: ["10..20", "10..", "..20", "7..7"])
  func `a journal range reads back as written and contains its entries`(text: String) throws {
    guard case .journal(let read?) = try parsed("journal \(text)") else {
      throw Unexpected("no journal: \(text)")
    }
    #expect(read.value.description == text)
    let parts = text.split(separator: "..", omittingEmptySubsequences: false)
    for number in 1...30 {
      let isInside = number >= (Int(parts[0]) ?? 1) && number <= (Int(parts[1]) ?? 30)
      #expect(read.value.contains(JournalIndex(number)) == isInside)
    }
  }

  @Test func `metadata is kept apart from the data`() throws {
    let line =
      "emit s type:T createdAt:2026-01-02T00:00:00Z domainId:d-1 source:other id:e1 a=\"x\\ry\\tz\""
    guard case .emit(let emission) = try parsed(line) else { throw Unexpected(line) }
    #expect(emission.type.value == "T")
    #expect(emission.items.domainID?.value == "d-1")
    #expect(emission.items.source?.value == "other")
    #expect(emission.items.id?.value == "e1")
    #expect(emission.items.createdAt != nil)
    #expect(try emission.items.data() == ["a": "x\ry\tz"])
    #expect(Quoting.quoted("x\ry\tz\u{1}") == "\"x\\ry\\tz\\u{1}\"")
    for name in Metadata.names {
      let error = try #require(failure("emit s T \(name):"), "\(name): was accepted")
      #expect(error.message.contains("After \(name): a value is missing."))
    }
  }

  @Test(arguments: [
    ("agg Order/1 3", 13, "A version is written @v3"), ("agg Order/1 --x", 13, "no flag"),
    ("saga --x", 6, "no flag"), ("saga /x", 6, "NAME/KEY"), ("view V/", 6, "NAME/KEY"),
    ("set --x", 5, "no flag"), ("step 0", 6, "from 1 to"),
    ("expect A Order/1.a in [1] x", 27, "last thing"), ("expect A Order/1.a >", 21, "missing"),
    ("filter a and", 13, "After \"and\""), ("journal x..y", 9, "not a part of the journal"),
  ])
  func `a misplaced word is refused at its column`(
    line: String, column: Int, part: String
  ) throws {
    let error = try #require(failure(line), "\(line) was accepted")
    #expect(error.column == column, "\(error.message)")
    #expect(error.message.contains(part), "\(error.message)")
  }
}
