// The settings that the extension reads itself. What the server reads is passed on in `server_settings.ts`.
import { workspace } from "vscode";
import type { ConfigurationScope } from "vscode";

export type ImportStrategy = "fromEnvironment" | "useBundled";
export type LensKind = "overrides" | "overridden" | "subclasses";

function read<T>(name: string, fallback: T, scope?: ConfigurationScope): T {
  return workspace.getConfiguration("overt", scope).get<T>(name, fallback);
}

export const settings = {
  path: (): string => read("path", "").trim(),
  importStrategy: (): ImportStrategy => read<ImportStrategy>("importStrategy", "fromEnvironment"),
  interpreter: (scope?: ConfigurationScope): string => read("interpreter", "", scope).trim(),
  showsGutterIcons: (scope: ConfigurationScope): boolean => read("gutterIcons.enabled", true, scope),
  showsLens: (kind: LensKind, scope: ConfigurationScope): boolean => read(`codeLens.${kind}`, true, scope),
};

// Settings whose change asks for another program.
export const programSettings = ["overt.path", "overt.importStrategy"];
