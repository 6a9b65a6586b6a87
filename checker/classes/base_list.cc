#include "checker/classes/base_list.h"

#include "absl/strings/match.h"
#include "checker/classes/runtime_bases.h"

namespace overt::classes {
namespace {

class Lister {
 public:
  Lister(Query& query, ClassRef ref, const ClassInfo& info)
      : query_(query), ref_(ref), info_(info), is_stub_(query.engine.program.file(ref.file).is_stub) {}

  BaseList List() {
    if (const auto at_run_time = RuntimeBases::Of(query_.engine.program, info_); at_run_time.has_value()) {
      AddRuntimeBases(*at_run_time);
    } else {
      for (const Base& base : info_.bases) AddBase(base);
    }
    if (!is_stub_) {
      DropGeneric();
      ResolveAliases();
    }
    // Whatever the bases turn out to be, the last ancestor of every class is `object`.
    if (out_.bases.empty() && !info_.bases.empty()) Append(Builtin("object"), true);
    return std::move(out_);
  }

 private:
  // A class of the library whose stub lists bases that it only is registered with, or leaves out some that it has.
  void AddRuntimeBases(absl::Span<const absl::string_view> names) {
    for (const Base& base : info_.bases) {
      for (const Entity& entity : base.alternatives) {
        if (entity.is_class()) NoteAlternative(entity.class_ref);
      }
    }
    const Entity module = query_.engine.ModuleNamed(query_.engine.program.file(ref_.file).module);
    for (const absl::string_view name : names) {
      const EntitySet found = name == "object" ? BuiltinValue(query_, name) : AttributeOfModule(query_, module, name);
      for (const Entity& entity : found) {
        if (entity.class_ref.present()) Append(entity.class_ref, true);
      }
    }
  }

  void AddBase(const Base& base) {
    LinearBase linear;
    size_t classes = 0;
    bool has_unknown = false;
    for (const Entity& entity : base.alternatives) {
      const ClassRef ref = ClassOf(entity, base);
      if (!ref.present()) {
        has_unknown |= IsUnknown(entity, base);
        continue;
      }
      if (++classes == 1) {
        linear = {ref, true, entity.subscripted, entity.is_typing_alias, entity.special};
      } else if (ref != linear.ref) {
        linear.is_certain = false;
        NoteAlternative(ref);
      }
    }
    if (has_unknown) {
      linear.is_certain = false;
      if (out_.unknown_at == SIZE_MAX) out_.unknown_at = out_.bases.size();
    }
    if (linear.ref.present()) {
      linear.is_certain = linear.is_certain && !MayBeReplaced(linear.ref) && !IsMadeAnew(linear.ref);
      out_.bases.push_back(linear);
    }
  }

  // A decorator that overt does not know may have put another class in the place of this one or of an ancestor.
  bool MayBeReplaced(ClassRef ref) {
    const uint32_t flags = OwnInfo(query_, ref).flags | MroIn(query_, ref).ancestor_flags;
    return (flags & ClassFlags::kUnknownDecorator) != 0;
  }

  // A class in the body of a function, seen from outside: each call makes another one.
  bool IsMadeAnew(ClassRef ref) {
    if (!OwnInfo(query_, ref).is(ClassFlags::kInFunction)) return false;
    const bind::ModuleIndex& index = *query_.engine.program.Index(ref.file);
    const bind::ScopeId function = EnclosingFunction(index, index.ScopeAt(ref.node));
    if (ref_.file != ref.file) return true;
    for (bind::ScopeId at = index.ScopeAt(ref_.node); at.present(); at = index.scope(at).parent) {
      if (at == function) return false;
    }
    return true;
  }

