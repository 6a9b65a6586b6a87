// Findings by the base that they break: the tree of "Contract Problems", without VS Code's tree. A base's member that many
// classes break is one group, whose place is that member.
import type { Diagnostic, DiagnosticRelatedInformation, Location, Uri } from "vscode";

export interface Problem {
  uri: Uri;
  finding: Diagnostic;
  rule: string;
}
export interface ProblemGroup {
  label: string; // "Reader defines read_row", or the rule
  place: Location | undefined; // of the base's member
  problems: Problem[];
}

// What the finding itself points at is no base: its own `@override`.
const ownMark = "marked here";

export function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : (code ?? ""));
}

function brokenBase(finding: Diagnostic): DiagnosticRelatedInformation | undefined {
  return finding.relatedInformation?.find(({ message }) => message !== ownMark);
}

function placeName({ uri, range }: Location): string {
  return `${uri.toString()}:${range.start.line}`;
}

// The largest group first. A finding that came twice, of the server and of a task, is one: the server's knows its base.
export function groupProblems(all: readonly (readonly [Uri, readonly Diagnostic[]])[]): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>();
  const seen = new Set<string>();
  const found = all.flatMap(([uri, findings]) => findings.map((finding) => ({ uri, finding, rule: ruleOf(finding) })));
  found.sort((a, b) => Number(!a.finding.relatedInformation) - Number(!b.finding.relatedInformation)); // stable otherwise
  for (const problem of found) {
    const { uri, finding, rule } = problem;
    const { line, character } = finding.range.start;
    const key = `${uri.toString()}:${line}:${character}:${rule}`;
    if (finding.source !== "overt" || seen.has(key)) continue;
    seen.add(key);
    const base = brokenBase(finding);
    const name = base ? placeName(base.location) : rule;
    const label = base ? base.message.replaceAll("`", "") : rule || "overt";
    const group = groups.get(name) ?? { label, place: base?.location, problems: [] };
    group.problems.push(problem);
    groups.set(name, group);
  }
  const sorted = [...groups.values()];
  for (const { problems } of sorted) problems.sort(byPlace);
  return sorted.sort((a, b) => b.problems.length - a.problems.length || a.label.localeCompare(b.label));
}

function byPlace(a: Problem, b: Problem): number {
  return a.uri.toString().localeCompare(b.uri.toString()) || a.finding.range.start.line - b.finding.range.start.line;
}
