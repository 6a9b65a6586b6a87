#include "diagnostics/diagnostic.h"

#include <tuple>

namespace overt {

bool ComesBefore(const Diagnostic& left, const Diagnostic& right) {
  const auto key = [](const Diagnostic& one) {
    return std::tie(one.primary.span.range, one.rule, one.title, one.severity);
  };
  return key(left) < key(right);
}

}  // namespace overt
