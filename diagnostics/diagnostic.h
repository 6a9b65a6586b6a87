// One finding in words: what was seen, where, the other half of the conflict, and what to do.
//
//   class Child(Base):
//       @override
//       def reed(self): ...     # override-without-base: "`Child.reed` is marked `@override`, but no base class …"
//
// Made by `checker/rules` through an `Emitter`, immutable afterwards. Not formatted: see `diagnostics/render`.
#ifndef OVERT_DIAGNOSTICS_DIAGNOSTIC_H_
#define OVERT_DIAGNOSTICS_DIAGNOSTIC_H_

#include <cstdint>
#include <string>
#include <vector>

#include "diagnostics/rule.h"
#include "diagnostics/span.h"

namespace overt {

// A place and what it has to do with the finding. The text may be empty for the primary place.
struct Label {
  Span span;
  std::string text;
};

// A sentence below the frames. Help says what to do, a note says what overt knows.
struct Note {
  enum class Kind : uint8_t { kNote, kHelp };
  Kind kind = Kind::kNote;
  std::string text;
};

struct Edit {
  TextRange range;  // in the file of the diagnostic
  std::string replacement;
};

struct Fix {
  enum class Applicability : uint8_t { kSafe, kUnsafe };
  std::string title;
  Applicability applicability = Applicability::kSafe;
  std::vector<Edit> edits;  // sorted, not overlapping
};

enum class DiagnosticTag : uint8_t { kNone, kUnnecessary, kDeprecated };

// What a finding is about, by names instead of places, so that it is known again after its lines have moved. All empty
// where it is about a file.
struct Subject {
  std::string class_name;  // qualified: "plugins.csv.Rows"
  std::string member;      // of that class; empty where it is about the class
  std::string base;        // qualified: the nearest ancestor that has the member; empty if none is known
};

// What a baseline says of a finding: nothing was asked, it is not in there, it is.
enum class Standing : uint8_t { kUnjudged, kNew, kAccepted };

struct Diagnostic {
  Rule rule = Rule::kSyntaxError;
  Severity severity = Severity::kError;
  DiagnosticTag tag = DiagnosticTag::kNone;
  Standing standing = Standing::kUnjudged;
  bool is_of_some_targets = false;  // of those that the code is for: what one wants mended, another one needs
  SettingSource origin;             // of its level
  Subject subject;
  std::string title;  // one line that stands alone: no final period, code in backticks
  Label primary;
  std::vector<Label> secondary;  // in the order in which they should be read
  std::vector<Note> notes;
  std::vector<Fix> fixes;
};

// By path is the caller's business; within a file: position, then rule, then text. A total order.
bool ComesBefore(const Diagnostic& left, const Diagnostic& right);

}  // namespace overt

#endif  // OVERT_DIAGNOSTICS_DIAGNOSTIC_H_
