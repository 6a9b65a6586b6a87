// The walk that makes a `ModuleIndex`: every statement once, in source order, on a stack of its own.
//
//   for x in xs:             # a frame: its loop node is made now, its back edges when the body has ended
//       if x: break          # a frame on top; `break` adds an edge to the loop's frame
//
// Expressions are entered only where `NodeFlags::kBinds` says that something in them binds or opens a scope.
// Definitions are written down in the order of the walk with the scope and the name that they bind;
// `SymbolTableBuilder` groups them when all are known. Private to this folder; ask `Bind`.
#ifndef OVERT_CHECKER_BIND_BINDER_H_
#define OVERT_CHECKER_BIND_BINDER_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "checker/bind/module_index.h"
#include "checker/bind/static_condition.h"

namespace overt::bind {

// A list of flow nodes that lead to one place, being collected. Newest first.
struct EdgeList {
  uint32_t head = UINT32_MAX;
  uint32_t count = 0;
};

enum class FrameKind : uint8_t { kSuite, kIf, kFor, kWhile, kTry, kWith, kMatch, kClass, kFunction };

// A compound statement, or a suite, that has begun and not ended.
struct Frame {
  FrameKind kind = FrameKind::kSuite;
  uint8_t stage = 0;
  Reach reach = Reach::kAlways;       // to go back to
  uint8_t flags = 0;                  // of definitions, to go back to
  Reach rest_reach = Reach::kAlways;  // kIf: of the arms still to come
  uint8_t rest_flags = 0;
  bool changed = false;  // kIf: some arm leaves another flow than it began with
  NodeId node;
  grammar::NodeList list;        // kSuite: its statements
  uint32_t index = 0;            // of the statement, arm, handler or case that comes next
  uint32_t before = 0;           // the flow before the statement
  uint32_t pending = 0;          // the flow if nothing matched so far; kTry: what enters the handlers
  uint32_t start = 0;            // the flow at the start of the current arm; kFor, kWhile: the loop node
  uint32_t first_flow = 0;       // kTry: the first flow node of the `finally` suite
  uint32_t suites = UINT32_MAX;  // the FlowSuites of this statement, linked by `after` until that is known
  EdgeList exits;
  EdgeList back;                        // kFor, kWhile: `continue` and the end of the body
  EdgeList raises;                      // kTry, kWith: from where an exception may leave the body
  EdgeList breaks, continues, returns;  // kTry with `finally`: what passes through it
  int32_t saved_loop = -1, saved_finally = -1, saved_exception = -1, saved_with = -1;
};

// The two ways out of a test.
struct Branch {
  uint32_t if_true = 0;
  uint32_t if_false = 0;
  bool known = false;      // one of them is cut
  uint8_t true_flags = 0;  // Definition::kTypeCheckingOnly, kRunTimeOnly
  uint8_t false_flags = 0;
};

// What is saved while a function, class, lambda or comprehension is walked.
struct ScopeContext {
  ScopeId scope;
  uint32_t flow;
  uint32_t suite;
  Reach reach;
  uint8_t flags;
  int32_t loop, finally, exception, with;
  uint32_t escapes;
  EdgeList returns;
};

// A method whose first parameter, in the functions within as well, stands for the instance or the class.
struct Method {
  ScopeId scope;  // the method's own
  ScopeId class_scope;
  NameId receiver;
  DefKind store;                // kInstanceStore or kClassStore
  bool makes_instances;         // `__new__` and class methods: `self = super().__new__(cls)`
  std::vector<NameId> created;  // names bound to a call of some `__new__`
};

// A store through a receiver, to be confirmed if that name was ever bound again.
struct StoreCandidate {
  DefId definition;
  ScopeId method;
  NameId receiver;
  bool created;
};

// `global x` and `nonlocal x`.
struct ScopeDeclaration {
  ScopeId scope;
  NameId name;
  uint8_t flags;  // Symbol::kGlobal, Symbol::kNonlocal
};

class Binder {
 public:
  // `guards`: see FindGuards.
  Binder(grammar::Ast ast, const BindOptions& options, StaticNames guards);
  ModuleIndex Run() &&;
  // The same file, now that its guards are known.
  static ModuleIndex BindAgain(ModuleIndex first, StaticNames guards);

 private:
  // binder.cc: the loop, simple statements.
  void Reserve();
  void RunSuite();
  void Step();
  void Statement(NodeId id);
  void PushSuite(grammar::NodeList body);
  void ExpressionStatement(NodeId id);
  void Assign(NodeId id);
  void AnnAssign(NodeId id);
  void AugAssign(NodeId id);
  void Delete(NodeId id);
  void Return(NodeId id);
  void Raise(NodeId id);
  void Assert(NodeId id);
  void Declare(grammar::NodeList names, uint8_t flag);

