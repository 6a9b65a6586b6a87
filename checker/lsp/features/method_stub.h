// The text of a method that overrides another: decorators, signature from the base's source, a call of the base.
//
//   @override
//   async def fetch(self, key: str, *, fresh: bool = False) -> Row:
//       return await super().fetch(key, fresh=fresh)
//
// What the signature becomes in another file is decided by stub_signature.h, how `@override` is spelt there by
// checker/fixes.
#ifndef OVERT_CHECKER_LSP_FEATURES_METHOD_STUB_H_
#define OVERT_CHECKER_LSP_FEATURES_METHOD_STUB_H_

#include <optional>
#include <string>
#include <vector>

#include "checker/lsp/features/relations.h"
#include "checker/lsp/features/stub_signature.h"

namespace overt::lsp {

// The half-typed method: its class, and what stands around its name already.
struct StubPlace {
  FileId file;
  classes::ClassRef owner;
  grammar::NodeId function;
  std::optional<classes::MemberKind> kind;  // what decorators above make of it already
  bool is_async = false;                    // `async` stands before `def` already
  enum class Missing : uint8_t { kParametersAndBody, kParameters, kNothing };
  Missing missing = Missing::kParametersAndBody;  // behind the name
};

struct MethodStub {
  std::vector<std::string> decorators;  // "@override"; without those that stand there already
  bool is_async = false;
  std::string signature;           // "read_row(self) -> Row", or the name alone
  std::vector<std::string> body;   // without indentation; a tab stands for each level below the body's first
  std::vector<std::string> below;  // what follows on the level of the `def`, tabs for levels: the setter of a property
  std::vector<Edit> imports;       // sorted, all above the method
};

class StubMaker {
 public:
  // `text` is the file's, as the snapshot has it. Both must outlive the maker.
  StubMaker(const driver::Snapshot& snapshot, StubPlace place, absl::string_view text);

  // None if no `def` says what the member is, if it is of another kind than what stands there already, or if it takes
  // its receiver in `*args`.
  std::optional<MethodStub> Make(const classes::Inherited& base);

 private:
  using Imports = SignatureMaker::Imports;
  std::optional<MethodStub> TryMake(const classes::Inherited& base, Imports may_import);
  StubSignature SignatureOf(const classes::Member& member, grammar::NodeId function, Imports may_import);
  std::vector<std::string> Body(const classes::Inherited& base, grammar::NodeId function,
                                const StubSignature& signature) const;
  bool SaysOnlyWhatItIs(const classes::Inherited& base, grammar::NodeId function) const;
  // Adds the setter of the base's property, which a getter alone would take away.
  void AddSetter(const classes::Inherited& base, Imports may_import, MethodStub& stub,
                 std::vector<fixes::NeededImport>& imports);
  std::string OwnerName() const;  // as code in the class's methods calls it
  std::string SuperCall(const classes::Member& member) const;
  std::string KindDecorator(classes::MemberKind kind, absl::string_view name) const;

  // What the method needs to be marked. One decorator that says so may stand there, with or without its import.
  struct Mark {
    std::string decorator;  // empty: none is to be added
    std::optional<fixes::NeededImport> import;
  };
  Mark FindMark() const;

  const driver::Snapshot& snapshot_;
  const StubPlace place_;
  const bool in_stub_;  // file
  const fixes::FileFixer fixer_;
  const StubNames names_;
  SignatureMaker signatures_;
  const Mark mark_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_METHOD_STUB_H_
