/// A value behind one reference: eight bytes where it lies, and nothing for an absent one.
///
/// A copy shares the value; a change copies it first while another copy holds it.
struct Boxed<Value: Sendable>: Sendable {
  // Safe to share: changed only while one value alone holds it.
  private final class Box: @unchecked Sendable {
    var value: Value

    init(_ value: Value) { self.value = value }
  }

  private var box: Box

  init(_ value: Value) { box = Box(value) }

  var value: Value {
    _read { yield box.value }
    _modify {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
      yield &box.value
    }
  }
}
