#include "checker/classes/family_shape.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace overt::classes {
namespace {

using grammar::Ast;
using grammar::Atom;
using grammar::FieldInfo;
using grammar::NameId;
using grammar::NodeId;
using grammar::NodeKind;

class ShapeHash {
 public:
  explicit ShapeHash(uint64_t seed) : state_(seed) {}
  void Add(uint64_t value) {
    state_ = (state_ ^ value) * 0x9E3779B97F4A7C15u;
    state_ ^= state_ >> 29;
  }
  void AddText(absl::string_view text) { Add(XXH3_64bits(text.data(), text.size())); }
  uint64_t value() const { return state_; }

 private:
  uint64_t state_;
};

// The ids of a method's nodes: its subtree is a stretch of the row.
struct MethodNodes {
  uint32_t first, last;
  NameId name;
};

class ShapeReader {
 public:
  ShapeReader(const bind::ModuleIndex& index, grammar::Interner& interner)
      : index_(index), ast_(index.ast()), interner_(interner) {
    FindMethods();
  }

  FamilyShape Read() {
    ShapeHash rest(1);
    size_t next = 0;
    for (uint32_t id = 0; id < ast_.node_count(); ++id) {
      if (next < methods_.size() && methods_[next].first == id) {
        const MethodNodes& method = methods_[next++];
        ReadMethod(method, rest);
        id = method.last;
        continue;
      }
      AddNode(NodeId(id), rest);
      ++place_;
      AskFor(NodeId(id), /*names_too=*/true);
    }
    for (const grammar::Comment& comment : ast_.comments()) {
      const absl::string_view text = ast_.comment_text(comment);
      if (absl::StrContains(text, "type:") && !absl::StrContains(text, "ignore")) rest.AddText(text);
    }
    shape_.rest = rest.value();
    shape_.asked.assign(asked_.begin(), asked_.end());
    absl::c_sort(shape_.asked);
    return std::move(shape_);
  }

