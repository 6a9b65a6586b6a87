// The members that class-making calls list: fields of named tuples, members of enums, namespaces of `type(…)`.
#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/literal_strings.h"
#include "checker/classes/members.h"
#include "grammar/verdict/tokenizer.h"

namespace overt::classes {

using bind::ModuleIndex;
using grammar::Ast;
using grammar::NodeKind;

namespace {

class CallMembers {
 public:
  CallMembers(const MemberTarget& target, const ModuleIndex& index, NodeId call)
      : target_(target),
        ast_(index.ast()),
        call_(ast_.Get<grammar::CallNode>(call)),
        strings_(index, index.ScopeAt(call), index.FlowBefore(call)) {}

  // False: there may be more.
  bool Add() {
    switch (target_.info.form) {
      case ClassForm::kNamedTupleCall: return AddFields("field_names", "fields");
      case ClassForm::kEnumCall: return AddFields("names", "");
      case ClassForm::kMakeDataclassCall: return AddFields("fields", "") && AddNamespace("namespace", SIZE_MAX);
      case ClassForm::kTypeCall: return AddNamespace("dict", 2);
      case ClassForm::kTypedDictCall:  // keys are no attributes
      case ClassForm::kNewTypeCall:
      case ClassForm::kOtherCall:
      case ClassForm::kSpecial:
      case ClassForm::kStatement: return true;
    }
    return true;
  }

 private:
  NodeId Argument(absl::string_view keyword, absl::string_view other, size_t position) const {
    if (position != SIZE_MAX) {
      const NodeId argument = PositionalArgument(ast_, call_.arguments(), position);
      if (argument.present()) return argument;
    }
    const NodeId value = KeywordValue(ast_, call_.arguments(), keyword);
    return value.present() || other.empty() ? value : KeywordValue(ast_, call_.arguments(), other);
  }

  void AddNames(const std::vector<LiteralString>& names) {
    const bool is_fields = target_.info.form == ClassForm::kMakeDataclassCall;
    for (const LiteralString& name : names) {
      target_.table.Add(
          MakeMember(target_, name.text, is_fields ? MemberKind::kDeclaration : MemberKind::kAttribute, name.range));
    }
  }

  // "x y", "x, y", ["x", "y"], [("x", int)], {"x": 1}.
  bool AddFields(absl::string_view keyword, absl::string_view other) {
    const NodeId fields = Argument(keyword, other, 1);
    if (!fields.present()) return AddKeywordFields();
    std::vector<LiteralString> names;
    bool is_known = true;
    if (IsString(ast_, fields)) {
      SplitWords(StringText(ast_, fields), ast_.range(fields), names);
    } else {
      is_known = strings_.OfElements(fields, names);
      if (!is_known && names.empty()) {
        std::vector<LiteralString> texts;
        is_known = strings_.Of(fields, texts);
        for (const LiteralString& text : texts) SplitWords(text.text, text.range, names);
      }
    }
    if (target_.info.form == ClassForm::kNamedTupleCall) is_known &= Rename(names);
    AddNames(names);
    return is_known;
  }

  // `rename=True` calls the i-th field `_i` where its name can be none. False: nobody knows whether it does.
  bool Rename(std::vector<LiteralString>& names) const {
    const NodeId rename = KeywordValue(ast_, call_.arguments(), "rename");
    if (!rename.present() || ast_.kind(rename) == NodeKind::kFalse) return true;
    absl::flat_hash_set<std::string> seen;
    bool is_renamed = false;
    for (size_t i = 0; i < names.size(); ++i) {
      std::string& name = names[i].text;
      const bool is_taken = !seen.insert(name).second;
      if (!is_taken && CanBeField(name)) continue;
      name = absl::StrCat("_", i);
      is_renamed = true;
    }
    return !is_renamed || ast_.kind(rename) == NodeKind::kTrue;
  }

  static bool CanBeField(absl::string_view name) {
    if (name.empty() || name.front() == '_' || absl::ascii_isdigit(static_cast<unsigned char>(name.front()))) {
      return false;
    }
    const auto is_part = [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte >= 0x80 || c == '_' || absl::ascii_isalnum(byte);
    };
    return absl::c_all_of(name, is_part) && grammar::KeywordOf(name) == grammar::Keyword::kNone;
  }

  // `NamedTuple("P", x=int)`, which Python 3.15 drops.
  bool AddKeywordFields() {
    for (const NodeId argument : call_.arguments()) {
      if (ast_.kind(argument) == NodeKind::kStarred) return false;
      if (ast_.kind(argument) != NodeKind::kKeyword) continue;
      const auto keyword = ast_.Get<grammar::KeywordNode>(argument);
      if (!keyword.name().present()) return false;
      AddNames({{std::string(ast_.name(keyword.name())), ast_.range(argument)}});
    }
    return true;
  }

  static void SplitWords(absl::string_view text, TextRange range, std::vector<LiteralString>& out) {
    std::string word;
    for (const char c : text) {
      const bool is_separator = c == ' ' || c == ',' || c == '\n' || c == '\t';
      if (!is_separator) word += c;
      if (is_separator && !word.empty()) out.push_back({std::exchange(word, ""), range});
    }
    if (!word.empty()) out.push_back({word, range});
  }

  bool AddNamespace(absl::string_view keyword, size_t position) {
    const NodeId space = Argument(keyword, "", position);
    if (!space.present()) return position == SIZE_MAX;
    if (ast_.kind(space) != NodeKind::kDict) return false;
    bool is_known = true;
    for (const NodeId item : ast_.Get<grammar::DictNode>(space).items()) {
      const NodeId key = ast_.Get<grammar::DictItemNode>(item).key();
      std::vector<LiteralString> names;
      is_known &= strings_.Of(key, names);
      AddNames(names);
    }
    return is_known;
  }

  const MemberTarget& target_;
  const Ast& ast_;
  grammar::CallNode call_;
  LiteralStrings strings_;
};

}  // namespace

bool AddCallMembers(const MemberTarget& target, const ModuleIndex& index, NodeId call) {
  return !CallMembers(target, index, call).Add();
}

}  // namespace overt::classes
