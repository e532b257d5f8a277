internal import HashTreeCollections

/// Changes the storage of histories in place; only for storage that one value alone holds.
extension UnsafeMutablePointer<HistoryStorage> {
  /// Stores an unpublished event and returns the number by which histories refer to it.
  func keep(_ event: Event, at logCount: Int) -> Int32 {
    pointee.kept.append(event)
    pointee.keptAt.append(Int32(logCount))
    return -Int32(pointee.base.kept + pointee.kept.count)
  }

  @inline(__always)
  func append(_ entry: Int32, to key: AggregateKey) {
    let hash = UnsafePointer<HistoryStorage>.hash(of: key)
    let number = UnsafePointer(self).number(of: key, hash) ?? add(key, hash)
    pointee.owners.append(Int32(number))
    let count = pointee.rows[number].count
    if count == 0 { pointee.types[Int(pointee.names[number].type)].members.append(Int32(number)) }
    if count < HistoryRow.room {
      pointee.rows[number][count] = entry
    } else {
      let list = overflowList(of: number)
      pointee.overflows[list].append(entry)
    }
    pointee.rows[number].count = count + 1
  }

  private func overflowList(of number: Int) -> Int {
    let known = pointee.rows[number].overflow
    if known > 0 { return known - 1 }
    pointee.overflows.append(PersistentArray())
    pointee.rows[number].overflow = pointee.overflows.count
    return pointee.overflows.count - 1
  }

  @inline(never)
  private func add(_ key: AggregateKey, _ hash: UInt32) -> Int {
    let name = TextKey(text: key.storedType)
    let type = pointee.typeNumbers[name] ?? pointee.types.count
    if type == pointee.types.count {
      pointee.typeNumbers[name] = type
      pointee.types.append(HistoryStorage.TypeList(name: key.storedType))
    }
    pointee.names.append(HistoryStorage.Name(id: key.id, type: Int32(type)))
    pointee.rows.append(HistoryRow())
    pointee.index.insert(Int32(pointee.names.count), under: hash)
    return pointee.names.count - 1
  }

  /// Removes the newest event of all.
  func removeNewest() {
    guard let owner = pointee.owners.popLast() else { return }
    removeLast(of: Int(owner))
  }

  private func removeLast(of number: Int) {
    let entry = UnsafePointer(self).lastEntry(of: number)
    if entry < 0, Int(-entry) == pointee.base.kept + pointee.kept.count {
      pointee.kept.removeLast()
      pointee.keptAt.popLast()
    }
    let row = pointee.rows[number]
    if row.count > HistoryRow.room {
      pointee.overflows[row.overflow - 1].popLast()
      if row.count == HistoryRow.room + 1, row.overflow == pointee.overflows.count {
        pointee.overflows.popLast()
        pointee.rows[number].overflow = 0
      }
    }
    pointee.rows[number].count = row.count - 1
    if row.count == 1 { forget(number) }
  }

  /// Removes an aggregate without events from the lists.
  private func forget(_ number: Int) {
    let type = Int(pointee.names[number].type)
    let place = pointee.types[type].members.removeNewest(Int32(number))
    if place < pointee.types[type].settled {
      pointee.types[type].settled -= 1
      pointee.types[type].fresh.removeNewest(Int32(number))
    }
    guard number == pointee.names.count - 1, pointee.rows[number].overflow == 0 else { return }
    let key = AggregateKey(pointee.types[type].name, pointee.names[number].id)
    pointee.index.remove(Int32(number + 1), under: UnsafePointer<HistoryStorage>.hash(of: key))
    pointee.names.popLast()
    pointee.rows.popLast()
  }
}

extension PersistentArray<Int32> {
  /// Removes a number, if it is there; O(numbers after it).
  ///
  /// - Returns: Where it was, or before the first one.
  @discardableResult
  fileprivate mutating func removeNewest(_ number: Int32) -> Int {
    var later: [Int32] = []
    while let last = popLast(), last != number { later.append(last) }
    let place = count
    for other in later.reversed() { append(other) }
    return place
  }
}
