import TestSupport
import Testing

@testable import EventicleCore

@Suite struct LayeredOrderTests {
  @Test(arguments: seeds(60))
  func `an order in two layers is the order of all that is there`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let first = (1...40).filter { _ in random.below(3) > 0 }
    var gone = SortedChunks<Int32>()
    var added = SortedChunks<Int32>()
    for number in first where random.below(3) == 0 { gone.insert(Int32(number)) }
    for number in 1...60 where !first.contains(number) && random.below(2) == 0 {
      added.insert(Int32(number))
    }
    let order = LayeredOrder(
      first: first.map { Int32($0) }, gone: gone, added: added, number: { Int($0) })
    let all =
      (first.filter { !gone.contains(Int32($0)) }
      + (1...60).filter {
        added.contains(Int32($0))
      }).sorted()
    func number(_ element: LayeredOrder<Int32>.Element) -> Int {
      switch element {
      case .first(let number): number
      case .added(let number): Int(number)
      }
    }
    #expect(order.count == all.count)
    for offset in -1...all.count {
      let wanted = all.indices.contains(offset) ? all[offset] : nil
      #expect(order.element(at: offset).map(number) == wanted)
      var found: [Int] = []
      order.forEach(from: offset) { element in
        found.append(number(element))
        return found.count < 5
      }
      #expect(found == Array(all.dropFirst(max(0, offset)).prefix(5)))
    }
    for number in 0...61 { #expect(order.count(upTo: number) == all.count { $0 <= number }) }
  }
}
