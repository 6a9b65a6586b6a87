// What is asked of the server: parts of the Language Server Protocol, and overt's own messages. A server that lacks one of
// these answers MethodNotFound, and the extension does without.
import { NotificationType, NotificationType0 } from "vscode-languageclient/node";
import type {
  CodeAction,
  CodeActionContext,
  Command,
  DocumentSymbol,
  Location,
  Position,
  Range,
  TextDocumentIdentifier,
  TypeHierarchyItem,
} from "vscode-languageclient/node";

export type MarkKind = "overrides" | "implements" | "overridden" | "broken";

export interface GutterMark {
  range: Range; // of the member's name
  kind: MarkKind;
}

export interface Environment {
  text: string; // what `overt env` says, several lines
}

export interface Overridable {
  name: string; // of a method that a class could override
  detail: string; // "overrides Reader.open"
  isAbstract: boolean;
}

export interface Explanation {
  rule: string;
  text: string; // Markdown
}

export interface Status {
  phase: "loading" | "checking" | "ready";
  environment: string; // "Python 3.13, environment /project/.venv"
}

// What `overt impact --output-format json` prints; lines and columns from 1.
export interface ImpactPlace {
  path: string;
  line: number;
  column: number;
}
export interface Impact extends ImpactPlace {
  class: string;
  member: string;
  overrides?: ImpactPlace[];
  overridden_by?: ImpactPlace[];
  inherited_by?: ImpactPlace[];
  called_through_super?: ImpactPlace[];
  named_through_class?: ImpactPlace[];
  used_through_self?: ImpactPlace[];
}

interface OfDocument {
  textDocument: TextDocumentIdentifier;
}
interface AtPlace extends OfDocument {
  position: Position;
}
interface InRange extends OfDocument {
  range: Range;
  context: CodeActionContext;
}
interface OfItem {
  item: TypeHierarchyItem;
}

// By method: parameters, result.
export interface Requests {
  "overt/gutter": [OfDocument, GutterMark[] | null];
  "overt/superMember": [AtPlace, Location[] | null];
  "overt/explain": [{ rule: string }, Explanation | null];
  "overt/overridable": [AtPlace, Overridable[] | null];
  "overt/environment": [Partial<OfDocument>, Environment | null];
  "overt/impact": [AtPlace, Impact[] | null];
  "overt/debugInfo": [object, object | null];
  "textDocument/codeAction": [InRange, (CodeAction | Command)[] | null];
  "codeAction/resolve": [CodeAction, CodeAction];
  "textDocument/documentSymbol": [OfDocument, DocumentSymbol[] | null];
  "textDocument/implementation": [AtPlace, Location[] | null];
  "textDocument/prepareTypeHierarchy": [AtPlace, TypeHierarchyItem[] | null];
  "typeHierarchy/supertypes": [OfItem, TypeHierarchyItem[] | null];
  "typeHierarchy/subtypes": [OfItem, TypeHierarchyItem[] | null];
  "workspace/executeCommand": [{ command: ServerCommand; arguments: unknown[] }, { files?: number } | null];
}

// Their names are none of the extension's own commands: the client registers each of them too.
export type ServerCommand = "overt.addOverrideInWorkspace" | "overt.fixAll" | "overt.writeOverrides";

export const statusNotification = new NotificationType<Status>("overt/status");
export const gutterChangedNotification = new NotificationType0("overt/gutterChanged");
