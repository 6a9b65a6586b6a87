// The text of a method that overrides another: decorators, signature from the base's source, a call of the base.
//
//   @override
//   async def fetch(self, key: str, *, fresh: bool = False) -> Row:
//       return await super().fetch(key, fresh=fresh)
//
// Annotations and defaults are taken as written where their names mean the same in the file of the override; others are
// dropped (an annotation) or become `...` (a default).
#ifndef OVERT_CHECKER_LSP_FEATURES_METHOD_STUB_H_
#define OVERT_CHECKER_LSP_FEATURES_METHOD_STUB_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/lsp/features/relations.h"

namespace overt::lsp {

// The class that gets the method, and what stands before the cursor already.
struct StubPlace {
  FileId file;
  classes::ClassRef owner;
  bool is_marked = false;                   // `@override` stands above already
  std::optional<classes::MemberKind> kind;  // what decorators above make of it already
  bool is_async = false;                    // `async` stands before `def` already
};

struct MethodStub {
  std::vector<std::string> lines;  // without the indentation of the method; a tab stands for each further level
  std::string header;              // "def read_row", "async def fetch"
  bool needs_override_import = false;
};

class StubMaker {
 public:
  // `snapshot` must outlive the maker.
  StubMaker(const driver::Snapshot& snapshot, StubPlace place);

  // None if no `def` says what the member is, if it is of another kind than what stands there already, or if it takes
  // its receiver in `*args`.
  std::optional<MethodStub> Make(const classes::Inherited& base);

 private:
  // The `def` that a signature is taken from.
  struct Origin {
    FileId file;
    grammar::NodeId function;
    bool with_type_parameters = false;  // its own ones, `[T]`, are taken over too
  };
  struct Signature {
    std::string parameters;           // with the parentheses, and `[T]` before them
    std::vector<std::string> passed;  // how a call hands them on
    std::string returns;              // " -> int", or empty
    bool returns_none = false;
  };

  Signature SignatureOf(const classes::Member& member, grammar::NodeId function);
  std::optional<std::string> TypeParameters(const Origin& from);
  std::vector<std::string> Body(const classes::Inherited& base, grammar::NodeId function, const Signature& signature);
  std::string SuperCall(const classes::Member& member) const;
  std::string KindDecorator(classes::MemberKind kind, absl::string_view name) const;

  // The source of an annotation or default on one line; none if a name in it means something else in the stub's file.
  std::optional<std::string> Portable(const Origin& from, grammar::NodeId node, bool is_annotation);
  // Of a name that stands at the node, or in the string that the node is.
  bool MeansTheSame(const Origin& from, grammar::NodeId node, absl::string_view name) const;
  bool NamesMeanTheSame(const Origin& from, grammar::NodeId node, absl::string_view quoted) const;
  // What a module's name means, or the built-in one.
  classes::EntitySet Meaning(FileId file, absl::string_view name) const;
  classes::EntitySet BuiltinMeaning(absl::string_view name) const;
  const std::string& Text(FileId file);

  const driver::Snapshot& snapshot_;
  const StubPlace place_;
  const std::string override_;  // "override", "typing.override"; empty if the file has it under no name
  absl::flat_hash_map<FileId, std::string> texts_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_METHOD_STUB_H_
