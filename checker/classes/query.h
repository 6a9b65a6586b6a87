// One question to the class table and all the questions that it leads to.
//
// The policy for cycles of `checker/program/memo.h`, carried out: every step that is kept is a frame on this stack. A
// frame that meets itself answers "unknown: cycle" there; what was computed above the frame that was met is used in
// this query and not kept, so that nothing that is kept depends on who asked first. Deep chains (ten thousand aliases)
// do not nest: where frames would, the query is abandoned, the frame is answered from an empty stack and kept, and the
// query starts again.
#ifndef OVERT_CHECKER_CLASSES_QUERY_H_
#define OVERT_CHECKER_CLASSES_QUERY_H_

#include <algorithm>
#include <cstdint>
#include <deque>
#include <type_traits>
#include <utility>
#include <vector>

#include "checker/classes/engine.h"

namespace overt::classes {

enum class FrameKind : uint8_t { kDefinition, kModuleName, kReturn, kInfo, kMro };

struct Frame {
  FrameKind kind;
  FileId file;
  uint32_t number;  // a DefId, Atom or NodeId
  friend bool operator==(Frame, Frame) = default;
};

// Where an expression stands: enough to say what its names mean.
struct Site {
  FileId file;
  const bind::ModuleIndex* index;
  bind::ScopeId scope;
  bind::FlowId flow;
  const grammar::Ast& ast() const { return index->ast(); }
};

class Query {
 public:
  explicit Query(Engine& table_engine) : engine(table_engine) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Engine& engine;

  // The kept answer of `store`, or what `compute` gives. The reference lives as long as the table, or as the query
  // where the answer is not kept.
  template <typename Value, typename Store, typename Compute>
  const Value& Answer(Frame frame, Store store, Compute compute) {
    if (const Value* known = store.Find()) return *known;
    if (!Enter(frame)) return OnCycle<Value>();
    Value value = compute();
    if (!Leave()) return Provisional(std::move(value));
    return store.Keep(std::move(value));
  }

  // The query was abandoned: nothing that it says from here on counts.
  bool abandoned() const { return abandoned_; }

  // Runs `question(query)` until nothing has to be answered first.
  template <typename Question>
  static auto Run(Engine& engine, Question question) {
    Query query(engine);
    auto answer = question(query);
    while (query.abandoned_) {
      query.AnswerFirst();
      answer = question(query);
    }
    return answer;
  }

  // Counts nested expressions within one frame.
  class Nesting {
   public:
    explicit Nesting(Query& query) : query_(query) { ++query_.nesting_; }
    ~Nesting() { --query_.nesting_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    bool too_deep() const { return query_.nesting_ > kMaxNesting; }

   private:
    Query& query_;
  };

 private:
  static constexpr uint32_t kMaxNesting = 60;
  static constexpr size_t kMaxFrames = 24;
  // For cycles that are longer than that; beyond, a frame counts as a part of its cycle.
  static constexpr size_t kMaxFramesInCycle = 400;
  // So many answers may depend on a frame further down before all more of them are simply "cycle".
  static constexpr uint32_t kMaxTainted = 2000;

  struct Active {
    Frame frame;
    uint32_t nesting;  // these three as they were when the frame began
    uint32_t tainted;
    size_t lowest;
  };

  bool Enter(Frame frame);
  bool Leave();        // true: what was computed may be kept
  void AnswerFirst();  // answers the frame that made the query give up
  void Recompute(Frame frame);
  void Reset();

  template <typename Value>
  const Value& OnCycle() {
    if constexpr (std::is_same_v<Value, EntitySet>) return engine.cycle_set;
    if constexpr (std::is_same_v<Value, ClassInfo>) return engine.cycle_info;
    if constexpr (std::is_same_v<Value, MroInfo>) return engine.cycle_mro;
  }
  template <typename Value>
  const Value& Provisional(Value value) {
    if constexpr (std::is_same_v<Value, EntitySet>) return sets_.emplace_back(std::move(value));
    if constexpr (std::is_same_v<Value, ClassInfo>) return infos_.emplace_back(std::move(value));
    if constexpr (std::is_same_v<Value, MroInfo>) return mros_.emplace_back(std::move(value));
  }

  std::vector<Active> frames_;
  size_t lowest_ = SIZE_MAX;  // the lowest frame that something met since the current one began
  uint32_t nesting_ = 0;
  uint32_t tainted_ = 0;
  size_t limit_ = kMaxFrames;
  bool abandoned_ = false;
  Frame wanted_{};  // abandoned: what has to be answered first
  std::vector<Frame> pending_;
  std::deque<EntitySet> sets_;
  std::deque<ClassInfo> infos_;
  std::deque<MroInfo> mros_;
};

// How the answers of one kind are found and kept.
template <typename Key, typename Value>
struct MemoStore {
  program::Memo<Key, Value>& memo;
  Key key;
  const Value* Find() const { return memo.Find(key); }
  const Value& Keep(Value value) const { return memo.Keep(key, std::move(value)); }
};
template <typename Value>
struct CellStore {
  Cell<Value>& cell;
  const Value* Find() const { return cell.Find(); }
  const Value& Keep(Value value) const { return cell.Keep(std::move(value)); }
};

}  // namespace overt::classes

#endif  // OVERT_CHECKER_CLASSES_QUERY_H_
