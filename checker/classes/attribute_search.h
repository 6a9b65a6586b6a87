// Whether the text of functions may set an attribute of a given name on what they are handed.
//
//   def install(cls): setattr(cls, "m", 1)           # sets `m`, and nothing else
//   def decorate(cls): install(cls); return cls      # so does this
//   def fill(cls, names):
//       for name in names: setattr(cls, name, None)  # may set anything
//
// Reads bodies and follows calls: asked only where a finding depends on the answer. What cannot be followed may set
// anything. Internal to checker/classes.
#ifndef OVERT_CHECKER_CLASSES_ATTRIBUTE_SEARCH_H_
#define OVERT_CHECKER_CLASSES_ATTRIBUTE_SEARCH_H_

#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "checker/classes/steps.h"

namespace overt::classes {

class AttributeSearch {
 public:
  AttributeSearch(Engine& engine, absl::string_view name) : engine_(engine), name_(name) {}

  absl::string_view name() const { return name_; }
  // A call that cannot be followed sets nothing: for a decorator that is declared to give back what it takes.
  void TrustUnknownCalls() { trusts_unknown_ = true; }

  // On the class that the function gets as its parameter at `position`, in functions within and in what it calls.
  // `handed` says which methods `cls.method()` means.
  bool MaySetOnClass(NodeRef function, size_t position, ClassRef handed);
  // The same for the class that a metaclass's `__new__` makes.
  bool MaySetOnMadeClass(NodeRef function, ClassRef handed);
  // On the class or on objects of it, by a method of its own. Whom it hands `self` to is not followed.
  bool MaySetAsMethod(NodeRef function);

  // The functions of that name in the body of a class; false if something else may stand there.
  bool FunctionsOf(ClassRef ref, absl::string_view name, std::vector<NodeRef>& out) const;

 private:
  friend class FunctionReader;

  Engine& engine_;
  const absl::string_view name_;
  bool trusts_unknown_ = false;
  int depth_ = 0;
  absl::flat_hash_set<std::pair<NodeRef, size_t>> followed_;
};

// The parameters of a function.
grammar::NodeList ParametersOf(const grammar::Ast& ast, NodeId function);

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_ATTRIBUTE_SEARCH_H_