 private:
  // The `def`s of class bodies whose names nothing else in the class binds, outermost ones only, by their places in the
  // row.
  void FindMethods() {
    std::vector<MethodNodes> found;
    for (const bind::Definition& definition : index_.definitions()) {
      if (definition.kind != bind::DefKind::kFunction || !definition.symbol.present()) continue;
      const bind::Symbol& symbol = index_.symbol(definition.symbol);
      if (index_.scope(symbol.scope).kind != bind::ScopeKind::kClass || !IsMadeByDefsOnly(symbol)) continue;
      found.push_back({ast_.first_of(definition.node).raw, definition.node.raw, symbol.name});
    }
    absl::c_sort(found, [](const MethodNodes& a, const MethodNodes& b) {
      return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
    for (const MethodNodes& method : found) {
      if (methods_.empty() || method.first > methods_.back().last) methods_.push_back(method);
    }
    for (const MethodNodes& method : methods_) method_nodes_.insert(NodeId(method.last));
  }

  bool IsMadeByDefsOnly(const bind::Symbol& symbol) const {
    for (bind::DefId id = symbol.first; id.present(); id = index_.definition(id).next) {
      if (index_.definition(id).kind != bind::DefKind::kFunction) return false;
    }
    return true;
  }

  // Its own hash goes on with what was before under its name. Imports and `global` reach out of it.
  void ReadMethod(const MethodNodes& method, ShapeHash& rest) {
    const Atom name = interner_.Intern(ast_.name(method.name));
    uint64_t& hash = shape_.methods[name];
    ShapeHash all(hash);
    all.Add(place_);
    for (uint32_t id = method.first; id <= method.last; ++id) {
      const NodeId node(id);
      AddNode(node, all);
      const NodeKind kind = ast_.kind(node);
      if (kind == NodeKind::kImport || kind == NodeKind::kImportFrom || kind == NodeKind::kGlobal) {
        for (uint32_t part = ast_.first_of(node).raw; part <= id; ++part) AddNode(NodeId(part), rest);
      }
    }
    hash = all.value();
    // What a statement computes for nothing but its effect is no value that anything could follow.
    for (uint32_t id = method.last + 1; id-- > method.first;) {
      if (ast_.kind(NodeId(id)) == NodeKind::kExpressionStatement) {
        id = ast_.first_of(NodeId(id)).raw;
      } else {
        AskFor(NodeId(id), /*names_too=*/false);
      }
    }
  }

  void AskFor(NodeId node, bool names_too) {
    if (ast_.kind(node) == NodeKind::kAttribute) {
      Ask(ast_.name(ast_.Get<grammar::AttributeNode>(node).attribute()));
    } else if (ast_.kind(node) == NodeKind::kCall) {
      AskByString(ast_.Get<grammar::CallNode>(node));
    } else if (names_too && ast_.kind(node) == NodeKind::kName) {
      Ask(ast_.name(ast_.Get<grammar::NameNode>(node).name()));
    }
  }

  // `getattr(x, "name")`.
  void AskByString(const grammar::CallNode& call) {
    for (const NodeId argument : call.arguments()) {
      if (!ast_.Is<grammar::StringNode>(argument)) continue;
      const absl::string_view callee = ast_.Is<grammar::NameNode>(call.callee())
                                           ? ast_.name(ast_.Get<grammar::NameNode>(call.callee()).name())
                                           : absl::string_view();
      if (callee == "getattr") Ask(ast_.Get<grammar::StringNode>(argument).text());
    }
  }

  void Ask(absl::string_view name) { asked_.insert(interner_.Intern(name)); }

  // A node without its children; of its lists the lengths, methods not counted.
  void AddNode(NodeId id, ShapeHash& hash) const {
    const grammar::Node& node = ast_.node(id);
    hash.Add(static_cast<uint64_t>(node.kind) | static_cast<uint64_t>(node.flags) << 8 |
             static_cast<uint64_t>(node.small) << 16);
    const uint32_t* fields = grammar::WordCountOf(node.kind) == 1 ? &node.data : ast_.words() + node.data;
    for (const FieldInfo& field : grammar::FieldsOf(node.kind)) {
      const uint32_t value = fields[field.word];
      switch (field.type) {
        case FieldInfo::Type::kChild: break;
        case FieldInfo::Type::kOptionalChild: hash.Add(value == NodeId::kAbsent ? 1 : 2); break;
        case FieldInfo::Type::kList: hash.Add(LengthWithoutMethods(value, fields[field.word + 1])); break;
        case FieldInfo::Type::kName: hash.AddText(ast_.name(NameId(value))); break;
        case FieldInfo::Type::kOptionalName:
          if (value == NameId::kAbsent) {
            hash.Add(1);
          } else {
            hash.AddText(ast_.name(NameId(value)));
          }
          break;
        case FieldInfo::Type::kText: hash.AddText(ast_.text(value, fields[field.word + 1])); break;
        case FieldInfo::Type::kValue: hash.Add(value); break;
      }
    }
  }

  uint64_t LengthWithoutMethods(uint32_t first_word, uint32_t length) const {
    uint64_t count = 0;
    for (uint32_t i = 0; i < length; ++i) count += method_nodes_.contains(NodeId(ast_.words()[first_word + i])) ? 0 : 1;
    return count;
  }

  const bind::ModuleIndex& index_;
  const Ast& ast_;
  grammar::Interner& interner_;
  std::vector<MethodNodes> methods_;
  absl::flat_hash_set<NodeId> method_nodes_;
  uint64_t place_ = 0;  // how many nodes of the rest stand before
  absl::flat_hash_set<Atom> asked_;
  FamilyShape shape_;
};

}  // namespace

FamilyShape ShapeOf(const bind::ModuleIndex& index, grammar::Interner& interner) {
  return ShapeReader(index, interner).Read();
}

bool MayMoveBases(const FamilyShape& before, const FamilyShape& now, const std::function<bool(Atom)>& is_asked) {
  if (before.rest != now.rest) return true;
  const auto differs = [&](const FamilyShape& one, const FamilyShape& other) {
    return absl::c_any_of(one.methods, [&](const auto& method) {
      const auto same = other.methods.find(method.first);
      return (same == other.methods.end() || same->second != method.second) && is_asked(method.first);
    });
  };
  return differs(before, now) || differs(now, before);
}

}  // namespace overt::classes
