/// A box that several values share until one of them writes.
///
/// Readers borrow a pointer, so that nothing is copied or retained. A writer copies first unless
/// `isKnownUniquelyReferenced` says that it holds the box alone.
///
/// Safe to share: changed only while one value alone holds it.
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
