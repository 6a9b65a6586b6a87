// A law: leaping over what cannot matter never changes the answer. Random functions, every statement, every name.
#include <random>
#include <string>

#include "checker/bind/definition_walk.h"
#include "gtest/gtest.h"
#include "tests/unit/bind/bind_testing.h"

namespace overt::bind {
namespace {

class RandomProgram {
 public:
  explicit RandomProgram(uint32_t seed) : random_(seed) {}

  std::string Make() {
    Suite(0, false);
    return "def f():\n" + text_ + " pass\n";
  }

 private:
  uint32_t Pick(uint32_t n) { return static_cast<uint32_t>(random_() % n); }
  std::string Name() { return std::string(1, static_cast<char>('a' + Pick(4))); }
  void Line(int depth, const std::string& text) {
    text_ += std::string(static_cast<size_t>(depth) + 1, ' ') + text + "\n";
  }
  void Suite(int depth, bool in_loop) {
    const uint32_t count = 1 + Pick(depth == 0 ? 12 : 4);
    for (uint32_t i = 0; i < count; ++i) Statement(depth, in_loop);
  }
  void Statement(int depth, bool in_loop);

  std::mt19937 random_;
  std::string text_;
};

void RandomProgram::Statement(int depth, bool in_loop) {
  const uint32_t kind = Pick(depth > 2 ? 7 : 16);
  switch (kind) {
    case 0:
    case 1:
    case 2: Line(depth, Name() + " = 1"); break;
    case 3: Line(depth, "del " + Name()); break;
    case 4: Line(depth, "g(c and (" + Name() + " := 1), [(" + Name() + " := i) for i in c])"); break;
    case 5: Line(depth, in_loop ? (Pick(2) == 0 ? "break" : "continue") : "g()"); break;
    case 6: Line(depth, Pick(4) == 0 ? "return" : Pick(4) == 0 ? "raise E" : "h(" + Name() + ")"); break;
    case 7:
    case 8:
    case 9:
      Line(depth, "if c:");
      Suite(depth + 1, in_loop);
      if (Pick(2) == 0) {
        Line(depth, "elif (" + Name() + " := c):");
        Suite(depth + 1, in_loop);
      }
      if (Pick(2) == 0) {
        Line(depth, "else:");
        Suite(depth + 1, in_loop);
      }
      break;
    case 10:
    case 11:
      Line(depth, kind == 10     ? "for " + Name() + " in c:"
                  : Pick(3) == 0 ? "while True:"
                                 : "while (" + Name() + " := c):");
      Suite(depth + 1, true);
      if (Pick(3) == 0) {
        Line(depth, "else:");
        Suite(depth + 1, in_loop);
      }
      break;
    case 12:
    case 13: {
      const bool has_handler = Pick(4) != 0;
      Line(depth, "try:");
      Suite(depth + 1, in_loop);
      if (has_handler) {
        Line(depth, "except E as " + Name() + ":");
        Suite(depth + 1, in_loop);
        if (Pick(2) == 0) {
          Line(depth, "else:");
          Suite(depth + 1, in_loop);
        }
      }
      if (!has_handler || Pick(3) == 0) {
        Line(depth, "finally:");
        Suite(depth + 1, in_loop);
      }
      break;
    }
    case 14:
      Line(depth, Pick(2) == 0 ? "with suppress(E):" : "with c as " + Name() + ":");
      Suite(depth + 1, in_loop);
      break;
    default:
      Line(depth, "match c:");
      Line(depth + 1, "case A(" + Name() + ") | [" + Name() + "] if (" + Name() + " := c):");
      Suite(depth + 2, in_loop);
      Line(depth + 1, "case " + Name() + ":");
      Suite(depth + 2, in_loop);
      break;
  }
}

TEST(WalkLawTest, LeapsChangeNothing) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    const std::string text = RandomProgram(seed).Make();
    const ModuleIndex index = Bound(text);
    for (uint32_t id = 0; id < index.ast().node_count(); ++id) {
      const NodeId statement(id);
      if (grammar::CategoryOf(index.ast().kind(statement)) != grammar::NodeCategory::kStatement) continue;
      const FlowId flow = index.FlowBefore(statement);
      for (uint32_t s = 0; s < index.symbols().size(); ++s) {
        bool slow_unbound = false;
        bool fast_unbound = false;
        DefinitionWalk slow(index, SymbolId(s), UINT32_MAX);
        slow.From(flow);
        DefinitionWalk fast(index, SymbolId(s), 0);
        fast.From(flow);
        const auto right = std::move(slow).Take(&slow_unbound);
        const auto answer = std::move(fast).Take(&fast_unbound);
        ASSERT_EQ(Lines(index, answer, fast_unbound), Lines(index, right, slow_unbound))
            << "seed " << seed << ", name " << index.ast().name(index.symbol(SymbolId(s)).name) << ", line "
            << LineAt(index, statement) << "\n"
            << text << index.DumpFlow();
      }
    }
  }
}

}  // namespace
}  // namespace overt::bind
