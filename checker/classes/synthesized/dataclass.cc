// Source: the documentation of dataclasses; the typing specification, "Dataclasses" (dataclass_transform); attrs' docs.
#include "checker/classes/synthesized/synthesized.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

enum class Flavor : uint8_t { kDataclass, kAttrsDefine, kAttrsOld, kTransform };

class Options {
 public:
  Options(const Ast& ast, grammar::NodeList arguments) : ast_(&ast), arguments_(arguments) {}
  Options() = default;

  bool Get(absl::string_view name, bool default_value) const {
    if (ast_ == nullptr) return default_value;
    const NodeId value = KeywordValue(*ast_, arguments_, name);
    if (!value.present()) return default_value;
    if (ast_->kind(value) == NodeKind::kTrue) return true;
    if (ast_->kind(value) == NodeKind::kFalse) return false;
    return true;  // existence is likelier than not
  }

 private:
  const Ast* ast_ = nullptr;
  grammar::NodeList arguments_;
};

// By which decorator, and what it is told.
struct Maker {
  Flavor flavor = Flavor::kTransform;
  Options options;
};

Maker FindMaker(const MemberTarget& target, const ModuleIndex& index, const grammar::ClassDefNode& node) {
  const Ast& ast = index.ast();
  Maker maker;
  maker.options = Options(ast, node.arguments());
  const Site site{target.file(), &index, index.ScopeAt(node.id()), index.FlowBefore(node.id())};
  for (const NodeId decorator : node.decorators()) {
    const NodeId expression = ast.Get<grammar::DecoratorNode>(decorator).expression();
    const bool is_call = ast.kind(expression) == NodeKind::kCall;
    const NodeId named = is_call ? ast.Get<grammar::CallNode>(expression).callee() : expression;
    const EntitySet values = EvaluateAlone(target.engine, site, named);
    const Options options = is_call ? Options(ast, ast.Get<grammar::CallNode>(expression).arguments()) : Options();
    for (const Entity& value : values) {
      switch (value.special) {
        case SpecialForm::kDataclass: return {Flavor::kDataclass, options};
        case SpecialForm::kAttrsDefine:
        case SpecialForm::kAttrsMutable:
        case SpecialForm::kAttrsFrozen: return {Flavor::kAttrsDefine, options};
        case SpecialForm::kAttrsS:
        case SpecialForm::kAttrsSShort:
        case SpecialForm::kAttrsDataclass: return {Flavor::kAttrsOld, options};
        default: break;
      }
    }
    if (is_call) maker.options = options;
  }
  return maker;
}

constexpr absl::string_view kComparisons = "__lt__ __le__ __gt__ __ge__";

void AddStandard(const MemberTarget& target, const Options& options) {
  AddSynthesizedList(target, "__dataclass_fields__ __dataclass_params__");
  if (options.Get("init", true)) AddSynthesized(target, "__init__");
  if (options.Get("repr", true)) AddSynthesized(target, "__repr__");
  const bool has_equality = options.Get("eq", true);
  // Equality without `frozen` sets `__hash__` to None: the name is there.
  if (has_equality) AddSynthesizedList(target, "__eq__ __hash__");
  if (options.Get("unsafe_hash", false)) AddSynthesized(target, "__hash__");
  if (options.Get("order", false)) AddSynthesizedList(target, kComparisons);
  if (options.Get("frozen", false)) AddSynthesizedList(target, "__setattr__ __delattr__");
  const grammar::PythonVersion version = target.engine.program.options().target.version;
  if (options.Get("match_args", true) && version >= grammar::PythonVersion{3, 10}) {
    AddSynthesized(target, "__match_args__");
  }
  if (options.Get("slots", false)) AddSynthesizedList(target, "__slots__ __getstate__ __setstate__");
  if (version >= grammar::PythonVersion{3, 13}) AddSynthesized(target, "__replace__");
}

void AddAttrs(const MemberTarget& target, const Options& options, Flavor flavor) {
  AddSynthesizedList(target, "__attrs_attrs__ __attrs_props__ __attrs_own_setattr__ __match_args__");
  if (options.Get("init", true)) {
    AddSynthesized(target, "__init__");
  } else {
    AddSynthesized(target, "__attrs_init__");
  }
  if (options.Get("repr", true)) AddSynthesized(target, "__repr__");
  if (options.Get("eq", true)) AddSynthesizedList(target, "__eq__ __ne__ __hash__");
  if (options.Get("order", flavor == Flavor::kAttrsOld)) AddSynthesizedList(target, kComparisons);
  const bool has_slots = options.Get("slots", flavor == Flavor::kAttrsDefine);
  if (has_slots) AddSynthesizedList(target, "__slots__ __weakref__ __getstate__ __setstate__");
  if (flavor == Flavor::kAttrsDefine || options.Get("frozen", false))
    AddSynthesizedList(target, "__setattr__ __delattr__");
  if (target.engine.program.options().target.version >= grammar::PythonVersion{3, 13}) {
    AddSynthesized(target, "__replace__");
  }
}

}  // namespace

void AddDataclassMembers(const MemberTarget& target) {
  if (target.info.form == ClassForm::kMakeDataclassCall) {
    AddStandard(target, Options());
    return;
  }
  const ModuleIndex& index = *target.engine.program.Index(target.file());
  if (target.info.form != ClassForm::kStatement) return;
  const Maker maker = FindMaker(target, index, index.ast().Get<grammar::ClassDefNode>(target.info.ref.node));
  switch (maker.flavor) {
    case Flavor::kDataclass: AddStandard(target, maker.options); return;
    case Flavor::kAttrsDefine:
    case Flavor::kAttrsOld: AddAttrs(target, maker.options, maker.flavor); return;
    case Flavor::kTransform:
      if (maker.options.Get("init", true)) AddSynthesized(target, "__init__");
      if (maker.options.Get("eq", true)) AddSynthesized(target, "__eq__");
      if (maker.options.Get("order", false)) AddSynthesizedList(target, kComparisons);
      return;
  }
}

}  // namespace overt::classes