  // binder_imports.cc
  void Import(NodeId id);
  void ImportFrom(NodeId id);
  void AddImportRecord(NodeId statement, NodeId alias, uint16_t level);
  NameId FirstComponent(NameId dotted);
  NameId FindNameSlowly(absl::string_view text);
  void NoteStaticName(NameId module, NameId imported, NameId bound);

  // binder_flow.cc: flow nodes and compound statements.
  uint32_t NewFlow(FlowKind kind, uint32_t antecedent, uint32_t payload);
  uint32_t Condition(NodeId test, uint32_t antecedent, bool positive);
  void AddEdge(EdgeList& list, uint32_t flow);
  void AddEdges(EdgeList& list, const EdgeList& more);
  uint32_t Join(const EdgeList& list);
  void FillJoin(uint32_t node, const EdgeList& list);
  uint32_t OpenSuite(uint32_t entry);
  void OpenFrameSuite(uint32_t entry);
  bool CloseSuite();
  void CloseFrameSuite();
  void FinishFrame();
  Frame& PushFrame(FrameKind kind, NodeId node);
  Branch BranchOn(NodeId test);
  void BeginIf(NodeId id);
  void StepIf();
  void BeginFor(NodeId id);
  void BeginWhile(NodeId id);
  void StepLoop();
  void BeginMatch(NodeId id);
  void StepMatch();
  void BeginCase(NodeId id);
  bool IsIrrefutable(NodeId pattern) const;
  void BeginWith(NodeId id);
  void StepWith();
  uint8_t SuppressionFlag(NodeId context, bool* suppresses) const;
  void Jump(NodeId id);

  // binder_try.cc
  void BeginTry(NodeId id);
  void StepTry();
  void EndTryBody();
  bool BeginHandler();
  void EndHandler();
  void DeleteExceptionName(NodeId statement, uint32_t handlers_begun);
  void LeaveHandlers(size_t outermost);  // of the frames that a jump leaves
  bool BeginFinally();
  void EndFinally();
  void Replay(const Frame& frame);
  bool IsAlwaysMade(const Definition& definition, grammar::NodeList suite) const;
  uint8_t ImportFlagOf(grammar::NodeList handlers) const;
  bool CatchesImportError(NodeId type) const;

  // binder_scopes.cc
  ScopeId OpenScope(ScopeKind kind, NodeId node, TextRange range);
  uint32_t StatementBegin(NodeId id) const;
  void EnterScope(ScopeId scope);
  void LeaveScope();
  void StartLater();
  void BeginClass(NodeId id);
  void EndClass();
  void BeginFunction(NodeId id);
  void EndFunction();
  void TypeAlias(NodeId id);
  ScopeId OpenBody(ScopeKind kind, NodeId node, grammar::NodeList body);
  void OpenTypeParameters(NodeId owner, grammar::NodeList parameters);
  void BindParameters(NodeId parameters, NodeId statement);
  void NoteMethod(NodeId function, ScopeId class_scope);
  void NoteShadows(NodeId parameters, NameId receiver);
  ScopeId InstanceScope(ScopeId class_scope);

  // binder_expressions.cc
  void Visit(NodeId expression);
  void VisitAll(grammar::NodeList list);
  void VisitNode(NodeId id);
  void PushChildren(NodeId id);
  void PushVisit(NodeId id);
  void BeginLambda(NodeId id);
  void BeginComprehension(NodeId id);
  void EndComprehension();
  void BindWalrus(NodeId id);
  void NoteCall(NodeId call);

  // binder_targets.cc
  DefId Define(DefKind kind, NodeId node, NodeId statement, NameId name) {
    return DefineIn(scope_, kind, node, statement, name);
  }
  DefId DefineIn(ScopeId scope, DefKind kind, NodeId node, NodeId statement, NameId name);
  DefId AddDefinition(ScopeId scope, DefKind kind, NodeId node, NodeId statement, NameId name);
  void DefineParameter(DefKind kind, NodeId node, NodeId statement, NameId name);
  void BindTarget(NodeId target, DefKind kind, NodeId statement);
  void BindAttribute(NodeId target, DefKind kind, NodeId statement);
  void BindPattern(NodeId pattern, NodeId statement);
  NameId InstanceOfClass(NodeId expression) const;
  bool StoreThroughReceiver(NodeId target, NameId receiver, DefKind kind, NodeId statement, DefKind through);
  void NoteCreated(NodeId target, NodeId value);

