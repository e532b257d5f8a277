import Testing

@testable import EventicleCore

@Suite struct NamedValuesTests {
  @Test(arguments: [1, 16, 17, 40])
  func `few names and many are found and keep their order`(count: Int) {
    var values = NamedValues<EventType, Int>()
    for number in 0..<count { values[EventType("T\(number)")] = number }
    values["T0"] = 100
    #expect(values.names == (0..<count).map { EventType("T\($0)") })
    #expect(values["T0"] == 100)
    for number in 1..<max(count, 1) { #expect(values[EventType("T\(number)")] == number) }
    #expect(values[EventType("T\(count)")] == nil)
    #expect(!values.contains(EventType("T\(count)")))
    #expect(values.contains("T0"))
  }
}
