#include "diagnostics/emitter.h"

#include <algorithm>

namespace overt {
namespace {

std::vector<Diagnostic> SortedOnce(std::vector<Diagnostic> diagnostics) {
  std::sort(diagnostics.begin(), diagnostics.end(), ComesBefore);
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.rule == b.rule && a.primary.span == b.primary.span && a.title == b.title;
  };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), same), diagnostics.end());
  return diagnostics;
}

}  // namespace

DiagnosticBuilder::~DiagnosticBuilder() {
  if (emitter_ != nullptr) emitter_->diagnostics_.push_back(std::move(diagnostic_));
}

DiagnosticBuilder& DiagnosticBuilder::PrimaryLabel(std::string text) {
  diagnostic_.primary.text = std::move(text);
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::Label(Span span, std::string text) {
  diagnostic_.secondary.push_back({span, std::move(text)});
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::Help(std::string text) {
  diagnostic_.notes.push_back({overt::Note::Kind::kHelp, std::move(text)});
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::Note(std::string text) {
  diagnostic_.notes.push_back({overt::Note::Kind::kNote, std::move(text)});
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::Tag(DiagnosticTag tag) {
  diagnostic_.tag = tag;
  return *this;
}

DiagnosticBuilder Emitter::Begin(Rule rule, TextRange place) { return BeginAt(rule, place, Severity::kIgnore); }

DiagnosticBuilder Emitter::BeginAt(Rule rule, TextRange place, Severity at_least) {
  const Chosen& chosen = rules_->of(rule);
  Diagnostic diagnostic;
  diagnostic.rule = rule;
  diagnostic.severity = chosen.severity;
  // A stronger case raises what nobody chose for this rule.
  if (chosen.admits_strong_cases) {
    diagnostic.severity = std::max(diagnostic.severity, at_least);
  }
  if (diagnostic.severity == Severity::kIgnore) return DiagnosticBuilder(nullptr, {});
  diagnostic.primary.span = {file_, place};
  if (suppressions_.Suppress(rule, place)) {
    suppressed_.push_back(std::move(diagnostic));
    return DiagnosticBuilder(nullptr, {});
  }
  diagnostic.origin = chosen.source;
  if (about_ != nullptr) diagnostic.subject = about_->subject_();
  return DiagnosticBuilder(this, std::move(diagnostic));
}

void Emitter::NoteWhatIsOff() {
  for (const RuleInfo& info : AllRules()) {
    if (!rules_->enabled(info.rule)) was_off_[static_cast<size_t>(info.rule)] = true;
  }
}

std::vector<Diagnostic> Emitter::Take() && { return SortedOnce(std::move(diagnostics_)); }

std::vector<Diagnostic> Emitter::TakeSuppressed() { return SortedOnce(std::move(suppressed_)); }

}  // namespace overt