  // The class that stands in the MRO for one alternative.
  ClassRef ClassOf(const Entity& entity, const Base& base) {
    switch (entity.special) {
      case SpecialForm::kNamedTuple: return Builtin("tuple");
      case SpecialForm::kTypedDict: {
        for (const Entity& fallback : AttributeOfModule(query_, query_.engine.ModuleNamed("typing"), "_TypedDict")) {
          if (fallback.is_class()) NoteAlternative(fallback.class_ref);
        }
        return Builtin("dict");
      }
      case SpecialForm::kGeneric:
      case SpecialForm::kProtocol:
        // What stubs say about generics need not be so at run time.
        if (is_stub_ && base.expression.present() && !IsGenericAtRunTime(ref_, info_)) {
          out_.is_abstract_at_run_time |= entity.special == SpecialForm::kProtocol;
          NoteAlternative(entity.class_ref);
          return ClassRef();
        }
        return entity.class_ref;
      case SpecialForm::kAny:
        out_.has_any |= base.alternatives.size() == 1 && IsWrittenAny(base.expression);
        NoteUnknown(base.expression, UnknownReason::kAny, entity.node);
        return ClassRef();
      default: break;
    }
    // `type` as the metaclass of metaclasses and NewType's are ordinary entries; the latter is refused elsewhere.
    return entity.is_class() ? entity.class_ref : ClassRef();
  }

  // Not what a name of another kind came to: `Base = Any` for type checkers only.
  bool IsWrittenAny(NodeId expression) const {
    const bind::ModuleIndex* index = query_.engine.program.Index(ref_.file);
    if (is_stub_ || index == nullptr || !expression.present()) return false;
    return index->options().target.version >= grammar::PythonVersion{3, 11} &&
           TerminalName(index->ast(), expression) == "Any";
  }

  // typing's own protocols and `IO`; its other classes belong to collections.abc.
  bool IsGenericAtRunTime(ClassRef ref, const ClassInfo& info) const {
    return query_.engine.program.file(ref.file).module == "typing" &&
           (absl::StartsWith(info.name, "Supports") || info.name == "IO");
  }

  // Notes why; false for what is certainly no class and for what ClassOf has dealt with.
  bool IsUnknown(const Entity& entity, const Base& base) {
    if (entity.special == SpecialForm::kAny) return true;
    switch (entity.kind) {
      case EntityKind::kUnknown: NoteUnknown(base.expression, entity.reason, entity.node); return true;
      case EntityKind::kSpecial:
        if (entity.special == SpecialForm::kGeneric || entity.special == SpecialForm::kProtocol) return false;
        NoteUnknown(base.expression, UnknownReason::kUnsupported, entity.node);
        return true;
      case EntityKind::kAbsent: NoteUnknown(base.expression, UnknownReason::kUndefined, entity.node); return true;
      case EntityKind::kFunction:
      case EntityKind::kInstance:
        NoteUnknown(base.expression, UnknownReason::kUnsupported, {ref_.file, base.expression});
        return true;
      case EntityKind::kClass:
      case EntityKind::kModule:
      case EntityKind::kTypeVar:
      case EntityKind::kTypeAlias:
      case EntityKind::kValue: break;
    }
    return false;
  }

  ClassRef Builtin(absl::string_view name) {
    for (const Entity& entity : BuiltinValue(query_, name)) {
      if (entity.is_class()) return entity.class_ref;
    }
    return ClassRef();
  }

  void Append(ClassRef ref, bool is_certain) {
    LinearBase linear;
    linear.ref = ref;
    linear.is_certain = is_certain;
    if (ref.present()) out_.bases.push_back(linear);
  }
  void NoteUnknown(NodeId base, UnknownReason reason, NodeRef place) {
    out_.unknown.push_back({ref_, base, reason, place});
  }
  void NoteAlternative(ClassRef ref) {
    if (ref.present()) out_.alternatives.push_back(ref);
  }

  // --- What stands for Generic ---

  // An alias object of typing: `typing.List`, `Rows[int]` of a class that has Generic among its ancestors. `list[int]`
  // is another kind of object, which knows nothing of Generic.
  bool IsAliasOfTyping(const LinearBase& base) {
    if (base.is_typing_alias) return true;
    if (!base.is_subscripted) return false;
    // The first `__class_getitem__` of the MRO makes it.
    for (const ClassRef ref : MroIn(query_, base.ref).order) {
      if (IsGeneric(ref)) return true;
      if (IsSubscriptedByItself(ref)) return false;
    }
    return false;
  }

  bool IsGeneric(ClassRef ref) {
    return query_.engine.SpecialOf(ref.file, OwnInfo(query_, ref).name) == SpecialForm::kGeneric;
  }

