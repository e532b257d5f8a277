import TestSupport
import Testing

@testable import EventicleCore

@Suite struct PersistentCollectionTests {
  @Test(arguments: seeds(100))
  func `a persistent array behaves as an array and keeps its copies`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var array = PersistentArray<Int>()
    var naive: [Int] = []
    var copies: [(PersistentArray<Int>, [Int])] = []
    for step in 0..<600 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0...4:
        for _ in 0..<Int.random(in: 1...70, using: &random) {
          array.append(step)
          naive.append(step)
        }
      case 5, 6:
        for _ in 0..<Int.random(in: 1...90, using: &random) {
          #expect(array.popLast() == naive.popLast())
        }
      case 7 where !naive.isEmpty:
        let index = Int.random(in: 0..<naive.count, using: &random)
        array[index] = -step
        naive[index] = -step
      case 8 where step % 7 == 0:
        let length = Int.random(in: 0...naive.count, using: &random)
        array.truncate(to: length)
        naive.removeSubrange(length...)
      case 9 where step % 5 == 0 && !copies.isEmpty:
        copies.append((array, naive))
        (array, naive) = Gen.element(of: copies).next(&random)
      default: if step % 16 == 0 { copies.append((array, naive)) }
      }
      #expect(array.count == naive.count)
      #expect(array.last == naive.last)
    }
    copies.append((array, naive))
    for (copy, expected) in copies {
      #expect(Array(copy) == expected)
      let start = Int.random(in: 0...expected.count, using: &random)
      var rest: [Int] = []
      copy.forEach(from: start, to: expected.count) { rest.append($0) }
      #expect(rest == Array(expected[start...]))
    }
  }

  @Test(arguments: seeds(30))
  func `a hash index finds the greatest match despite collisions`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var index = HashIndex()
    var naive: [UInt32: [Int32]] = [:]
    var copies: [(HashIndex, [UInt32: [Int32]])] = []
    let hashes = seed % 2 == 0 ? 40 : 5_000
    for number in 1...Int32(3_000) {
      let hash = UInt32(Int.random(in: 0..<hashes, using: &random)) &* 0x9E37_79B1
      if Int.random(in: 0..<4, using: &random) > 0 {
        index.insert(number, under: hash)
        naive[hash, default: []].append(number)
      } else if let gone = naive[hash]?.randomElement(using: &random) {
        index.remove(gone, under: hash)
        naive[hash]?.removeAll { $0 == gone }
      }
      if number % 700 == 0 { copies.append((index, naive)) }
    }
    copies.append((index, naive))
    for (copy, expected) in copies {
      #expect(copy.count == expected.values.reduce(0) { $0 + $1.count })
      for number in 0..<hashes {
        let hash = UInt32(number) &* 0x9E37_79B1
        let known = expected[hash] ?? []
        #expect(copy.last(under: hash) { _ in true } == known.max())
        #expect(copy.last(under: hash) { $0 % 2 == 0 } == known.filter { $0 % 2 == 0 }.max())
      }
    }
  }

  @Test func `a persistent array can have several groups of leaves`() {
    let count = 256 * 256 * 2 + 65
    var array = PersistentArray<Int>()
    for number in 0..<count { array.append(number) }
    let full = array
    for number in stride(from: count - 1, through: 0, by: -1) { #expect(array.popLast() == number) }
    #expect(array.isEmpty)
    #expect(array.popLast() == nil)
    #expect((0..<count).allSatisfy { full[$0] == $0 })
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1_000])
  func `the partition point is where a condition begins to hold`(count: Int) {
    var array = PersistentArray<Int>()
    for number in 0..<count { array.append(number * 2) }
    for bound in -1...(count * 2 + 1) {
      let expected = (0..<count).first { $0 * 2 >= bound } ?? count
      #expect(array.partitionPoint { $0 >= bound } == expected)
    }
  }

  @Test(arguments: seeds(100))
  func `sorted chunks behave as a sorted set and keep their copies`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var chunks = SortedChunks<Int>()
    var naive: Set<Int> = []
    var copies: [(SortedChunks<Int>, [Int])] = []
    let range = seed % 2 == 0 ? 0...2_000 : 0...300
    for step in 0..<1_500 {
      let element = seed % 3 == 0 ? step : Int.random(in: range, using: &random)
      if Int.random(in: 0..<3, using: &random) > 0 {
        chunks.insert(element)
        naive.insert(element)
      } else {
        let gone = Int.random(in: range, using: &random)
        chunks.remove(gone)
        naive.remove(gone)
      }
      if step % 300 == 0 { copies.append((chunks, naive.sorted())) }
    }
    copies.append((chunks, naive.sorted()))
    for (copy, expected) in copies {
      var found: [Int] = []
      copy.forEach(from: 0) {
        found.append($0)
        return true
      }
      #expect(found == expected)
      #expect(copy.count == expected.count)
      #expect(copy.first == expected.first)
      #expect(copy.last == expected.last)
      for offset in stride(from: 0, to: expected.count, by: 37) {
        #expect(copy[offset] == expected[offset])
        #expect(copy.offset(of: expected[offset]) == offset)
        var rest: [Int] = []
        copy.forEach(from: offset) {
          rest.append($0)
          return rest.count < 5
        }
        #expect(rest == Array(expected[offset...].prefix(5)))
      }
    }
  }

  @Test(arguments: seeds(4))
  func `many sorted chunks split and merge anywhere`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var chunks = SortedChunks<Int>()
    var all = Array(0..<20_000)
    if seed % 2 == 0 { all.shuffle(using: &random) }
    for element in all { chunks.insert(element) }
    let copy = chunks
    all.shuffle(using: &random)
    for element in all.prefix(15_000) { chunks.remove(element) }
    let left = all.suffix(5_000).sorted()
    for offset in stride(from: 0, to: 5_000, by: 7) {
      #expect(chunks[offset] == left[offset])
      #expect(chunks.offset(of: left[offset]) == offset)
    }
    for element in stride(from: 0, to: 20_000, by: 11) {
      #expect(copy.offset(of: element) == element)
    }
    for element in left { chunks.remove(element) }
    #expect(chunks.count == 0)
    #expect(chunks.first == nil && copy.last == 19_999)
  }

  @Test(arguments: seeds(100))
  func `the delivery queue behaves as a queue that can go back`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var queue = DeliveryQueue()
    var naive: [QueuedDelivery] = []
    var copies: [(DeliveryQueue, [QueuedDelivery])] = []
    for step in 1...500 {
      let delivery = QueuedDelivery(Position(step), 0)
      switch Int.random(in: 0..<7, using: &random) {
      case 0, 1, 2:
        queue.pushBack(delivery)
        naive.append(delivery)
      case 3:
        queue.pushFront(delivery)
        naive.insert(delivery, at: 0)
      case 4:
        queue.popFront()
        if !naive.isEmpty { naive.removeFirst() }
      case 5:
        queue.popBack()
        if !naive.isEmpty { naive.removeLast() }
      default: if step % 5 == 0 { copies.append((queue, naive)) }
      }
      #expect(queue.first == naive.first)
      #expect(queue.count == naive.count)
    }
    copies.append((queue, naive))
    for (copy, expected) in copies {
      #expect((0..<copy.count).map { copy[$0] } == expected)
    }
  }
}
