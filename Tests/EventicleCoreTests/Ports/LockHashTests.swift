import EventicleCore
import RecordedBytes
import Testing

@Suite struct LockHashTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let units: [UInt16]
    let number: Int32
    let text: String?

    var testDescription: String { text ?? "\(units)" }
  }

  static let vectors: [Vector] = {
    let recorded = (try? RecordedRows.file("postgres.json"))?["lockHash"]["vectors"].array ?? []
    return recorded.map { vector in
      Vector(
        units: (vector["utf16"].array ?? []).map { UInt16($0.integer ?? -1) },
        number: Int32(vector["number"].integer ?? 0), text: vector["text"].string)
    }
  }()

  @Test func `there are recorded numbers`() { #expect(Self.vectors.count == 24) }

  @Test(arguments: vectors) func `a text has the number that eventiclejs locks`(vector: Vector) {
    #expect(LockHash.number(of: vector.units) == vector.number)
    if let text = vector.text { #expect(LockHash.number(of: text) == vector.number) }
  }

  @Test func `an aggregate's lock has its workspace in front`() {
    #expect(LockHash.number(ofAggregate: "lock-1", in: .system) == 22_675_198)
    #expect(LockHash.number(ofAggregate: "nul-1", in: .system) == -1_521_256_678)
    #expect(LockHash.number(ofAggregate: "order-1", in: "acme") == -1_206_557_960)
    #expect(LockHash.space == 15)
  }
}
