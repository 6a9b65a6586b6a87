// The settings that the extension reads itself, paths in full. What the server reads is passed on in `server_settings.ts`.
import { workspace } from "vscode";
import type { ConfigurationScope, Uri } from "vscode";
import { expand, folderOf } from "./paths";
import type { Preference } from "./program_words";
import type { MarkKind } from "./protocol";

export type ImportStrategy = "fromEnvironment" | "useBundled";
export type Notifications = "off" | "onError" | "onWarning" | "always";
export type LensKind = "overrides" | "overridden" | "subclasses" | "breaks";
const markKinds: readonly MarkKind[] = ["overrides", "implements", "overridden", "broken"];

function read<T>(name: string, fallback: T, scope?: ConfigurationScope): T {
  return workspace.getConfiguration("overt", scope).get<T>(name, fallback);
}
// In a workspace of several folders a relative path means the folder that is asked about.
function readPath(name: string, scope?: Uri): string {
  return expand(read(name, "", scope).trim(), folderOf(scope));
}

export const settings = {
  path: (): string => readPath("path"),
  logFile: (): string => readPath("logFile"),
  importStrategy: (): ImportStrategy => read<ImportStrategy>("importStrategy", "fromEnvironment"),
  interpreter: (scope?: Uri): string => readPath("interpreter", scope),
  configurationFile: (scope?: Uri): string => readPath("configurationFile", scope),
  configuration: (scope?: Uri): Record<string, unknown> => read("configuration", {}, scope),
  configurationPreference: (scope?: Uri): Preference => read<Preference>("configurationPreference", "filesystemFirst", scope),
  preset: (scope?: Uri): string => read("preset", "", scope),
  notifications: (): Notifications => read<Notifications>("showNotifications", "always"),
  // All features, those as well that another server has.
  isFull: (scope: ConfigurationScope): boolean => read<string>("languageFeatures", "hierarchy", scope) === "full",
  showsGutterIcons: (scope: ConfigurationScope): boolean => read("gutterIcons.enabled", true, scope),
  gutterKinds: (scope: ConfigurationScope): MarkKind[] => read("gutterIcons.kinds", [...markKinds], scope),
  showsLens: (kind: LensKind, scope: ConfigurationScope): boolean => read(`codeLens.${kind}`, true, scope),
};

// Settings whose change may ask for another program.
export const programSettings = ["overt.path", "overt.importStrategy", "overt.interpreter"];
