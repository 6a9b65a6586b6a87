// Where a statement's header ends and its body begins: what comments at the end of its lines are about.
//
//   @final
//   class A(Base,          # header: from `@final` to the last base; a bracket and the colon may follow
//           Other):
//       x = 1              # body: from here to the end of the class
//
// The header of a simple statement is the whole of it. Of an `if` and a `try` it is that of the first branch.
#ifndef OVERT_CHECKER_BIND_STATEMENT_LINES_H_
#define OVERT_CHECKER_BIND_STATEMENT_LINES_H_

#include "diagnostics/suppression.h"
#include "grammar/ast/ast.h"

namespace overt::bind {

StatementLines LinesOf(const grammar::Ast& ast, grammar::NodeId statement);

}  // namespace overt::bind

#endif  // OVERT_CHECKER_BIND_STATEMENT_LINES_H_