  // A class of the library with a `__class_getitem__` of its own, where its stub says `Generic[T]` or `Protocol[T]`.
  bool IsSubscriptedByItself(ClassRef ref) {
    const program::FileInfo& file = query_.engine.program.file(ref.file);
    const bind::ModuleIndex* index = query_.engine.program.Index(ref.file);
    if (!file.is_bundled || index == nullptr || index->ast().kind(ref.node) != grammar::NodeKind::kClassDef)
      return false;
    const ClassInfo& info = OwnInfo(query_, ref);
    if (IsGenericAtRunTime(ref, info)) return false;
    for (const Base& base : info.bases) {
      for (const Entity& entity : base.alternatives) {
        const bool is_generic = entity.special == SpecialForm::kGeneric || entity.special == SpecialForm::kProtocol;
        if (is_generic && entity.subscripted) return true;
      }
    }
    const bind::ScopeId scope = index->ScopeOpenedBy(ref.node);
    return scope.present() && index->Find(scope, absl::string_view("__class_getitem__")).present();
  }

  // `class A(Generic[T], B[T])`: another alias of typing further right stands for Generic too.
  // Source: `_GenericAlias.__mro_entries__`.
  void DropGeneric() {
    std::vector<LinearBase>& bases = out_.bases;
    for (size_t i = 0; i < bases.size(); ++i) {
      if (bases[i].special != SpecialForm::kGeneric || !bases[i].is_subscripted) continue;
      bool drop = false;
      for (const LinearBase& base : bases) drop |= base.special == SpecialForm::kProtocol && !base.is_subscripted;
      for (size_t k = i + 1; k < bases.size(); ++k) {
        drop |= IsAliasOfTyping(bases[k]);
        const bool is_again = bases[k].special == SpecialForm::kGeneric && bases[k].is_subscripted;
        if (is_again && bases[i].is_certain && bases[k].is_certain) out_.generic_twice = bases[i].ref;
      }
      if (!drop) continue;
      bases.erase(bases.begin() + static_cast<std::ptrdiff_t>(i));
      if (out_.unknown_at != SIZE_MAX && out_.unknown_at > i) --out_.unknown_at;
      --i;
    }
  }

  // `class A(typing.Iterable[T])`: its bases are collections.abc.Iterable and, unless a later base brings it, Generic.
  // Source: `_BaseGenericAlias.__mro_entries__`.
  void ResolveAliases() {
    const std::vector<LinearBase> written = std::move(out_.bases);
    const size_t unknown_at = out_.unknown_at;
    out_.bases.clear();
    for (size_t i = 0; i < written.size(); ++i) {
      if (i == unknown_at) out_.unknown_at = out_.bases.size();
      const LinearBase& base = written[i];
      if (!base.is_typing_alias || !IsPlainBeside(written, base.ref)) out_.bases.push_back(base);
      if (base.is_typing_alias && base.is_certain && !BringsGeneric(written, i + 1)) AppendGeneric();
    }
    if (unknown_at == written.size()) out_.unknown_at = out_.bases.size();
  }

  static bool IsPlainBeside(const std::vector<LinearBase>& written, ClassRef ref) {
    for (const LinearBase& base : written) {
      if (base.ref == ref && !base.is_typing_alias && !base.is_subscripted) return true;
    }
    return false;
  }

  bool BringsGeneric(const std::vector<LinearBase>& written, size_t from) {
    // What is unknown may bring it.
    if (out_.unknown_at != SIZE_MAX) return true;
    for (size_t i = from; i < written.size(); ++i) {
      const LinearBase& base = written[i];
      if (base.is_typing_alias || !base.is_certain) return true;
      if (HasAncestor(query_, base.ref, SpecialForm::kGeneric)) return true;
    }
    return false;
  }

  void AppendGeneric() {
    for (const Entity& entity : AttributeOfModule(query_, query_.engine.ModuleNamed("typing"), "Generic")) {
      if (!entity.class_ref.present()) continue;
      Append(entity.class_ref, true);
      out_.bases.back().special = SpecialForm::kGeneric;
      return;
    }
  }

  Query& query_;
  const ClassRef ref_;
  const ClassInfo& info_;
  const bool is_stub_;
  BaseList out_;
};

}  // namespace

BaseList ListBases(Query& query, ClassRef ref, const ClassInfo& info) { return Lister(query, ref, info).List(); }

}  // namespace overt::classes
