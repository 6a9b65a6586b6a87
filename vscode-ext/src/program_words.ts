// The editor's settings in the words of the command line, so that a program that is started beside the server goes by what the
// server goes by: `overt baseline`, and the tasks.
//
// Settings of an editor are for what a project does not say (`overt.configurationPreference`); options of a command line go
// before it. So the program is asked first which keys the project has, and these are left out.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export type Preference = "filesystemFirst" | "editorFirst" | "editorOnly";

export interface Wishes {
  configurationFile: string;
  configuration: Record<string, unknown>; // the keys of `overt.toml`
  preference: Preference;
  interpreter: string;
}

// What `overt config show --output-format json` says of where its values come from.
export interface ProjectKeys {
  sources: Record<string, string>; // by key, "environment.python"; `default` where nobody said anything
  rules: Record<string, { level: string; source: string }>;
}

const nothingSaid = "default";
const lists = ["overrides", "src.extend-exclude"]; // of which both hold
const limit = 10_000; // milliseconds

export function asToml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asToml).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? '""';
  const members = Object.entries(value).map(([key, one]) => `${asKey(key)} = ${asToml(one)}`);
  return `{ ${members.join(", ")} }`;
}
function asKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

// "rules.missing-override" and what it is set to: a table's members one by one, as a key of the project stands for itself.
function keysOf(configuration: Record<string, unknown>): [string, unknown][] {
  return Object.entries(configuration).flatMap(([key, value]): [string, unknown][] => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return [[key, value]];
    return Object.entries(value).map(([member, one]) => [`${asKey(key)}.${asKey(member)}`, one]);
  });
}

// Groups of rules are no keys of their own: before what the project says of its rules they say nothing.
function projectRules(project: ProjectKeys): [string, unknown][] {
  const own = Object.entries(project.rules).filter(([, { source }]) => source !== nothingSaid);
  return own.map(([rule, { level }]) => [`rules.${rule}`, level]);
}

export function wordsFor(wishes: Wishes, project: ProjectKeys): string[] {
  const { configurationFile, preference, interpreter } = wishes;
  const isOnly = preference === "editorOnly";
  const isSaid = (key: string): boolean =>
    (project.sources[key] ?? project.rules[key.replace(/^rules\./, "")]?.source ?? nothingSaid) !== nothingSaid;
  let keys = keysOf(wishes.configuration).filter(([, value]) => value !== null && value !== undefined);
  const setsPython = keys.some(([key]) => key === "environment.python");
  if (preference === "filesystemFirst") {
    keys = keys.filter(([key]) => lists.includes(key) || !isSaid(key));
    const hasGroup = keys.some(([key]) => key.startsWith("rules.") && !(key.replace(/^rules\./, "") in project.rules));
    if (hasGroup) keys.push(...projectRules(project));
  }
  const words = isOnly ? ["--isolated"] : configurationFile ? ["--config", configurationFile] : [];
  for (const [key, value] of keys) words.push("--config", `${key}=${asToml(value)}`);
  if (interpreter && !setsPython && (isOnly || !isSaid("environment.python"))) words.push("--python", interpreter);
  return words;
}

// A project whose configuration cannot be read says nothing here: the program itself says then what is wrong with it.
export async function askProject(program: string, folder: string, configurationFile: string): Promise<ProjectKeys> {
  const words = ["config", "show", "--output-format", "json", ...(configurationFile ? ["--config", configurationFile] : [])];
  try {
    const { stdout } = await promisify(execFile)(program, words, { cwd: folder, timeout: limit });
    const { sources, rules } = JSON.parse(stdout) as Partial<ProjectKeys>;
    return { sources: sources ?? {}, rules: rules ?? {} };
  } catch {
    return { sources: {}, rules: {} };
  }
}
