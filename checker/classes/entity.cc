#include "checker/classes/entity.h"

namespace overt::classes {

absl::string_view ReasonPhrase(UnknownReason reason) {
  using R = UnknownReason;
  switch (reason) {
    case R::kNone: return "for no known reason";
    case R::kUnresolvedImport: return "its import was not found (`overt env --import` says where it was looked for)";
    case R::kUnreadableModule: return "its module cannot be read";
    case R::kCompiledModule: return "its module is compiled and has no stub";
    case R::kParameter: return "it is a parameter";
    case R::kCallResult: return "it is the result of a call";
    case R::kDynamicNamespace: return "its module's names are made at run time";
    case R::kAny: return "it is `Any`";
    case R::kUnsupported: return "overt does not follow this expression";
    case R::kCycle: return "its definition leads back to itself";
    case R::kStarred: return "the bases are unpacked from a value";
    case R::kDecorator: return "a decorator may have replaced it";
    case R::kUndefined: return "nobody binds this name";
    case R::kMetaclass: return "its metaclass hands on other bases than it lists";
  }
  return "";
}

}  // namespace overt::classes