  // dynamic.cc: names that are bound behind the reader's back.
  void NoteNamespaceUses(NodeId statement);
  void NoteNamespaceUse(NodeId node);
  void NoteSubscriptStore(NodeId subscript);
  void MarkDynamic(NameId function);
  NameId NamespaceCall(NodeId expression) const;

  // exports.cc
  bool IsAll(NodeId expression) const;
  void AssignExports(NodeId value);
  void ExportCall(NodeId call);
  void AddExports(NodeId value);
  void AddExport(NodeId element);
  void RemoveExport(NodeId element);

  // interface_hash.cc
  void Observe(NodeId node);
  void ObserveHeader(NodeId definition, grammar::NodeList body);
  uint32_t FirstNodeOf(NodeId id) const;
  uint64_t InterfaceHash() const;
  uint64_t NodesAbove(uint32_t offset, const std::vector<TextRange>& bodies) const;

  bool InFunction() const { return function_depth_ > 0; }
  Reach ReachHere() const { return flow_ == 0 ? Reach::kNever : reach_; }
  ScopeKind CurrentKind() const { return index_.scopes_[scope_.raw].kind; }
  grammar::NodeKind KindOf(NodeId id) const { return ast_.kind(id); }
  NameId IdentifierName(NodeId id) const { return ast_.Get<grammar::IdentifierNode>(id).name(); }

  ModuleIndex index_;
  const grammar::Ast& ast_;
  const BindOptions& options_;
  Exports replaced_exports_;  // what `__all__` was before the assignment being looked at

  // Where the walk stands.
  ScopeId scope_{0};
  uint32_t flow_ = 0;
  uint32_t suite_ = 0;
  NodeId statement_;  // the one being looked at
  Reach reach_ = Reach::kAlways;
  uint8_t flags_ = 0;       // for new definitions
  int32_t loop_ = -1;       // frame that `break` leaves
  int32_t finally_ = -1;    // frame whose `finally` a jump passes through
  int32_t exception_ = -1;  // frame that an exception reaches
  int32_t with_ = -1;
  uint32_t escapes_ = 0;  // definitions so far that bind a name of a scope further out
  uint32_t function_depth_ = 0;
  EdgeList returns_;
  uint32_t noted_flow_ = UINT32_MAX;
  std::vector<Frame> frames_;
  std::vector<ScopeContext> contexts_;
  std::vector<Method> methods_;

  struct ExpressionTask {
    enum class Op : uint8_t {
      kVisit,
      kWalrus,
      kBeginLambda,
      kEndLambda,
      kBeginComprehension,
      kComprehensionTarget,
      kEndComprehension,
      kOperand,  // of `and`, `or`
      kChoice,   // of `a if b else c`
      kPattern,
      kAlternative,  // of `a | b` in a pattern
    };
    Op op = Op::kVisit;
    Reach reach = Reach::kAlways;  // to go back to
    NodeId node;
    uint32_t index = 0;            // of the part that comes next
    uint32_t flow = 0;             // kChoice, kAlternative: before the first part
    uint32_t suites = UINT32_MAX;  // opened for its parts, linked as in Frame
    EdgeList exits;
  };
  void StepOperand(ExpressionTask task);
  void StepChoice(ExpressionTask task);
  void StepPattern(NodeId pattern);
  void StepAlternative(ExpressionTask task);
  void OpenTaskSuite(ExpressionTask& task);
  void CloseTaskSuite(ExpressionTask& task);
  void FinishTask(const ExpressionTask& task);
  void RunTasks(size_t base);
  std::vector<ExpressionTask> tasks_;
  std::vector<NodeId> targets_;

  struct Edge {
    uint32_t flow;
    uint32_t next;
  };
  std::vector<Edge> edges_;

  // What `SymbolTableBuilder` needs.
  std::vector<NameId> definition_names_;
  std::vector<ScopeDeclaration> declarations_;
  std::vector<StoreCandidate> candidates_;
  bool receiver_rebound_ = false;  // some name that stands for an instance was bound again somewhere
  absl::flat_hash_map<absl::string_view, NameId> names_by_text_;
  uint32_t slow_lookups_ = 0;

  // Parts of function bodies that an importer can observe. For a class or function that a function makes, `body` is
  // left out. Conditions around them are not looked at, but what is known of them is.
  struct Observed {
    NodeId node;
    TextRange body;
    Reach reach;
    uint8_t flags;  // of definitions
  };
  std::vector<Observed> observed_;
};

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_BINDER_H_
