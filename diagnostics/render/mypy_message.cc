#include "diagnostics/render/mypy_message.h"

#include "diagnostics/render/escape.h"

namespace overt {
namespace {

// mypy itself has no warnings, but what reads its lines knows the word.
absl::string_view MypySeverity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo:
    case Severity::kIgnore: return "note";
  }
  return "note";
}

MypyMessage MessageAt(Span span, SourceLookup sources) {
  const SourceView source = sources(span.file);
  MypyMessage message;
  message.path = std::string(source.path);
  message.begin = PositionOf(source, span.range.begin, ColumnUnit::kCodePoint);
  message.end = PositionOf(source, span.range.end, ColumnUnit::kCodePoint);
  return message;
}

}  // namespace

std::vector<MypyMessage> MypyMessagesOf(const Diagnostic& diagnostic, SourceLookup sources) {
  std::vector<MypyMessage> messages = {MessageAt(diagnostic.primary.span, sources)};
  messages.front().severity = MypySeverity(diagnostic.severity);
  messages.front().text = diagnostic.title;
  messages.front().code = NameOf(diagnostic.rule);
  for (const Note& note : diagnostic.notes) messages.front().notes.push_back(note.text);
  for (const Label& label : diagnostic.secondary) {
    messages.push_back(MessageAt(label.span, sources));
    messages.back().severity = "note";
    messages.back().text = label.text;
  }
  return messages;
}

MypyMessage MypyMessageOf(const Omitted& omitted) {
  MypyMessage message;
  message.path = omitted.path;
  message.severity = "note";
  message.text = OmittedText(omitted.findings);
  return message;
}

}  // namespace overt
