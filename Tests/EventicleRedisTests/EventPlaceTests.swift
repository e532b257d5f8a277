import EventicleCore
import Testing

@Suite struct EventPlaceTests {
  @Test func `a place is written with its stream`() {
    let redis = EventPlace.redis(milliseconds: 1_795_862_452_658, sequence: 1)
    #expect(redis.text(in: "orders") == "orders@1795862452658-1")
    #expect(EventPlace.kafka(partition: 2, offset: 18_234).text(in: "orders") == "orders[2]@18234")
    #expect(EventPlace.local(Position(7)).text == "#7")
    let row = EventPlace.row(high: 0x1111_1111_1111_4111, low: 0x8111_1111_1111_1111)
    #expect(row.text == "11111111-1111-4111-8111-111111111111")
  }

  @Test func `the id of an entry reads back`() {
    #expect(EventPlace(redis: "12-3") == .redis(milliseconds: 12, sequence: 3))
    for text in ["", "-", "1", "1-", "-1", "1-2-3", "a-1", "1- 2", "99999999999999999999-0"] {
      #expect(EventPlace(redis: text) == nil, "\(text)")
    }
  }

  @Test func `places of one partition are in order, and have neighbours`() {
    let places = [
      EventPlace.redisStart, .redis(milliseconds: 1, sequence: 0),
      .redis(milliseconds: 1, sequence: UInt64.max), .redis(milliseconds: 2, sequence: 0),
    ]
    #expect(places.sorted() == places)
    #expect(places[2].nextRedis == places[3])
    #expect(places[3].previousRedis == places[2])
    #expect(EventPlace.redisStart.previousRedis == .redisStart)
    #expect(EventPlace.kafka(partition: 0, offset: 9) < .kafka(partition: 1, offset: 1))
    #expect(EventPlace.kafka(partition: 0, offset: 9) < .redisStart)
  }
}
