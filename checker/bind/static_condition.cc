#include "checker/bind/static_condition.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "grammar/ast/terminal_name.h"
#include "grammar/base/names.h"

namespace overt::bind {
namespace {

using grammar::Ast;
using grammar::CompareOperator;
using grammar::NameId;
using grammar::NodeId;
using grammar::NodeKind;
namespace names = grammar::names;
using Meaning = StaticNames::Meaning;

Truth Of(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

Truth Not(Truth truth) {
  switch (truth) {
    case Truth::kTrue: return Truth::kFalse;
    case Truth::kFalse: return Truth::kTrue;
    case Truth::kUnknown: return Truth::kUnknown;
  }
  return Truth::kUnknown;
}

// -1, 0, 1 under an operator.
Truth Holds(int order, CompareOperator op) {
  switch (op) {
    case CompareOperator::kEq: return Of(order == 0);
    case CompareOperator::kNotEq: return Of(order != 0);
    case CompareOperator::kLt: return Of(order < 0);
    case CompareOperator::kLtE: return Of(order <= 0);
    case CompareOperator::kGt: return Of(order > 0);
    case CompareOperator::kGtE: return Of(order >= 0);
    case CompareOperator::kIs:
    case CompareOperator::kIsNot:
    case CompareOperator::kIn:
    case CompareOperator::kNotIn: return Truth::kUnknown;
  }
  return Truth::kUnknown;
}

CompareOperator Mirrored(CompareOperator op) {
  switch (op) {
    case CompareOperator::kLt: return CompareOperator::kGt;
    case CompareOperator::kLtE: return CompareOperator::kGtE;
    case CompareOperator::kGt: return CompareOperator::kLt;
    case CompareOperator::kGtE: return CompareOperator::kLtE;
    case CompareOperator::kEq:
    case CompareOperator::kNotEq:
    case CompareOperator::kIs:
    case CompareOperator::kIsNot:
    case CompareOperator::kIn:
    case CompareOperator::kNotIn: return op;
  }
  return op;
}

// The first parts of a tuple of numbers; what comes after the fourth never decides.
class Numbers {
 public:
  Numbers() = default;
  Numbers(std::initializer_list<uint32_t> values) {
    for (const uint32_t value : values) push_back(value);
  }
  void push_back(uint32_t value) {
    if (size_ < values_.size()) values_[size_++] = value;
  }
  void Truncate(size_t size) { size_ = std::min(size_, size); }
  size_t size() const { return size_; }
  uint32_t operator[](size_t i) const { return values_[i]; }

 private:
  std::array<uint32_t, 4> values_ = {};
  size_t size_ = 0;
};

// An operand that is known before the program runs, as far as it is.
struct Operand {
  enum class Kind : uint8_t { kUnknown, kText, kNumber, kTuple, kVersion };
  Kind kind = Kind::kUnknown;
  absl::string_view text;   // kText
  Numbers numbers;          // kNumber: one; kTuple; kVersion: what is known of it
  bool open_ended = false;  // kVersion: further parts follow that are not known
};

class ConditionReader {
 public:
  ConditionReader(const Ast& ast, const Target& target, const StaticNames* names)
      : ast_(ast), target_(target), names_(names) {}

  // Anything but `and`, `or`, `not`, a conditional or a walrus.
  ConditionValue Leaf(NodeId id) const {
    switch (ast_.kind(id)) {
      case NodeKind::kTrue: return {Truth::kTrue};
      case NodeKind::kFalse:
      case NodeKind::kNone: return {Truth::kFalse};
      case NodeKind::kNumber: return Number(id);
      case NodeKind::kName:
      case NodeKind::kAttribute: return IsTypeChecking(id) ? ConditionValue{Truth::kTrue, true} : Guard(id);
      case NodeKind::kCompare: return {Comparison(id)};
      case NodeKind::kCall: return {Call(id)};
      default: return {};
    }
  }

 private:
  Meaning MeaningOf(NameId name) const { return names_ == nullptr ? Meaning::kNone : names_->Find(name); }

  ConditionValue Number(NodeId id) const {
    const auto number = ast_.Get<grammar::NumberNode>(id);
    if (number.small() != static_cast<uint16_t>(grammar::NumberKind::kInt)) return {};
    return {Of(number.value() != 0)};
  }

  // `WINDOWS`, `six.PY3`.
  ConditionValue Guard(NodeId id) const {
    Meaning meaning = Meaning::kNone;
    if (ast_.kind(id) == NodeKind::kName) {
      meaning = MeaningOf(ast_.Get<grammar::NameNode>(id).name());
    } else {
      const auto attribute = ast_.Get<grammar::AttributeNode>(id);
      meaning = MeaningInSix(TerminalName(ast_, attribute.value()), ast_.name(attribute.attribute()));
    }
    if (meaning == Meaning::kTrue) return {Truth::kTrue};
    if (meaning == Meaning::kFalse) return {Truth::kFalse};
    return {};
  }

  bool IsTypeChecking(NodeId id) const {
    if (ast_.kind(id) == NodeKind::kName) {
      const NameId name = ast_.Get<grammar::NameNode>(id).name();
      return name == names::kTypeChecking || MeaningOf(name) == Meaning::kTypeChecking;
    }
    // `typing.TYPE_CHECKING`, `t.TYPE_CHECKING`: nobody calls anything else so.
    return ast_.Get<grammar::AttributeNode>(id).attribute() == names::kTypeChecking;
  }

  bool IsModule(NodeId id, NameId plain, Meaning meaning) const {
    if (ast_.kind(id) != NodeKind::kName) return false;
    const NameId name = ast_.Get<grammar::NameNode>(id).name();
    return name == plain || MeaningOf(name) == meaning;
  }

  // `sys.version_info`, `sys.platform`, `os.name` and what was imported from there.
  Meaning ThingAt(NodeId id) const {
    if (ast_.kind(id) == NodeKind::kName) return MeaningOf(ast_.Get<grammar::NameNode>(id).name());
    if (ast_.kind(id) != NodeKind::kAttribute) return Meaning::kNone;
    const auto attribute = ast_.Get<grammar::AttributeNode>(id);
    if (attribute.attribute() == names::kVersionInfo && IsModule(attribute.value(), names::kSys, Meaning::kSys)) {
      return Meaning::kVersionInfo;
    }
    if (attribute.attribute() == names::kPlatform && IsModule(attribute.value(), names::kSys, Meaning::kSys)) {
      return Meaning::kPlatform;
    }
    if (attribute.attribute() == names::kName && IsModule(attribute.value(), names::kOs, Meaning::kOs)) {
      return Meaning::kOsName;
    }
    return Meaning::kNone;
  }

  // `sys.implementation.name`
  bool IsImplementationName(NodeId id) const {
    if (ast_.kind(id) != NodeKind::kAttribute) return false;
    const auto outer = ast_.Get<grammar::AttributeNode>(id);
    if (outer.attribute() != names::kName || ast_.kind(outer.value()) != NodeKind::kAttribute) return false;
    const auto inner = ast_.Get<grammar::AttributeNode>(outer.value());
    return inner.attribute() == names::kImplementation && IsModule(inner.value(), names::kSys, Meaning::kSys);
  }

  std::optional<uint32_t> Int(NodeId id) const {
    if (!id.present() || ast_.kind(id) != NodeKind::kNumber) return std::nullopt;
    const auto number = ast_.Get<grammar::NumberNode>(id);
    if (number.small() != static_cast<uint16_t>(grammar::NumberKind::kInt) || number.value() == UINT32_MAX) {
      return std::nullopt;
    }
    return number.value();
  }

  Operand PlatformText(Meaning meaning) const {
    Operand out;
    if (target_.platform == "all") return out;
    out.kind = Operand::Kind::kText;
    if (meaning == Meaning::kPlatform) {
      out.text = target_.platform;
    } else {
      out.text = target_.platform == "win32" ? "nt" : "posix";
    }
    return out;
  }

  Operand Version() const {
    Operand out;
    out.kind = Operand::Kind::kVersion;
    out.numbers = {target_.version.major, target_.version.minor};
    out.open_ended = true;
    return out;
  }

  // `sys.version_info[0]`, `sys.version_info[:2]`
  Operand VersionSubscript(NodeId id) const {
    Operand out;
    const auto subscript = ast_.Get<grammar::SubscriptNode>(id);
    if (ThingAt(subscript.value()) != Meaning::kVersionInfo) return out;
    if (const auto index = Int(subscript.index()); index && *index < 2) {
      out.kind = Operand::Kind::kNumber;
      out.numbers = {*index == 0 ? target_.version.major : target_.version.minor};
    } else if (ast_.kind(subscript.index()) == NodeKind::kSlice) {
      const auto slice = ast_.Get<grammar::SliceNode>(subscript.index());
      const auto upper = Int(slice.upper());
      const auto lower = slice.lower().present() ? Int(slice.lower()) : std::optional<uint32_t>(0);
      if (!upper || !lower || *lower != 0 || *upper == 0 || slice.step().present()) return out;
      out = Version();
      if (*upper <= 2) {
        out.numbers.Truncate(*upper);
        out.open_ended = false;
      }
    }
    return out;
  }

  Operand TupleOperand(NodeId id) const {
    Operand out;
    for (const NodeId element : ast_.Get<grammar::TupleNode>(id).elements()) {
      const auto value = Int(element);
      if (!value) {
        // `(3, 8, 0, "final")`: what decides is nearly always in front.
        if (out.numbers.size() < 3) return {};
        break;
      }
      out.numbers.push_back(*value);
    }
    if (out.numbers.size() > 0) out.kind = Operand::Kind::kTuple;
    return out;
  }

  Operand Read(NodeId id) const {
    Operand out;
    switch (ast_.kind(id)) {
      case NodeKind::kNumber:
        if (const auto value = Int(id)) {
          out.kind = Operand::Kind::kNumber;
          out.numbers = {*value};
        }
        return out;
      case NodeKind::kString:
        out.kind = Operand::Kind::kText;
        out.text = ast_.Get<grammar::StringNode>(id).text();
        return out;
      case NodeKind::kTuple: return TupleOperand(id);
      case NodeKind::kSubscript: return VersionSubscript(id);
      case NodeKind::kName:
      case NodeKind::kAttribute: break;
      default: return out;
    }
    switch (ThingAt(id)) {
      case Meaning::kVersionInfo: return Version();
      case Meaning::kPlatform: return PlatformText(Meaning::kPlatform);
      case Meaning::kOsName: return PlatformText(Meaning::kOsName);
      case Meaning::kSys:
      case Meaning::kOs:
      case Meaning::kTypeChecking:
      case Meaning::kTrue:
      case Meaning::kFalse:
      case Meaning::kNone: break;
    }
    if (IsImplementationName(id)) {
      out.kind = Operand::Kind::kText;
      out.text = "cpython";
    } else if (ast_.kind(id) == NodeKind::kAttribute) {
      const auto attribute = ast_.Get<grammar::AttributeNode>(id);
      const bool major = attribute.attribute() == names::kMajor;
      if ((major || attribute.attribute() == names::kMinor) && ThingAt(attribute.value()) == Meaning::kVersionInfo) {
        out.kind = Operand::Kind::kNumber;
        out.numbers = {major ? target_.version.major : target_.version.minor};
      }
    }
    return out;
  }

  // Tuples compare as Python compares them; of the version only major and minor are known, and that more follows.
  static Truth CompareVersion(const Operand& version, CompareOperator op, const Operand& tuple) {
    const size_t common = std::min(version.numbers.size(), tuple.numbers.size());
    for (size_t i = 0; i < common; ++i) {
      if (version.numbers[i] != tuple.numbers[i]) return Holds(version.numbers[i] < tuple.numbers[i] ? -1 : 1, op);
    }
    if (version.numbers.size() > common) return Holds(1, op);
    if (tuple.numbers.size() == common) return Holds(version.open_ended ? 1 : 0, op);
    if (!version.open_ended) return Holds(-1, op);
    // The micro version is any number from zero on.
    if (tuple.numbers.size() == common + 1 && tuple.numbers[common] == 0) return Holds(1, op);
    return Truth::kUnknown;
  }

  static Truth CompareOperands(const Operand& left, CompareOperator op, const Operand& right) {
    using Kind = Operand::Kind;
    if (left.kind == Kind::kVersion && right.kind == Kind::kTuple) return CompareVersion(left, op, right);
    if (left.kind == Kind::kTuple && right.kind == Kind::kVersion) return CompareVersion(right, Mirrored(op), left);
    if (left.kind == Kind::kNumber && right.kind == Kind::kNumber) {
      return Holds(left.numbers[0] < right.numbers[0] ? -1 : left.numbers[0] > right.numbers[0] ? 1 : 0, op);
    }
    if (left.kind == Kind::kText && right.kind == Kind::kText) return Holds(left.text.compare(right.text), op);
    return Truth::kUnknown;
  }

  // `sys.platform in ("win32", "cygwin")`
  Truth Membership(NodeId needle, NodeId haystack) const {
    const Operand text = Read(needle);
    if (text.kind == Operand::Kind::kUnknown) return Truth::kUnknown;
    grammar::NodeList elements;
    switch (ast_.kind(haystack)) {
      case NodeKind::kTuple: elements = ast_.Get<grammar::TupleNode>(haystack).elements(); break;
      case NodeKind::kList: elements = ast_.Get<grammar::ListNode>(haystack).elements(); break;
      case NodeKind::kSet: elements = ast_.Get<grammar::SetNode>(haystack).elements(); break;
      case NodeKind::kString:
        return text.kind == Operand::Kind::kText
                   ? Of(absl::StrContains(ast_.Get<grammar::StringNode>(haystack).text(), text.text))
                   : Truth::kUnknown;
      default: return Truth::kUnknown;
    }
    bool unknown = false;
    for (const NodeId element : elements) {
      switch (CompareOperands(text, CompareOperator::kEq, Read(element))) {
        case Truth::kTrue: return Truth::kTrue;
        case Truth::kFalse: break;
        case Truth::kUnknown: unknown = true; break;
      }
    }
    return unknown ? Truth::kUnknown : Truth::kFalse;
  }

  Truth Comparison(NodeId id) const {
    const auto compare = ast_.Get<grammar::CompareNode>(id);
    NodeId left = compare.left();
    Truth all = Truth::kTrue;
    for (const NodeId comparator : compare.comparators()) {
      const auto operand = ast_.Get<grammar::CompareOperandNode>(comparator);
      const auto op = static_cast<CompareOperator>(operand.small());
      Truth one = Truth::kUnknown;
      if (op == CompareOperator::kIn || op == CompareOperator::kNotIn) {
        one = Membership(left, operand.value());
        if (op == CompareOperator::kNotIn) one = Not(one);
      } else if (const Operand first = Read(left); first.kind != Operand::Kind::kUnknown) {
        one = CompareOperands(first, op, Read(operand.value()));
      }
      if (one == Truth::kFalse) return Truth::kFalse;
      if (one == Truth::kUnknown) all = Truth::kUnknown;
      left = operand.value();
    }
    return all;
  }

  // `sys.platform.startswith("win")`, also with a tuple.
  Truth Call(NodeId id) const {
    const auto call = ast_.Get<grammar::CallNode>(id);
    if (call.arguments().size() != 1 || ast_.kind(call.callee()) != NodeKind::kAttribute) return Truth::kUnknown;
    const auto callee = ast_.Get<grammar::AttributeNode>(call.callee());
    if (callee.attribute() != names::kStartsWith) return Truth::kUnknown;
    const Meaning thing = ThingAt(callee.value());
    if (thing != Meaning::kPlatform && thing != Meaning::kOsName) return Truth::kUnknown;
    const Operand text = Read(callee.value());
    if (text.kind != Operand::Kind::kText) return Truth::kUnknown;
    const NodeId argument = call.arguments().front();
    if (ast_.kind(argument) == NodeKind::kString) {
      return Of(absl::StartsWith(text.text, ast_.Get<grammar::StringNode>(argument).text()));
    }
    if (ast_.kind(argument) != NodeKind::kTuple) return Truth::kUnknown;
    for (const NodeId element : ast_.Get<grammar::TupleNode>(argument).elements()) {
      if (ast_.kind(element) != NodeKind::kString) return Truth::kUnknown;
      if (absl::StartsWith(text.text, ast_.Get<grammar::StringNode>(element).text())) return Truth::kTrue;
    }
    return Truth::kFalse;
  }

  const Ast& ast_;
  const Target& target_;
  const StaticNames* names_;
};

// One `and`, `or`, `not`, conditional or walrus whose parts are being evaluated.
struct Pending {
  NodeId node;
  uint32_t next = 0;  // the part to look at next
  ConditionValue so_far;
};

bool IsCompound(NodeKind kind) {
  return kind == NodeKind::kBoolOp || kind == NodeKind::kUnaryOp || kind == NodeKind::kIfExp ||
         kind == NodeKind::kNamedExpr;
}

// What comes of a node when `value` is the answer of part `next - 1`: the next part to evaluate, or none and the result
// is in `so_far`.
NodeId Advance(const Ast& ast, Pending& pending, ConditionValue value) {
  const NodeId id = pending.node;
  switch (ast.kind(id)) {
    case NodeKind::kUnaryOp: {
      const auto unary = ast.Get<grammar::UnaryOpNode>(id);
      if (static_cast<grammar::UnaryOperator>(unary.small()) != grammar::UnaryOperator::kNot) return NodeId::None();
      if (pending.next++ == 0) return unary.operand();
      pending.so_far = {Not(value.truth), value.uses_type_checking};
      return NodeId::None();
    }
    case NodeKind::kNamedExpr:
      if (pending.next++ == 0) return ast.Get<grammar::NamedExprNode>(id).value();
      pending.so_far = value;
      return NodeId::None();
    case NodeKind::kIfExp: {
      const auto choice = ast.Get<grammar::IfExpNode>(id);
      if (pending.next++ == 0) return choice.test();
      if (pending.next == 2) {
        pending.so_far.uses_type_checking = value.uses_type_checking;
        if (value.truth == Truth::kUnknown) return NodeId::None();
        return value.truth == Truth::kTrue ? choice.body() : choice.or_else();
      }
      value.uses_type_checking |= pending.so_far.uses_type_checking;
      pending.so_far = value;
      return NodeId::None();
    }
    default: break;
  }
  const auto bool_op = ast.Get<grammar::BoolOpNode>(id);
  const bool is_and = static_cast<grammar::BoolOperator>(bool_op.small()) == grammar::BoolOperator::kAnd;
  const Truth deciding = is_and ? Truth::kFalse : Truth::kTrue;
  if (pending.next == 0) {
    pending.so_far.truth = is_and ? Truth::kTrue : Truth::kFalse;
  } else if (value.truth == deciding) {
    pending.so_far = value;
    return NodeId::None();
  } else {
    if (value.truth == Truth::kUnknown) pending.so_far.truth = Truth::kUnknown;
    pending.so_far.uses_type_checking |= value.uses_type_checking;
  }
  return pending.next < bool_op.values().size() ? bool_op.values()[pending.next++] : NodeId::None();
}

}  // namespace

Meaning StaticNames::Find(NameId name) const {
  for (const auto& [known, meaning] : names_) {
    if (known == name) return meaning;
  }
  return Meaning::kNone;
}

Meaning MeaningInSix(absl::string_view module, absl::string_view name) {
  if (module != "six" && !absl::EndsWith(module, ".six")) return Meaning::kNone;
  if (name == "PY2") return Meaning::kFalse;
  return name == "PY3" ? Meaning::kTrue : Meaning::kNone;
}

ConditionValue EvaluateCondition(const Ast& ast, NodeId expression, const Target& target, const StaticNames* names) {
  const ConditionReader reader(ast, target, names);
  if (!IsCompound(ast.kind(expression))) return reader.Leaf(expression);
  absl::InlinedVector<Pending, 8> stack;
  stack.push_back({expression, 0, {}});
  ConditionValue value;
  while (!stack.empty()) {
    const NodeId next = Advance(ast, stack.back(), value);
    if (!next.present()) {
      value = stack.back().so_far;
      stack.pop_back();
    } else if (IsCompound(ast.kind(next))) {
      stack.push_back({next, 0, {}});
    } else {
      value = reader.Leaf(next);
    }
  }
  if (value.truth == Truth::kUnknown) value.uses_type_checking = false;
  return value;
}

}  // namespace overt::bind
