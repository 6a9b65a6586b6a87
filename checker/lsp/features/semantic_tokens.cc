#include "checker/lsp/features/semantic_tokens.h"

#include <algorithm>
#include <optional>

#include "absl/algorithm/container.h"
#include "checker/classes/member_use.h"
#include "checker/lsp/features/relations.h"

namespace overt::lsp {

using classes::ClassRef;
using classes::Inherited;
using classes::Member;
using classes::MemberFlags;
using classes::MemberKind;
using classes::MemberUse;
using driver::Snapshot;
using grammar::NodeId;

namespace {

class TokenReader {
 public:
  TokenReader(const Snapshot& snapshot, FileId file) : snapshot_(snapshot), classes_(*snapshot.classes), file_(file) {}

  std::vector<SemanticToken> Read() {
    for (const ClassRef ref : classes_.ClassesIn(file_)) AddClass(ref);
    for (const Method& method : MethodsIn(snapshot_, file_)) AddMethod(method);
    AddUses();
    absl::c_sort(tokens_, [](const auto& a, const auto& b) { return a.name < b.name; });
    const auto is_same = [](const auto& a, const auto& b) { return a.name == b.name; };
    tokens_.erase(std::unique(tokens_.begin(), tokens_.end(), is_same), tokens_.end());
    return std::move(tokens_);
  }

 private:
  void Add(TextRange name, SemanticToken::Type type, int modifiers) {
    if (modifiers != 0 && name.size() > 0) tokens_.push_back({name, type, static_cast<uint8_t>(modifiers)});
  }

  static SemanticToken::Type TypeOf(MemberKind kind) {
    const bool is_property = kind == MemberKind::kProperty || kind == MemberKind::kCachedProperty;
    return is_property ? SemanticToken::Type::kProperty : SemanticToken::Type::kMethod;
  }

  static int FlagsOf(const Member& member) {
    return (member.is(MemberFlags::kAbstract) ? SemanticToken::kAbstract : 0) |
           (member.is(MemberFlags::kFinal) ? SemanticToken::kFinal : 0);
  }

  void AddClass(ClassRef ref) {
    const classes::ClassInfo& info = classes_.InfoOf(ref);
    const bool is_abstract =
        absl::c_any_of(classes_.MembersOf(ref).all(), [](const Member& one) { return one.is(MemberFlags::kAbstract); });
    Add(info.name_range, SemanticToken::Type::kClass,
        (is_abstract ? SemanticToken::kAbstract : 0) |
            (info.is(classes::ClassFlags::kFinal) ? SemanticToken::kFinal : 0));
  }

  void AddMethod(const Method& method) {
    const bool overrides = !NotableBaseMembers(classes_, method.owner, method.member->name).empty();
    Add(method.name, TypeOf(method.member->kind), FlagsOf(*method.member) | (overrides ? SemanticToken::kOverride : 0));
  }

  void AddUses() {
    const grammar::Ast& ast = snapshot_.program->Index(file_)->ast();
    classes::MemberUseReader reader(classes_, file_);
    for (uint32_t raw = 0; raw < ast.node_count(); ++raw) {
      if (!ast.Is<grammar::AttributeNode>(NodeId(raw))) continue;
      const std::optional<MemberUse> use = reader.ReadOwn(NodeId(raw));
      if (!use) continue;
      const Inherited found = InheritedBy(*use);
      if (found.member == nullptr || !IsMethod(found.member->kind)) continue;
      Add(use->range, TypeOf(found.member->kind), FlagsOf(*found.member) | SemanticToken::kInherited);
    }
  }

  // What the use finds above the class in whose method it stands; nothing if the class has it itself.
  Inherited InheritedBy(const MemberUse& use) const {
    const grammar::Atom name = snapshot_.program->interner().Intern(use.name);
    if (use.kind == MemberUse::Kind::kSuper) return NextAfter(classes_, use.super.start, use.super.around, name);
    const ClassRef own = use.classes.front();
    return classes_.MembersOf(own).Find(name) == nullptr ? classes_.FindInherited(own, name) : Inherited();
  }

  const Snapshot& snapshot_;
  const classes::ClassTable& classes_;
  const FileId file_;
  std::vector<SemanticToken> tokens_;
};

}  // namespace

std::vector<SemanticToken> SemanticTokens(const Snapshot& snapshot, FileId file) {
  if (snapshot.program->Index(file) == nullptr) return {};
  return TokenReader(snapshot, file).Read();
}

}  // namespace overt::lsp
