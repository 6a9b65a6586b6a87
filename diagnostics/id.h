// Four-byte identifiers that cannot be mixed up.
//
//   using FileId = Id<struct FileTag>;
//   using NodeId = Id<struct NodeTag>;   // passing one where the other is wanted does not compile
//
// An id is an index into the one store that made it. Absence is spelled `Id::None()` and costs nothing.
// Not a pointer, not reference-counted, not meaningful across runs unless a header says so.
#ifndef OVERT_DIAGNOSTICS_ID_H_
#define OVERT_DIAGNOSTICS_ID_H_

#include <cstdint>
#include <utility>

namespace overt {

template <typename Tag>
struct Id {
  static constexpr uint32_t kAbsent = UINT32_MAX;

  uint32_t raw = kAbsent;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t value) : raw(value) {}

  static constexpr Id None() { return Id(); }
  constexpr bool present() const { return raw != kAbsent; }
  constexpr explicit operator bool() const { return present(); }

  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;

  template <typename H>
  friend H AbslHashValue(H state, Id id) {
    return H::combine(std::move(state), id.raw);
  }
};

// A file of this run: an index into the program's file table. The same path keeps its id over edits.
using FileId = Id<struct FileTag>;

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_ID_H_
