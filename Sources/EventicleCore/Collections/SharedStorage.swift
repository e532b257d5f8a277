/// A place in memory that several values share until one of them writes.
///
/// Readers are lent a pointer, so that nothing is copied or counted. Whoever writes makes a copy
/// first unless `isKnownUniquelyReferenced` says that it holds the place alone.
// Safe to share: changed only while one value alone holds it.
final class SharedStorage<Storage: Sendable>: @unchecked Sendable {
  let place: UnsafeMutablePointer<Storage>

  init(_ storage: Storage) {
    place = .allocate(capacity: 1)
    place.initialize(to: storage)
  }

  deinit {
    place.deinitialize(count: 1)
    place.deallocate()
  }
}
