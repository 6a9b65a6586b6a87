// The gate between rules and diagnostics: ask first, build second, never forget.
//
//   if (auto d = out.Begin(Rule::kDuplicateBase, second)) {
//     d.Title("class lists `$0` twice", name).Label(first, "first listed here");
//   }
//
// `Begin` is false, and nothing is built, when the rule is off for this file or the place is suppressed.
// The builder hands the diagnostic over when it goes out of scope. One emitter belongs to one file and thread.
#ifndef OVERT_DIAGNOSTICS_EMITTER_H_
#define OVERT_DIAGNOSTICS_EMITTER_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "diagnostics/diagnostic.h"
#include "diagnostics/rule.h"
#include "diagnostics/suppression.h"

namespace overt {

class Emitter;

class [[nodiscard]] DiagnosticBuilder {
 public:
  DiagnosticBuilder(DiagnosticBuilder&& other) noexcept
      : emitter_(std::exchange(other.emitter_, nullptr)), diagnostic_(std::move(other.diagnostic_)) {}
  DiagnosticBuilder(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder& operator=(const DiagnosticBuilder&) = delete;
  DiagnosticBuilder& operator=(DiagnosticBuilder&&) = delete;
  ~DiagnosticBuilder();

  explicit operator bool() const { return emitter_ != nullptr; }

  template <typename... Args>
  DiagnosticBuilder& Title(absl::string_view format, const Args&... args) {
    diagnostic_.title = absl::Substitute(format, args...);
    return *this;
  }
  DiagnosticBuilder& PrimaryLabel(std::string text);
  DiagnosticBuilder& Label(Span span, std::string text);
  DiagnosticBuilder& Help(std::string text);
  DiagnosticBuilder& Note(std::string text);
  DiagnosticBuilder& Tag(DiagnosticTag tag);

 private:
  friend class Emitter;
  DiagnosticBuilder(Emitter* emitter, Diagnostic diagnostic) : emitter_(emitter), diagnostic_(std::move(diagnostic)) {}
  Emitter* emitter_;  // null when nothing is to be built
  Diagnostic diagnostic_;
};

class Emitter {
 public:
  // Both are borrowed; `rules` are the levels of what is about no class. `suppressions` records which of its comments
  // were used.
  Emitter(FileId file, const RuleSelection& rules, SuppressionTable& suppressions)
      : file_(file), rules_(&rules), suppressions_(suppressions) {}

  bool Wants(Rule rule) const { return rules_->enabled(rule); }
  // Whether the rule was on for all that was looked at so far, the file itself included.
  bool WantedThroughout(Rule rule) const { return Wants(rule) && !was_off_[static_cast<size_t>(rule)]; }
  // `severity` replaces the level of a rule that is off by default where a stronger case exists
  // (`unimplemented-abstract` on `@final` classes); an explicit "ignore" from the user still wins.
  DiagnosticBuilder Begin(Rule rule, TextRange place);
  DiagnosticBuilder BeginAt(Rule rule, TextRange place, Severity at_least);

  // While it lives, what is begun is about `subject`, which is asked only then, and has its level from `rules`, which
  // is borrowed. The innermost counts.
  class [[nodiscard]] About {
   public:
    About(Emitter& emitter, absl::FunctionRef<Subject()> subject, const RuleSelection& rules)
        : emitter_(emitter),
          subject_(subject),
          outer_(std::exchange(emitter.about_, this)),
          outer_rules_(std::exchange(emitter.rules_, &rules)) {
      if (outer_rules_ != &rules) emitter.NoteWhatIsOff();
    }
    ~About() {
      emitter_.about_ = outer_;
      emitter_.rules_ = outer_rules_;
    }
    About(const About&) = delete;
    About& operator=(const About&) = delete;

   private:
    friend class Emitter;
    Emitter& emitter_;
    absl::FunctionRef<Subject()> subject_;
    const About* outer_;
    const RuleSelection* outer_rules_;
  };

  std::vector<Diagnostic> Take() &&;  // sorted by ComesBefore, exact duplicates removed
  // What comments silenced, in the same order: rule, level and place of each, and nothing else.
  std::vector<Diagnostic> TakeSuppressed();

 private:
  friend class DiagnosticBuilder;
  void NoteWhatIsOff();
  FileId file_;
  const RuleSelection* rules_;
  SuppressionTable& suppressions_;
  const About* about_ = nullptr;  // null: the file
  std::vector<bool> was_off_ = std::vector<bool>(AllRules().size());
  std::vector<Diagnostic> diagnostics_;
  std::vector<Diagnostic> suppressed_;
};

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_EMITTER_H_
