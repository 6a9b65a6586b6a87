# Run as a script: writes one C++ file that holds every page of diagnostics/docs as a string.
#   cmake -DPAGES=<folder> -DOUTPUT=<file> -P EmbedDocs.cmake
file(GLOB pages ${PAGES}/*.md)
list(SORT pages)
set(text "// Made by cmake/EmbedDocs.cmake from diagnostics/docs.\n#include \"diagnostics/rule.h\"\n\nnamespace overt {\n\nabsl::string_view DocumentationOf(Rule rule) {\n  const absl::string_view name = NameOf(rule);\n")
foreach(page IN LISTS pages)
  get_filename_component(name ${page} NAME_WE)
  file(READ ${page} content)
  string(APPEND text "  if (name == \"${name}\") {\n    return R\"~~~~(${content})~~~~\";\n  }\n")
endforeach()
string(APPEND text "  return \"\";\n}\n\n}  // namespace overt\n")
file(WRITE ${OUTPUT}.new "${text}")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUTPUT}.new)
