// What `workspace/configuration` answers: the server's own settings and no others, since it reports what it does not know.
import { Uri, workspace } from "vscode";
import type { ConfigurationParams } from "vscode-languageclient/node";
import type { Presets } from "./presets";
import type { PythonEnvironment } from "./python_environment";
import { settings } from "./settings";

const names = [
  "enable",
  "diagnosticMode",
  "configuration",
  "configurationPreference",
  "showSyntaxErrors",
  "showBaselined",
  "languageFeatures",
  "disabledFeatures",
  "logLevel",
  "showNotifications",
] as const;
// What stands in the settings as "codeLens.minimum" is an object for the server.
const groups = { codeLens: ["minimum"], inlayHints: ["baseMember"], fixOnSave: ["rules"] } as const;

// The program may be the project's own and older than the extension: it hears of what is younger than itself only where somebody
// set it.
function addYoungSettings(answer: Record<string, unknown>, scope: Uri | undefined, presets: Presets): void {
  const preset = presets.nameFor(scope);
  if (preset) answer["preset"] = preset;
  const hidesBreaks = workspace.getConfiguration("overt", scope).get("codeLens.breaks") === false;
  if (hidesBreaks) answer["codeLens"] = { ...(answer["codeLens"] as object), breaks: false };
}

async function serverSettings(
  scope: Uri | undefined,
  python: PythonEnvironment,
  presets: Presets,
): Promise<Record<string, unknown>> {
  const all = workspace.getConfiguration("overt", scope);
  const answer: Record<string, unknown> = {};
  for (const name of names) answer[name] = all.get(name);
  for (const [group, members] of Object.entries(groups)) {
    answer[group] = Object.fromEntries(members.map((name) => [name, all.get(`${group}.${name}`)]));
  }
  addYoungSettings(answer, scope, presets);
  answer["logFile"] = settings.logFile();
  answer["configurationFile"] = settings.configurationFile(scope);
  answer["interpreter"] = settings.interpreter(scope) || (await python.interpreterFor(scope)) || "";
  return answer;
}

export async function answerConfiguration(
  params: ConfigurationParams,
  python: PythonEnvironment,
  presets: Presets,
): Promise<unknown[]> {
  return Promise.all(
    params.items.map((item) => {
      if (item.section !== "overt") return null;
      return serverSettings(item.scopeUri ? Uri.parse(item.scopeUri) : undefined, python, presets);
    }),
  );
}
