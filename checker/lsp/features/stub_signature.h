// The signature of an override, from that of the base, and how a call of the base hands on what it takes.
//
//   def read(self, limit: int = LIMIT, /, *, strict: bool = False) -> Row: ...
//   → "(self, limit: int = LIMIT, /, *, strict: bool = False)", " -> Row", and passed: "limit", "strict=strict"
//
// An annotation that cannot be written in the file of the override is left out. A parameter whose default cannot be
// written is not named: the override takes it in `*args` and `**kwargs`, so that the base sees its own default where
// nothing was given. Only in a stub does `...` stand for a default.
#ifndef OVERT_CHECKER_LSP_FEATURES_STUB_SIGNATURE_H_
#define OVERT_CHECKER_LSP_FEATURES_STUB_SIGNATURE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "checker/lsp/features/stub_names.h"

namespace overt::lsp {

struct StubSignature {
  std::string parameters;           // with the parentheses, and `[T]` before them
  std::vector<std::string> passed;  // how a call hands them on; without what Python itself fills in
  std::string returns;              // " -> int", or empty
  bool returns_none = false;
  std::vector<fixes::NeededImport> imports;
};

// The `def` of the base.
struct SignatureSource {
  enum class Receiver : uint8_t { kNone, kFirstParameter };
  FileId file;
  grammar::NodeId function;
  Receiver receiver = Receiver::kFirstParameter;  // what Python fills in
  bool says_result = true;                        // no decorator makes something else of the function
};

class SignatureMaker {
 public:
  // All are borrowed. `in_stub`: the override stands in a stub file.
  SignatureMaker(const driver::Snapshot& snapshot, const StubNames& names, bool in_stub)
      : snapshot_(snapshot), names_(names), in_stub_(in_stub) {}

  // Whether names may be written that the file does not have yet.
  enum class Imports : uint8_t { kNone, kWhereNeeded };
  StubSignature Make(const SignatureSource& source, Imports may_import);

 private:
  struct Parameter {
    grammar::ParameterKind kind;
    std::string name;
    std::string text;                               // with stars, annotation and default
    std::vector<fixes::NeededImport> imports = {};  // for `text`
    bool is_lost = false;                           // its default cannot be written
  };
  struct Context {
    StubOrigin from;
    Imports may_import;
  };

  using NeededImports = std::vector<fixes::NeededImport>;
  std::string TypeParameters(Context& context, NeededImports& imports);
  std::vector<Parameter> ReadParameters(const Context& context);
  Parameter ReadParameter(const Context& context, grammar::NodeId id);
  static void GatherLost(std::vector<Parameter>& parameters);
  static std::string Listed(const std::vector<Parameter>& parameters);
  static std::vector<std::string> Passed(const std::vector<Parameter>& parameters, SignatureSource::Receiver receiver);

  // The source of an annotation or default on one line; none if a name in it means something else in the stub's file.
  std::optional<std::string> Portable(const Context& context, grammar::NodeId node, bool is_annotation,
                                      NeededImports& imports);
  const std::string& Text(FileId file);

  const driver::Snapshot& snapshot_;
  const StubNames& names_;
  const bool in_stub_;
  absl::flat_hash_map<FileId, std::string> texts_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_STUB_SIGNATURE_H_
